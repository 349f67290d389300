/** The two ways Telegram answers a tapped button: a word that passes, and a box that waits for OK. */

import { el } from "./element.js";

const TOAST_MS = 4000;

/** The pop-ups of one phone; `screen` is what an open box makes unreachable. */
export class Popups {
  #screen;
  #toast = el("div.toast", { role: "status" });
  #timer = 0;
  #box = null;

  constructor(screen) {
    this.#screen = screen;
    this.node = el("div.popups", {}, this.#toast);
  }

  show(text, asBox) {
    if (!text) return;
    if (asBox) this.#alert(text);
    else this.#pass(text);
  }

  #pass(text) {
    clearTimeout(this.#timer);
    this.#toast.replaceChildren(el("span.toast-words", { dir: "auto" }, text));
    this.#timer = setTimeout(() => this.#toast.replaceChildren(), TOAST_MS);
  }

  #alert(text) {
    const before = this.#box ? this.#box.before : document.activeElement;
    this.#box?.node.remove();
    const ok = el("button.box-ok", { type: "button", onclick: () => this.#close() }, "OK");
    const words = el("p.box-words", { dir: "auto", id: `box-${crypto.randomUUID()}` }, text);
    const box = el("div.box", { role: "alertdialog", "aria-label": "Antenna", "aria-describedby": words.id }, words, ok);
    const node = el("div.box-veil", {
      onkeydown: (event) => event.key === "Escape" && this.#close(),
    }, box);
    this.#box = { node, before };
    const mine = this.#screen.contains(before) || document.activeElement === document.body;
    this.#screen.inert = true;
    this.node.append(node);
    if (mine) ok.focus();
  }

  #close() {
    const { node, before } = this.#box;
    this.#box = null;
    node.remove();
    this.#screen.inert = false;
    if (before?.isConnected) before.focus({ preventScroll: true });
    else this.#screen.querySelector(".thread")?.focus({ preventScroll: true });
  }
}
