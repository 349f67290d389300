/* Small helps that the pages do without where scripts are off: the menu, printing, the idle lock. */

"use strict";

const menu = document.querySelector(".menu");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  if (menu && menu.open && !menu.contains(event.target)) menu.open = false;
});

const idle = Number(document.body.dataset.idle) * 1000;
const warning = document.querySelector("[data-idle-words]");
const BEFORE = 120_000;
const OFTEN = 240_000;
let told = Date.now();
let warn = 0;
let lock = 0;

function locked() {
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
}

function wait() {
  clearTimeout(warn);
  clearTimeout(lock);
  warn = setTimeout(() => {
    warning.hidden = false;
    warning.querySelector("button").focus();
  }, idle - BEFORE);
  lock = setTimeout(locked, idle + 1000);
}

async function stay() {
  told = Date.now();
  const answer = await fetch("/still-here", { cache: "no-store", redirect: "manual" });
  if (answer.status !== 204) return locked();
  warning.hidden = true;
  wait();
}

if (idle && warning) {
  wait();
  warning.querySelector("[data-idle-stay]").addEventListener("click", stay);
  /* Somebody who writes a long reply is there, although no page is asked for. */
  document.addEventListener("input", () => {
    if (Date.now() - told > OFTEN) stay();
  });
}
