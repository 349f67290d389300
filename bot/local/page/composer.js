/** Where a person writes: the words, what can be attached, the bot's commands, the bot's own keys. */

import { el, fill, icon, iconButton } from "./element.js";
import { openMenu } from "./menu.js";
import { listen } from "./sound.js";

/** The writing line of one chat. */
export class Composer {
  #ways;
  #about = null; // {kind: "reply" | "edit", message, line}
  #bar = el("div.composer-about", { hidden: true });
  #keys = el("div.composer-keys", { hidden: true, role: "group", "aria-label": "Keys the bot offers" });
  #field;
  #send;
  #commandsShown;
  #written = "";
  #line;
  #recording = el("div.composer-line.composer-recording", { hidden: true, role: "group", "aria-label": "Recording" });

  /**
   * `ways`: `{name, words, send(text, about), press?(key), attachments?(), commands?(), spoken?(payload),
   * tell?(words)}`; the optional ones leave their button out.
   */
  constructor(ways) {
    this.#ways = ways;
    this.#field = el("textarea.composer-field", {
      rows: "1",
      "aria-label": ways.name,
      placeholder: ways.words.message,
      dir: "auto",
      lang: ways.words.code,
      oninput: () => this.#grow(),
      onkeydown: (event) => this.#key(event),
    });
    this.#send = iconButton("send", "Send", () => this.#submit());
    this.#send.classList.add("composer-send");
    this.#commandsShown = ways.commands ? this.#commandButton() : null;
    const attach = ways.attachments ? this.#menuButton("attach", "Attach", ways.attachments) : null;
    this.#line = el("div.composer-line", {}, this.#commandsShown, attach, this.#field, this.#send);
    this.node = el("div.composer", {}, this.#bar, this.#line, this.#recording, this.#keys);
    this.#grow();
  }

  /** Offer the bot's keys (a reply keyboard), or take them away. */
  keys(keyboard) {
    const written = JSON.stringify(keyboard ?? null);
    if (written === this.#written) return;
    this.#written = written;
    const rows = keyboard?.rows ?? [];
    this.#keys.hidden = rows.length === 0;
    this.#field.placeholder = keyboard?.placeholder || this.#ways.words.message;
    fill(this.#keys, ...rows.map((row) => el("div.keys-row", {}, ...row.map((key) => this.#replyKey(key)))));
  }

  /** Show the commands button only when the bot has commands. */
  commandsExist(exist) {
    if (this.#commandsShown) this.#commandsShown.hidden = !exist;
  }

  /** Begin a reply to a message or the change of an own one. */
  begin(kind, message, line) {
    this.#about = { kind, message };
    const title = kind === "edit" ? "Editing" : "Replying to";
    fill(this.#bar,
      icon(kind === "edit" ? "pencil" : "reply"),
      el("span.composer-about-words", { dir: "auto" }, `${title}: ${line}`),
      iconButton("close", "Leave it", () => this.#end()));
    this.#bar.hidden = false;
    if (kind === "edit") this.#field.value = message.text || line;
    this.#grow();
    this.#field.focus();
  }

  /** Listen to the microphone until the person sends what was heard, or leaves it. */
  async record() {
    const heard = await listen().catch(() => null);
    if (!heard) return this.#ways.tell("This browser gives no microphone here");
    const clock = el("span.clock", { role: "timer", dir: "ltr" }, "0:00");
    let seconds = 0;
    const ticking = setInterval(() => (clock.textContent = clockWords((seconds += 1))), 1000);
    const end = async (done) => {
      clearInterval(ticking);
      this.#recording.hidden = true;
      this.#line.hidden = false;
      this.#field.focus();
      const payload = await done();
      if (payload) this.#ways.spoken(payload);
    };
    const leave = iconButton("trash", "Leave the recording", () => end(heard.drop));
    const send = iconButton("send", "Send the voice message", () => end(heard.finish));
    send.classList.add("composer-send");
    fill(this.#recording, leave, el("span.record-dot", { "aria-hidden": "true" }), clock, el("span.record-space"), send);
    this.#recording.onkeydown = (event) => event.key === "Escape" && end(heard.drop);
    this.#line.hidden = true;
    this.#recording.hidden = false;
    send.focus();
  }

  #replyKey(key) {
    return el("button.key", { type: "button", onclick: () => this.#ways.press(key) }, el("span", { dir: "auto" }, key.text));
  }

  #commandButton() {
    const button = this.#menuButton("lines", "The bot's commands", () => this.#ways.commands().map((command) => ({
      label: `/${command.command}`,
      note: command.description,
      act: () => this.#ways.send(`/${command.command}`, null),
    })));
    button.classList.add("composer-commands");
    return button;
  }

  #menuButton(drawing, name, items) {
    const shape = { "aria-haspopup": "menu", "aria-expanded": "false" };
    return iconButton(drawing, name, (event) => openMenu(event.currentTarget, name, items()), shape);
  }

  #key(event) {
    if (event.key === "Escape" && this.#about) this.#end();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.#field.value.trim();
    if (!text) return this.#field.focus();
    const about = this.#about;
    this.#field.value = "";
    this.#end();
    this.#ways.send(text, about);
  }

  #end() {
    if (this.#about?.kind === "edit") this.#field.value = "";
    this.#about = null;
    this.#bar.hidden = true;
    this.#grow();
    this.#field.focus();
  }

  #grow() {
    this.#field.style.blockSize = "auto";
    if (this.#field.scrollHeight) this.#field.style.blockSize = `${this.#field.scrollHeight}px`;
  }
}

function clockWords(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
