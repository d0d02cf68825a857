// The search bar suggests while somebody types: an editable combobox with a list of options in groups, as
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ describes it. The focus stays in the field. Without a script it is a form.
const pause = 150;

export function enhanceSearch(form) {
  if (!form) return;

  const [field, list, live] = [form.querySelector("input"), form.querySelector(".suggestions"), form.querySelector("[data-search-live]")];
  let [chosen, waiting, asking] = [null, 0, null];

  const isOpen = () => !list.hidden;
  const options = () => [...list.querySelectorAll("[role=option]")];

  const choose = (option) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option ?? null;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const show = (isShown) => {
    choose(null);
    list.hidden = !isShown;
    field.setAttribute("aria-expanded", String(isShown));
  };

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    if (isOpen()) live.textContent = "";
    show(false);
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = `${form.dataset.search}?q=${encodeURIComponent(field.value.trim())}`;
    const answer = await fetch(address, { headers: { Accept: "text/html" }, redirect: "error", signal: asking.signal });
    if (!answer.ok) return close();
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-suggestions]");
    if (!found) return close();
    list.replaceChildren(...found.childNodes);
    live.textContent = found.dataset.suggestions;
    show(true);
  };

  const move = (by) => {
    const all = options();
    const next = chosen ? all.indexOf(chosen) + by : by > 0 ? 0 : all.length - 1;
    // Beyond either end is the field itself.
    choose(all[next]);
  };

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
    Enter: () => chosen?.click(),
  };

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  list.setAttribute("role", "listbox");

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!field.value.trim()) close();
    else waiting = setTimeout(() => ask().catch(() => {}), pause);
  });

  field.addEventListener("keydown", (event) => {
    if (!isOpen() || event.isComposing || !keys[event.key]) return;
    if (event.key === "Enter" && !chosen) return;
    event.preventDefault();
    keys[event.key]();
  });

  // What is on its way when the form is sent would open over the answer.
  form.addEventListener("submit", close);
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });

  // The field keeps the focus, so that the list is still there when the click comes.
  list.addEventListener("mousedown", (event) => event.preventDefault());
}
