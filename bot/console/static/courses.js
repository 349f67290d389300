/* Courses: the arrows in the calendar, and how many are present while the roll is taken. Without
   this script everything works too. */

"use strict";

const LEAPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const LEAVES = { PageUp: "prev", PageDown: "next" };

for (const days of document.querySelectorAll("[data-days]")) {
  days.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const leaf = document.querySelector(`.leaves a[rel="${LEAVES[event.key]}"]`);
    const all = [...days.querySelectorAll("h3 a")].filter((one) => one.checkVisibility());
    const here = all.indexOf(event.target.closest("li.leaf")?.querySelector("h3 a"));
    const there = all[here + LEAPS[event.key]];
    if (leaf) leaf.click();
    else if (here >= 0 && there) there.focus();
    else return;
    event.preventDefault();
  });
}

for (const roll of document.querySelectorAll("[data-roll]")) {
  const told = roll.querySelector("[data-roll-count]");
  const count = () => {
    for (const place of told.querySelectorAll("[data-count]")) {
      place.textContent = roll.querySelectorAll(`input[value="${place.dataset.count}"]:checked`).length;
    }
    told.hidden = false;
  };
  roll.addEventListener("change", count);
  count();
}
