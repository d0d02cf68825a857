// Makes the pages a little quicker to use. Everything works without it.
import { enhanceMenus } from "./menus.js";

enhanceMenus(document.querySelectorAll("[data-menu]"));

// What went wrong is what the reader has to know first.
document.querySelector("[data-focus]")?.focus();
