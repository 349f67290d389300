/** A small menu that opens beside a button and can be walked with the arrow keys. */

import { el, icon } from "./element.js";

const GAP = 6;
let open = null;

/**
 * Open a menu. An item is `{label, drawing?, note?, danger?, act}`; `signs` is a row of single signs
 * (reactions), each answered by `chooseSign(sign)`.
 */
export function openMenu(anchor, name, items, { signs = [], chooseSign } = {}) {
  if (open?.anchor === anchor) return close();
  close();
  const menu = el("div.menu", { role: "menu", "aria-label": name, popover: "manual" });
  menu.dir = getComputedStyle(anchor).direction;
  if (signs.length) menu.append(signRow(signs, chooseSign));
  menu.append(...items.map(entry));
  document.querySelector("main").append(menu);
  open = { anchor, menu };
  anchor.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, anchor);
  entries(menu)[0]?.focus({ preventScroll: true });
  menu.addEventListener("keydown", walk);
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", close, { once: true });
}

function close() {
  if (!open) return;
  const { anchor, menu } = open;
  open = null;
  const inside = menu.contains(document.activeElement);
  document.removeEventListener("pointerdown", outside, true);
  anchor.setAttribute("aria-expanded", "false");
  menu.remove();
  if (inside) anchor.focus({ preventScroll: true });
}

function outside(event) {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) close();
}

function choose(act) {
  close();
  act();
}

function entry({ label, note, drawing, danger, act }) {
  const shape = { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(act) };
  const words = el("span.menu-words", {}, el("bdi", {}, label));
  if (note) words.append(el("span.menu-note", {}, el("bdi", {}, note)));
  return el(danger ? "button.menu-item.danger" : "button.menu-item", shape, drawing ? icon(drawing) : null, words);
}

function signRow(signs, chooseSign) {
  return el("div.menu-signs", { role: "group", "aria-label": "React" }, ...signs.map((sign) => el(
    "button.menu-sign",
    { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(() => chooseSign(sign)) },
    sign,
  )));
}

function entries(menu) {
  return [...menu.querySelectorAll("[role=menuitem]")];
}

function walk(event) {
  const all = entries(event.currentTarget);
  const at = all.indexOf(document.activeElement);
  const ends = { Home: 0, End: all.length - 1 };
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (event.key in ends) all[ends[event.key]].focus();
  else if (event.key in steps) all.at((at + steps[event.key]) % all.length).focus();
  else return;
  if (event.key !== "Tab") event.preventDefault();
  event.stopPropagation();
}

function place(menu, anchor) {
  const beside = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = beside.bottom + GAP + height < innerHeight;
  const top = below ? beside.bottom + GAP : Math.max(GAP, beside.top - GAP - height);
  const wanted = menu.dir === "rtl" ? beside.right - width : beside.left;
  const left = Math.max(GAP, Math.min(wanted, innerWidth - GAP - width));
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
