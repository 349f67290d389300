/** One person's phone: the locked screen's line above, the chat with the bot below. */

import { attachments, sendDropped } from "./attach.js";
import { bubbleLine } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, fill, icon, iconButton, initial } from "./element.js";
import { openMenu } from "./menu.js";
import { Popups } from "./popup.js";
import { Thread } from "./thread.js";
import { direction, languageName, phoneWords } from "./words.js";

// A tap waits this long for its answer, so that a silent bot does not hold the line to the server.
const PATIENCE_SECONDS = 10;
const REACTIONS = ["👍", "❤️", "🙏", "😢", "👎"];

/** A phone on the page; `act(what, body)` speaks to the server and shows what went wrong. */
export class Phone {
  #act;
  #person;
  #botName = "";
  #commands = [];
  #thread;
  #composer;
  #popups;
  #under = el("span.phone-under");
  #name = el("bdi");
  #lock = el("div.lock-line");
  #welcome = el("div.phone-welcome");
  #foot = el("div.phone-foot");
  #mode = "";

  constructor(person, act) {
    this.#act = act;
    this.#person = person;
    const words = phoneWords(person.language_code);
    this.words = words;
    this.#thread = new Thread({
      name: `Chat of ${person.first_name} with the bot`,
      words,
      namesShown: false,
      isMine: (from) => !from.is_bot,
      tap: (message, button, node) => this.#tap(message, button, node),
      act: (message, node) => this.#messageMenu(message, node),
    });
    this.#composer = this.#newComposer();
    const way = direction(person.language_code);
    const screen = el("div.phone-screen", { dir: way }, this.#head(), el("div.phone-middle", {}, this.#welcome, this.#thread.node), this.#foot);
    this.#popups = new Popups(screen);
    const label = `caption-${person.id}`;
    this.node = el("section.phone", { "aria-labelledby": label, "data-person": person.id, tabindex: "-1" },
      this.#caption(label),
      el("div.lock", { role: "group", "aria-label": "What a locked screen shows" }, this.#lock),
      this.#takesFiles(el("div.phone-body", { dir: way, lang: words.code }, screen, this.#popups.node)));
  }

  /** Bring the phone to what the server tells of this person. */
  show(person, state, hinted) {
    this.#person = person;
    this.#botName = state.me?.first_name || "Bot";
    this.#commands = commandsFor(person, state.commands ?? []);
    this.#name.textContent = this.#botName;
    const typing = Boolean(person.chat?.typing) && !person.blocked;
    this.#under.textContent = typing ? this.words.typing : this.words.bot;
    this.#showLock(person.notification);
    this.#thread.show(person.chat?.messages ?? []);
    this.#thread.typing(typing);
    this.#composer.keys(person.chat?.keyboard);
    this.#composer.commandsExist(this.#commands.length > 0);
    this.#showFoot(hinted, state);
  }

  /** Show the bot's answer to a tapped button. */
  popup(text, asBox) {
    this.#popups.show(text, asBox);
  }

  #caption(id) {
    const { first_name: name, language_code: code, label } = this.#person;
    const about = label && label !== name ? el("span.caption-about", { dir: "auto" }, label) : null;
    return el("div.caption", {},
      el("span.face", { "aria-hidden": "true" }, initial(name)),
      el("div.caption-words", {},
        el("h3.caption-name", { id }, el("bdi", {}, name), ` · phone in ${languageName(code)}`), about));
  }

  #head() {
    const more = iconButton("more", "More about this chat", (event) => this.#chatMenu(event.currentTarget), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    return el("div.phone-head", {},
      el("span.face.bot", { "aria-hidden": "true" }, icon("antenna")),
      el("div.phone-who", {}, el("span.phone-bot", {}, this.#name), this.#under), more);
  }

  #newComposer() {
    return new Composer({
      name: `Message from ${this.#person.first_name}`,
      words: this.words,
      send: (text, about) => this.#send(text, about),
      press: (key) => this.#press(key),
      attachments: () => attachments((payload) => this.#give(payload), () => this.#composer.record(), this.#person),
      spoken: (payload) => this.#give(payload),
      tell: (line) => this.#popups.show(line, false),
      commands: () => this.#commands,
    });
  }

  #showLock(notification) {
    const line = typeof notification === "string" ? { text: notification } : notification;
    const words = line
      ? [el("strong", {}, el("bdi", {}, line.title || this.#botName)), el("span.lock-words", { dir: "auto" }, line.text)]
      : [el("span.lock-words.none", {}, "Nothing on the locked screen")];
    const quiet = line?.silent ? el("span.lock-mark", { role: "img", "aria-label": "Without a sound", title: "Without a sound" }, icon("silent")) : null;
    const written = JSON.stringify(line ?? null);
    if (this.#lock.dataset.written === written) return;
    this.#lock.dataset.written = written;
    this.#lock.classList.toggle("told", Boolean(line));
    this.#lock.dir = line ? direction(this.#person.language_code) : "ltr";
    fill(this.#lock, el("span.lock-mark", { title: "What a locked screen shows" }, icon("lock")), el("span.lock-text", {}, ...words), quiet);
  }

  #showFoot(hinted, state) {
    const empty = (this.#person.chat?.messages ?? []).length === 0 && !this.#person.started;
    const mode = this.#person.blocked ? "blocked" : empty ? "empty" : "open";
    this.#welcome.hidden = mode !== "empty";
    this.node.classList.toggle("hinted", hinted && mode === "empty");
    if (mode === "empty") this.#showWelcome(state.me?.descriptions?.[this.#person.language_code?.slice(0, 2)] || state.me?.description);
    if (mode === this.#mode) return;
    const focused = this.#foot.contains(document.activeElement);
    this.#mode = mode;
    if (mode === "open") fill(this.#foot, this.#composer.node);
    else if (mode === "empty") fill(this.#foot, el("p.hint", { dir: "ltr", lang: "en" }, "Begin here: tap Start"), this.#wide(this.words.start, () => this.#begin()));
    else fill(this.#foot, this.#wide(this.words.unblock, () => this.#act("block", { from: this.#person.id, blocked: false })));
    if (focused) (mode === "open" ? this.#thread.node : this.#foot.querySelector("button")).focus({ preventScroll: true });
  }

  #showWelcome(description) {
    fill(this.#welcome, el("span.face.bot.large", { "aria-hidden": "true" }, icon("antenna")),
      el("strong", { dir: "auto" }, this.#botName), description ? el("p", { dir: "auto" }, description) : null);
  }

  #wide(words, onclick) {
    return el("button.wide", { type: "button", onclick }, words);
  }

  #send(text, about) {
    const from = this.#person.id;
    if (about?.kind === "edit") return this.#act("edit", { from, message_id: about.message.message_id, text });
    const reply = about ? { reply_to: about.message.message_id } : {};
    return this.#act("send", { from, text, ...reply });
  }

  #give(payload) {
    return this.#act("send", { from: this.#person.id, ...payload });
  }

  /** Files can be dropped on the chat, or put into it where words are written. */
  #takesFiles(node) {
    const hold = (on) => node.classList.toggle("held-over", on && this.#mode === "open");
    const take = (event, files) => {
      if (!files?.length || this.#mode !== "open") return;
      event.preventDefault();
      sendDropped(files, (payload) => this.#give(payload));
    };
    node.addEventListener("dragover", (event) => (event.preventDefault(), hold(true)));
    node.addEventListener("dragleave", (event) => node.contains(event.relatedTarget) || hold(false));
    node.addEventListener("drop", (event) => (event.preventDefault(), hold(false), take(event, event.dataTransfer.files)));
    node.addEventListener("paste", (event) => take(event, event.clipboardData?.files));
    return node;
  }

  /** On a small screen the phone grows when it is used: the writing line is to be seen then. */
  async #begin() {
    await this.#send("/start", null);
    this.#foot.scrollIntoView({ block: "nearest" });
  }

  #press(key) {
    const from = this.#person.id;
    return this.#act("press", { from, label: key.text });
  }

  async #tap(message, button, node) {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    const answer = await this.#act("tap", { from: this.#person.id, message_id: message.message_id, data: button.data, wait: PATIENCE_SECONDS });
    if (answer && !answer.answered) this.#popups.show("No answer yet", false);
    node.removeAttribute("aria-busy");
  }

  #messageMenu(message, node) {
    const from = this.#person.id;
    const here = { from, message_id: message.message_id };
    const line = bubbleLine(message);
    const mine = !message.from.is_bot;
    const change = mine && message.text && !message.media
      ? [{ label: "Edit", drawing: "pencil", act: () => this.#composer.begin("edit", message, line) }] : [];
    openMenu(node, "This message", [
      { label: "Reply", drawing: "reply", act: () => this.#composer.begin("reply", message, line) },
      ...change,
      { label: "Delete", drawing: "trash", danger: true, act: () => this.#act("delete", here) },
    ], { signs: REACTIONS, chooseSign: (emoji) => this.#act("react", { ...here, emoji: this.#has(message, emoji) ? "" : emoji }) });
  }

  #has(message, emoji) {
    return (message.reactions ?? []).some((each) => each.user === this.#person.id && each.emoji === emoji);
  }

  #chatMenu(node) {
    const { id: from, blocked } = this.#person;
    openMenu(node, "This chat", [
      { label: "Send /start again", drawing: "send", act: () => this.#send("/start", null) },
      blocked
        ? { label: "Unblock the bot", drawing: "block", act: () => this.#act("block", { from, blocked: false }) }
        : { label: "Block the bot", note: "as if this person left", drawing: "block", danger: true, act: () => this.#act("block", { from, blocked: true }) },
    ]);
  }
}

/** The commands Telegram would offer: the narrowest scope that speaks to this phone, in its language first. */
function commandsFor(person, all) {
  const scopes = [{ type: "chat", chat_id: person.id }, { type: "all_private_chats" }, { type: "default" }];
  const languages = [(person.language_code || "").split("-")[0], ""];
  for (const scope of scopes) {
    for (const language of languages) {
      const found = all.find((each) => same(JSON.parse(each.scope), scope) && each.language_code === language);
      if (found?.commands.length) return found.commands;
    }
  }
  return [];
}

function same(one, other) {
  return one.type === other.type && one.chat_id === other.chat_id;
}
