// The row of all workspaces turns its column on and off, and shows when the others differ.

export function enhanceChoices(table) {
  if (!table) return;
  const boxes = [...table.querySelectorAll("input[name=Wanted]")];
  for (const all of boxes.filter((box) => box.value.endsWith("/*"))) {
    const others = boxes.filter((box) => box !== all && box.value.startsWith(all.value.slice(0, -1)));

    const show = () => {
      all.indeterminate = all.checked && others.some((box) => !box.checked);
    };

    all.addEventListener("change", () => {
      for (const box of others) box.checked = all.checked;
      show();
    });
    for (const box of others) {
      box.addEventListener("change", () => {
        // Off for all counts for every workspace: whoever turns one on wants that to end.
        all.checked ||= box.checked;
        show();
      });
    }
    show();
  }
}
