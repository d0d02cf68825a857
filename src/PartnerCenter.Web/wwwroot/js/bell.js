// A page that stays open asks once a minute whether something new has come. It takes no focus, changes nothing that is open, and says
// so once to whoever does not see it.
const everyMinute = 60_000;

const badgeOf = (bell) => bell.querySelector(".count")?.textContent ?? "0";

export function keepBellUpToDate(bell, live) {
  if (!bell) return;

  const refresh = async () => {
    if (document.visibilityState !== "visible") return;
    const answer = await fetch(bell.dataset.bell, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-bell]");
    if (!now) return;

    const [before, after] = [Number.parseInt(badgeOf(bell), 10), Number.parseInt(badgeOf(now), 10)];
    if (before !== after) bell.querySelector("summary").replaceChildren(...now.querySelector("summary").childNodes);
    if (!bell.open) bell.querySelector(".menu-panel").replaceChildren(...now.querySelector(".menu-panel").childNodes);
    if (after > before && live) live.textContent = now.dataset.bellArrived;
  };

  setInterval(() => refresh().catch(() => {}), everyMinute);
}
