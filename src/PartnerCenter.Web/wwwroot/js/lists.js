// Choosing many items of a list is quicker with one box for all of them, and with a number that says how many there are.

export function enhanceBatch(form) {
  if (!form) return;
  const boxes = [...document.querySelectorAll(`input[type=checkbox][form="${form.id}"]`)];
  const count = form.querySelector("[data-batch-count]");
  const heading = document.querySelector(".communication-choice");
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", form.dataset.batch);
  heading.append(all);

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = count.dataset.batchCount.replace("0", chosen);
    count.hidden = chosen === 0;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };

  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
