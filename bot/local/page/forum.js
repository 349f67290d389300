/** The operators' side: a forum group with one topic for each conversation, written in as an operator. */

import { bubbleLine } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, fill, icon, iconButton } from "./element.js";
import { Popups } from "./popup.js";
import { Thread } from "./thread.js";
import { phoneWords } from "./words.js";

const GENERAL = 1; // The topic every forum has from the beginning.

/** The forum group on the page; `act(what, body)` speaks to the server. */
export class Forum {
  #act;
  #group = null;
  #chosen = null;
  #thread = null;
  #writers = [];
  #writer = el("select.writer-choice", { "aria-label": "Write as", onchange: () => this.#redraw() });
  #writerLine = el("label.writer", {}, el("span", {}, "You write as"));
  #topics = el("ul.topics");
  #empty = el("div.forum-empty");
  #title = el("bdi");
  #under = el("span.phone-under");
  #topicName = el("span.topic-title", { dir: "auto" });
  #room = el("div.room", { hidden: true });
  #messages = el("div.phone-middle");
  #composer;
  #popups;
  #back;
  #way = el("div.forum-way", { hidden: true });

  constructor(act) {
    this.#act = act;
    const words = phoneWords("en");
    this.#composer = new Composer({ name: "Message to this topic", words, send: (text, about) => this.#send(text, about) });
    this.#back = iconButton("back", "Back to the topics", () => this.#open(null));
    this.#room.append(el("div.room-head", {}, this.#back, this.#topicName), this.#messages, el("div.room-foot", {}, this.#writerLine, this.#composer.node));
    this.#writerLine.append(this.#writer);
    fill(this.#empty, icon("forum"), el("strong", {}, "Quiet here"),
      el("p", {}, "A line about each new report comes to this group, without a word of what is in it."));
    const head = el("div.phone-head", {}, el("span.face.group", { "aria-hidden": "true" }, icon("forum")), el("div.phone-who", {}, el("span.phone-bot", {}, this.#title), this.#under));
    const screen = el("div.phone-screen", {}, head, this.#way, el("div.forum-split", {}, el("div.forum-list", {}, this.#topics, this.#empty), this.#room));
    this.#popups = new Popups(screen);
    this.node = el("section.phone.forum", { "aria-labelledby": "caption-forum", tabindex: "-1" },
      el("div.caption", {}, el("span.face.group", { "aria-hidden": "true" }, icon("forum")),
        el("div.caption-words", {},
          el("h3.caption-name", { id: "caption-forum" }, "The operators' group"),
          el("span.caption-about", {}, "people of the helping organisations"))),
      el("div.phone-body", {}, screen, this.#popups.node));
  }

  /** Bring the group to what the server tells; `people` are all that could write in it. */
  show(group, people, console) {
    this.node.hidden = !group;
    if (!group) return;
    this.#showWay(console);
    this.#group = group;
    this.#showWriters(people);
    const topics = this.#topicsSeen();
    this.#title.textContent = group.title;
    this.#under.textContent = topics.length === 1 ? "1 topic" : `${topics.length} topics`;
    this.#empty.hidden = topics.length > 0;
    this.#showTopics(topics);
    if (this.#chosen !== null) this.#showRoom();
  }

  /** Show the bot's answer to a button an operator tapped. */
  popup(text, asBox) {
    this.#popups.show(text, asBox);
  }

  /** Whether the group shows the way to the operators' console. */
  get leadsToConsole() {
    return !this.#way.hidden;
  }

  /** The way to the console, where the same conversations are, and the reports alone. */
  #showWay(address) {
    this.#way.hidden = !/^https?:/.test(address || "");
    if (this.#way.hidden || this.#way.dataset.address === address) return;
    this.#way.dataset.address = address;
    const words = el("span.forum-way-words", {}, "People are answered here or in the console, reports are read there only.");
    fill(this.#way, words, el("a.quiet", { href: address, target: "_blank", rel: "noopener noreferrer" }, "Open the console", icon("link")));
  }

  #showWriters(people) {
    const members = new Set(this.#group.members.map((member) => member.id));
    this.#writers = people.filter((person) => members.has(person.id));
    const written = JSON.stringify(this.#writers.map((person) => [person.id, person.first_name]));
    if (this.#writer.dataset.written === written) return;
    this.#writer.dataset.written = written;
    fill(this.#writer, ...this.#writers.map((person) => el("option", { value: person.id }, person.first_name)));
    this.#writerLine.hidden = this.#writers.length < 2;
    this.#composer.node.hidden = this.#writers.length === 0;
    this.#redraw();
  }

  /** Draw the room anew, because somebody else's side is now the own one. */
  #redraw() {
    this.#thread = null;
    if (this.#chosen !== null) this.#showRoom();
  }

  #showTopics(topics) {
    const focused = document.activeElement?.dataset?.topic;
    fill(this.#topics, ...topics.map((topic) => el("li", {}, this.#topicRow(topic))));
    if (focused) this.#topics.querySelector(`[data-topic="${focused}"]`)?.focus({ preventScroll: true });
  }

  /** The topics worth a row: General stands empty in every new forum. */
  #topicsSeen() {
    return this.#group.topics.filter((topic) => topic.thread_id !== GENERAL || topic.messages.length);
  }

  #topicRow(topic) {
    const last = topic.messages.at(-1);
    const dot = el("span.topic-dot", { "aria-hidden": "true" });
    if (topic.icon_color) dot.style.backgroundColor = `#${topic.icon_color.toString(16).padStart(6, "0")}`;
    return el("button.topic", {
      type: "button",
      "data-topic": topic.thread_id,
      "aria-current": topic.thread_id === this.#chosen ? "true" : null,
      onclick: () => this.#open(topic.thread_id),
    }, dot, el("span.topic-words", {},
      el("span.topic-name", { dir: "auto" }, topic.name, topic.closed ? el("span.topic-closed", {}, " · closed") : ""),
      el("span.topic-last", { dir: "auto" }, last ? bubbleLine(last) : "No message yet")));
  }

  #open(topic) {
    const before = this.#chosen;
    this.#chosen = topic;
    this.#thread = null;
    this.#showTopics(this.#topicsSeen());
    this.#room.hidden = topic === null;
    this.node.classList.toggle("in-room", topic !== null);
    if (topic !== null) this.#showRoom();
    if (topic === null) this.#topics.querySelector(`[data-topic="${before}"]`)?.focus();
    else if (this.#back.offsetParent) this.#back.focus();
  }

  #showRoom() {
    const topic = this.#group.topics.find((each) => each.thread_id === this.#chosen);
    if (!topic) return this.#open(null);
    this.#topicName.textContent = topic.name;
    if (!this.#thread) {
      this.#thread = new Thread({
        name: `Topic ${topic.name}`,
        words: phoneWords("en"),
        namesShown: true,
        isMine: (from) => String(from.id) === this.#writer.value,
        tap: (message, button, node) => this.#tap(message, button, node),
      });
      fill(this.#messages, this.#thread.node);
    }
    this.#thread.show(topic.messages);
    this.#composer.node.inert = Boolean(topic.closed);
    return undefined;
  }

  #send(text, about) {
    const reply = about ? { reply_to: about.message.message_id } : {};
    return this.#act("send", { from: Number(this.#writer.value), chat: this.#group.id, thread: this.#chosen, text, ...reply });
  }

  async #tap(message, button, node) {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    await this.#act("tap", { from: Number(this.#writer.value), chat: this.#group.id, message_id: message.message_id, data: button.data });
    node.removeAttribute("aria-busy");
  }
}
