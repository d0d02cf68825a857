// The navigation lies over the page on a small screen. Where there is room it stands beside the page, and stays as somebody left it.
const room = matchMedia("(min-width: 64rem)");
const year = 31_536_000;

export const standsBeside = (menu) => room.matches && menu.hasAttribute("data-navigation");

export function rememberNavigation(navigation) {
  if (!navigation) return;

  if (!room.matches) navigation.open = false;
  // An observer is told at once. The toggle event comes later, and the next page may be asked for before it.
  new MutationObserver(() => {
    if (room.matches) document.cookie = `pc-navigation=${navigation.open ? "open" : ""}; path=/; max-age=${year}; samesite=lax`;
  }).observe(navigation, { attributeFilter: ["open"] });
}
