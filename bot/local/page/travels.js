/** What travels between the bot and this local Telegram, and the switches that make it go wrong. */

import { el, fill } from "./element.js";
import { wire } from "./wire.js";

const KEPT_ROWS = 200;
const LOOK_AGAIN_MS = 1500; // Calls that change nothing on a phone are told by no event.

const FAULTS = [
  { kind: "down", name: "Telegram is down", note: "every call fails", said: "Telegram is down: the bot keeps what it has to say until you switch this off." },
  { kind: "429", name: "Too many requests", note: "answers 429, retry after 5 s", with: { retry_after: 5 }, said: "Telegram answers 429: the bot waits as long as it is told." },
  { kind: "slow", name: "Slow network", note: "each call takes 3 s", with: { seconds: 3 }, said: "Each call takes 3 seconds longer." },
];

/** The panel below the phones; `act` speaks to the server and shows what went wrong. */
export class Travels {
  #act;
  #since = 0;
  #seen = 0;
  #loading = null;
  #again = false;
  #rows = el("tbody");
  #count = el("span.travels-count");
  #state = el("span.travels-state", { role: "status" });
  #on = [];
  #names = new Map(); // chat id → who that is
  #switches = new Map();
  #none = el("p.travels-none", {}, "Nothing has travelled yet. Tap Start on a phone.");

  constructor(details, act) {
    this.#act = act;
    setInterval(() => details.open && this.refresh(), LOOK_AGAIN_MS);
    const table = el("table.calls", {}, el("caption.hidden-words", {}, "Calls of the bot, newest first"),
      el("thead", {}, el("tr", {}, ...["Time", "Method", "To", "Answer"].map((name) => el("th", { scope: "col" }, name)))), this.#rows);
    fill(details.querySelector("summary"), el("span.travels-title", {}, "What travels"), this.#count, this.#state);
    details.append(el("div.travels-inside", {},
      el("div.faults", { role: "group", "aria-label": "Make it go wrong" },
        el("h2.travels-heading", {}, "Make it go wrong"), ...FAULTS.map((fault) => this.#switch(fault))),
      el("div.calls-box", { tabindex: "0", role: "region", "aria-label": "Calls of the bot" }, table, this.#none)));
  }

  /** Show which faults are on, and learn who is behind a chat's number. */
  show(state) {
    this.#on = state.faults;
    this.#names = new Map([...state.people.map((person) => [person.id, person.first_name]), ...state.groups.map((group) => [group.id, group.title])]);
    const on = new Set(this.#on.map((fault) => fault.kind));
    for (const [kind, button] of this.#switches) button.setAttribute("aria-checked", String(on.has(kind)));
    const first = FAULTS.find((fault) => on.has(fault.kind));
    const words = first ? first.said : "Telegram works";
    if (this.#state.textContent !== words) this.#state.textContent = words;
    this.#state.classList.toggle("wrong", Boolean(first));
  }

  /** Fetch the calls made since the last look; many wishes at once become one more look. */
  async refresh() {
    if (this.#loading) {
      this.#again = true;
      return;
    }
    this.#loading = wire.calls(this.#since).then((calls) => this.#add(calls)).catch(() => {});
    await this.#loading;
    this.#loading = null;
    if (this.#again) {
      this.#again = false;
      this.refresh();
    }
  }

  /** Forget what was shown, after the local Telegram began anew. */
  forget() {
    this.#since = 0;
    this.#seen = 0;
    fill(this.#rows);
  }

  #add(calls) {
    this.#since = calls.at(-1)?.n ?? this.#since;
    const shown = calls.filter((call) => call.method.toLowerCase() !== "getupdates");
    this.#seen += shown.length;
    this.#count.textContent = this.#seen === 1 ? "1 call" : `${this.#seen} calls`;
    this.#none.hidden = this.#seen > 0;
    for (const call of shown.slice(-KEPT_ROWS)) this.#rows.prepend(row(call, this.#names));
    while (this.#rows.children.length > KEPT_ROWS) this.#rows.lastChild.remove();
  }

  #switch(fault) {
    const words = el("span.switch-words", {}, fault.name, el("span.switch-note", {}, fault.note));
    const button = el("button.switch", {
      type: "button",
      role: "switch",
      "aria-checked": "false",
      onclick: () => this.#turn(fault, button.getAttribute("aria-checked") !== "true"),
    }, el("span.switch-mark", { "aria-hidden": "true" }), words);
    this.#switches.set(fault.kind, button);
    return button;
  }

  async #turn(fault, on) {
    if (on) await this.#act("faults", { method: "*", kind: fault.kind, ...fault.with });
    else await Promise.all(this.#on.filter((each) => each.kind === fault.kind).map((each) => this.#act(() => wire.endFault(each.id))));
  }
}

function row(call, names) {
  const wrong = call.status !== 200;
  const answer = [call.status || "", call.description].filter(Boolean).join(" ");
  const to = names.get(Number(call.params.chat_id)) ?? "";
  return el(wrong ? "tr.wrong" : "tr", {},
    el("td", {}, new Date(call.at * 1000).toLocaleTimeString("en-GB")),
    el("td.calls-method", {}, call.method),
    el("td", { dir: "auto" }, to),
    el("td", {}, answer));
}
