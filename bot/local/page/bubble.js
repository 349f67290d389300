/** Draws one message: its words, what it carries, its marks and the buttons below it. */

import { el, icon } from "./element.js";
import { mediaNode, mediaWords } from "./media.js";
import { richText } from "./richtext.js";

/**
 * The inside of one message. `ways` says what its surroundings do: `{mine, nameShown, words, tap, act}`.
 */
export function bubbleParts(message, ways) {
  if (message.service) return [el("p.service", { dir: "auto" }, message.service)];
  const media = message.media;
  const bubble = el(media?.kind === "sticker" ? "div.bubble.bare" : "div.bubble");
  if (ways.nameShown) bubble.append(el("span.bubble-from", { dir: "auto" }, message.from.name));
  if (message.forwarded) bubble.append(el("span.bubble-note", {}, "Forwarded"));
  if (message.reply_to) bubble.append(quote(message.reply_to));
  if (media) bubble.append(mediaNode(media));
  if (message.html) bubble.append(el("div.bubble-words", {}, richText(message.html)));
  bubble.append(marks(message, ways.words));
  const beside = el("div.bubble-line", {}, bubble, ways.act ? moreButton(message, ways.act) : null);
  const reactions = reactionRow(message.reactions);
  return [beside, reactions, keyboard(message, ways.tap)].filter(Boolean);
}

/** Who speaks and when, for those who hear the page. */
export function bubbleName(message) {
  return `${message.from.name}, ${timeWords(message.date)}`;
}

/** A message in one short line. */
export function bubbleLine(message) {
  const words = (message.text || "").replace(/\s+/g, " ").trim();
  return message.service || words || (message.media ? mediaWords(message.media) : "Message");
}

function quote(answered) {
  return el("div.bubble-quote", { dir: "auto" }, el("strong", {}, answered.name), " ", answered.text);
}

function marks(message, words) {
  const row = el("span.bubble-marks");
  if (message.pinned) row.append(mark("pinned", "Pinned"));
  if (message.protected) row.append(mark("lock", "Cannot be forwarded or saved"));
  if (message.silent) row.append(mark("silent", "Sent without a sound"));
  if (message.edit_date) row.append(el("span", {}, words.edited));
  row.append(el("time", { dir: "ltr", datetime: new Date(message.date * 1000).toISOString() }, timeWords(message.date)));
  return row;
}

function mark(drawing, name) {
  return el("span.bubble-mark", { role: "img", "aria-label": name, title: name }, icon(drawing));
}

function moreButton(message, act) {
  return el("button.bubble-more", {
    type: "button",
    "aria-label": `More about this message: ${bubbleLine(message).slice(0, 40)}`,
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    onclick: (event) => act(message, event.currentTarget),
  }, icon("more"));
}

function reactionRow(reactions) {
  if (!reactions?.length) return null;
  const signs = reactions.map((reaction) => reaction.emoji ?? reaction);
  return el("div.bubble-reactions", { role: "img", "aria-label": `Reactions: ${signs.join(" ")}` },
    ...signs.map((sign) => el("span.bubble-reaction", {}, sign)));
}

function keyboard(message, tap) {
  if (!message.buttons?.length) return null;
  return el("div.keys", { role: "group", "aria-label": "Buttons of this message" },
    ...message.buttons.map((row) => el("div.keys-row", {}, ...row.map((button) => key(message, button, tap)))));
}

function key(message, button, tap) {
  const styled = ["primary", "success", "danger"].includes(button.style) ? `.${button.style}` : "";
  const words = el("span", { dir: "auto" }, button.text);
  if (button.url) {
    return el(`a.key${styled}`, { href: button.url, target: "_blank", rel: "noopener noreferrer" }, words, icon("link"));
  }
  const press = button.copy
    ? () => navigator.clipboard.writeText(button.copy)
    : (event) => tap(message, button, event.currentTarget);
  return el(`button.key${styled}`, { type: "button", onclick: press }, words, button.copy ? icon("copy") : null);
}

function timeWords(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
