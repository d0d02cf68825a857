// Menus are disclosures, which open and close by themselves. With a script only one is open at a time, and Escape or a click
// elsewhere closes it; but not the navigation while it stands beside the page.
import { standsBeside } from "./navigation.js";

const resting = 300;

// What says more about something also opens under a mouse that rests on it, and stays while the mouse or the focus is in it.
function openUnderMouse(menu) {
  let [waiting, isHovered] = [0, false];

  const after = (open) => (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (menu.open === open || (!open && menu.contains(document.activeElement))) return;
      [menu.open, isHovered] = [open, open];
    }, resting);
  };

  menu.addEventListener("pointerenter", after(true));
  menu.addEventListener("pointerleave", after(false));

  // Whoever clicks on what has just opened by itself wants it open.
  menu.querySelector("summary").addEventListener("click", (event) => {
    if (isHovered && menu.open) event.preventDefault();
    isHovered = false;
  });
}

export function enhanceMenus(menus) {
  const close = (menu) => {
    menu.open = false;
  };

  for (const menu of menus) {
    menu.addEventListener("toggle", () => {
      if (menu.open && !standsBeside(menu)) [...menus].filter((other) => other !== menu && !standsBeside(other)).forEach(close);
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      close(menu);
      menu.querySelector("summary").focus();
    });
  }

  [...menus].filter((menu) => menu.hasAttribute("data-hover")).forEach(openUnderMouse);

  document.addEventListener("click", (event) => {
    [...menus].filter((menu) => menu.open && !menu.contains(event.target) && !standsBeside(menu)).forEach(close);
  });
}
