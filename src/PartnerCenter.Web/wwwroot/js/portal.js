// Makes the pages a little quicker to use. Everything works without it.
import { keepBellUpToDate } from "./bell.js";
import { enhanceChoices } from "./choices.js";
import { enhanceCopying } from "./copying.js";
import { enhanceBatch } from "./lists.js";
import { enhanceMenus } from "./menus.js";
import { rememberNavigation } from "./navigation.js";
import { enhanceSearch } from "./search.js";

rememberNavigation(document.querySelector("[data-navigation]"));
enhanceMenus(document.querySelectorAll("[data-menu]"));

keepBellUpToDate(document.querySelector("[data-bell]"), document.querySelector("[data-bell-live]"));
enhanceBatch(document.querySelector("[data-batch]"));
enhanceChoices(document.querySelector("[data-choices]"));
enhanceCopying(document.querySelectorAll("[data-copy]"));
enhanceSearch(document.querySelector("[data-search]"));

// What went wrong is what the reader has to know first.
document.querySelector("[data-focus]")?.focus();
