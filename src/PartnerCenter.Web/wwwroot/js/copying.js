// A field with an address gets a button that copies it. Where a browser does not let it, the text is selected for the keys to copy.

export function enhanceCopying(fields) {
  for (const field of fields) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = field.dataset.copy;
    const status = document.createElement("span");
    status.className = "quiet";
    status.setAttribute("aria-live", "polite");

    button.addEventListener("click", async () => {
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = field.dataset.copied;
      } catch {
        field.select();
      }
    });
    field.after(button, status);
  }
}
