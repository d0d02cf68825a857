// Menus are disclosures, which open and close by themselves. With a script only one is open at a time, and Escape or a click
// elsewhere closes it.

export function enhanceMenus(menus) {
  const close = (menu) => {
    menu.open = false;
  };

  for (const menu of menus) {
    menu.addEventListener("toggle", () => {
      if (menu.open) [...menus].filter((other) => other !== menu).forEach(close);
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      close(menu);
      menu.querySelector("summary").focus();
    });
  }

  document.addEventListener("click", (event) => {
    [...menus].filter((menu) => menu.open && !menu.contains(event.target)).forEach(close);
  });
}
