/** Who is on the page: the switcher of a small screen, and the sheet that adds a person. */

import { el, fill } from "./element.js";
import { languageName, ownName, PHONE_LANGUAGES } from "./words.js";

/** Who is put on an empty table, so that nobody has to invent people first. */
export const FIRST_PEOPLE = [
  { first_name: "Amina", language_code: "ar", label: "cleans offices, two jobs" },
  { first_name: "Joseph", language_code: "en", label: "works in a warehouse" },
  { first_name: "Lucia", language_code: "it", label: "helps her neighbours" },
];

/** The row of names that chooses, on a small screen, whose phone is seen. */
export class Switcher {
  #node;
  #chosen = null;
  #written = "";

  constructor(node) {
    this.#node = node;
  }

  /** Offer these screens: `[{key, name, node}]`; the chosen one is seen. */
  show(screens) {
    if (!screens.some((screen) => screen.key === this.#chosen)) this.#chosen = screens[0]?.key ?? null;
    for (const { key, node } of screens) node.classList.toggle("chosen", key === this.#chosen);
    const written = JSON.stringify([this.#chosen, ...screens.map((screen) => [screen.key, screen.name])]);
    if (written === this.#written) return;
    this.#written = written;
    const focused = this.#node.contains(document.activeElement);
    fill(this.#node, ...screens.map(({ key, name }) => el("button.switcher-name", {
      type: "button",
      dir: "auto",
      "aria-pressed": String(key === this.#chosen),
      onclick: () => this.choose(key, screens),
    }, name)));
    if (focused) this.#node.querySelector("[aria-pressed=true]").focus();
  }

  choose(key, screens) {
    this.#chosen = key;
    this.show(screens);
  }
}

/** Make the sheet that adds a person work; `add(person)` resolves when the person is there. */
export function personSheet(dialog, opener, add) {
  const form = dialog.querySelector("form");
  const language = dialog.querySelector("#person-language");
  fill(language, ...PHONE_LANGUAGES.map((code) => el("option", { value: code }, `${languageName(code)} · ${ownName(code)}`)));
  opener.addEventListener("click", () => dialog.showModal());
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value === "leave") return;
    event.preventDefault();
    const given = new FormData(form);
    await add({ first_name: given.get("name").trim(), language_code: given.get("language"), label: given.get("about").trim() });
    form.reset();
    dialog.close();
  });
}
