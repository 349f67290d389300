/** Keeps a list of messages on the screen equal to the list the server tells, disturbing nothing else. */

import { bubbleName, bubbleParts } from "./bubble.js";
import { el, fill } from "./element.js";

const FADE_MS = 220;
const NEAR_THE_END = 80;

/** One conversation: a scrolling log whose messages come, change and fade. */
export class Thread {
  #shown = new Map(); // message id → {node, message, written}
  #list = el("ol.thread-list");
  #typing = el("div.thread-typing", { hidden: true }, el("span"), el("span"), el("span"));
  #ways;
  #fresh = true;

  /** `ways`: `{name, words, isMine(from), namesShown, tap(message, button, node), act(message, node)}`. */
  constructor(ways) {
    this.#ways = ways;
    this.node = el("div.thread", { role: "log", "aria-label": ways.name, tabindex: "0" }, this.#list, this.#typing);
    this.#list.addEventListener("keydown", (event) => this.#walk(event));
    this.#list.addEventListener("load", () => this.#atEnd && this.#toEnd(), true);
    this.node.addEventListener("scroll", () => (this.#atEnd = this.#nearEnd()), { passive: true });
  }

  #atEnd = true;

  /** Bring the screen to these messages: new ones appear, changed ones are lit, missing ones fade. */
  show(messages) {
    const wasAtEnd = this.#fresh || this.#nearEnd();
    const kept = new Set(messages.map((message) => message.message_id));
    for (const [id, entry] of this.#shown) if (!kept.has(id)) this.#remove(id, entry);
    const newest = messages.at(-1)?.message_id;
    let last = null;
    for (const message of messages) last = this.#put(message, newest) || last;
    this.#keepOneStop();
    this.#fresh = false;
    if (last && (wasAtEnd || this.#ways.isMine(last.message.from))) this.#reveal(last.node);
  }

  /** Show or hide the three dots of somebody writing. */
  typing(shown) {
    if (this.#typing.hidden !== shown) return;
    const wasAtEnd = this.#nearEnd();
    this.#typing.hidden = !shown;
    if (wasAtEnd) this.#toEnd();
  }

  #put(message, newest) {
    const written = JSON.stringify(message);
    const entry = this.#shown.get(message.message_id);
    if (entry?.written === written) return null;
    if (!entry) return this.#add(message, written);
    const changed = entry.message.html !== message.html || entry.message.edit_date !== message.edit_date;
    const focused = entry.node.contains(document.activeElement);
    entry.message = message;
    entry.written = written;
    this.#draw(entry);
    if (changed) this.#light(entry.node);
    if (focused) entry.node.focus({ preventScroll: true });
    return changed && message.message_id === newest ? entry : null;
  }

  #add(message, written) {
    const side = message.service ? "aside" : this.#ways.isMine(message.from) ? "outgoing" : "incoming";
    const node = el(`li.message.${side}`, { tabindex: "-1", "data-message": message.message_id });
    if (!this.#fresh) node.classList.add("arriving");
    const entry = { node, message, written };
    this.#shown.set(message.message_id, entry);
    this.#draw(entry);
    const before = this.#list.lastElementChild;
    node.classList.toggle("together", Boolean(message.media_group) && before?.dataset.album === message.media_group);
    this.#list.append(node);
    return entry;
  }

  #draw({ node, message }) {
    const { isMine, namesShown, words, tap, act } = this.#ways;
    const nameShown = namesShown && !isMine(message.from);
    node.setAttribute("aria-label", bubbleName(message));
    if (message.media_group) node.dataset.album = message.media_group;
    fill(node, ...bubbleParts(message, { nameShown, words, tap, act }));
  }

  #remove(id, { node }) {
    this.#shown.delete(id);
    if (node.contains(document.activeElement)) this.node.focus({ preventScroll: true });
    node.classList.add("leaving");
    node.inert = true;
    setTimeout(() => node.remove(), FADE_MS);
  }

  #light(node) {
    node.classList.remove("changed");
    void node.offsetWidth; // Starts the light again when one edit follows another.
    node.classList.add("changed");
  }

  #keepOneStop() {
    const stops = [...this.#list.querySelectorAll(".bubble-more")];
    stops.forEach((stop, at) => (stop.tabIndex = at === stops.length - 1 ? 0 : -1));
  }

  #walk(event) {
    if (!event.target.matches(".bubble-more") || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const stops = [...this.#list.querySelectorAll(".bubble-more")];
    stops[stops.indexOf(event.target) + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
    event.preventDefault();
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  #toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** Show the end; of a message taller than the screen, its beginning. */
  #reveal(node) {
    this.#toEnd();
    if (node.offsetHeight > this.node.clientHeight - 24) this.node.scrollTop = node.offsetTop - 12;
  }
}
