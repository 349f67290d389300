/** Turns a message's markup into elements through a list of what is allowed, and drops all else. */

const PLAIN = new Set(["B", "I", "U", "S", "CODE", "PRE", "BLOCKQUOTE"]);
const SAME = { STRONG: "b", EM: "i", INS: "u", STRIKE: "s", DEL: "s" };
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT"]);
const SAFE_LINK = /^(https?|tel|mailto|tg):/i;

/** Build the elements of a message's `html`. The parser works on a page of its own that runs nothing. */
export function richText(html) {
  const parsed = new DOMParser().parseFromString(html || "", "text/html");
  return copied(parsed.body, document.createDocumentFragment());
}

function copied(source, target) {
  for (const node of source.childNodes) {
    const ended = afterBlock(target);
    if (node.nodeType === Node.TEXT_NODE) target.append(ended ? node.data.replace(/^\n/, "") : node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !(ended && node.tagName === "BR")) copyElement(node, target);
  }
  return target;
}

/** A block ends its own line, so the line break that follows it would show as an empty line. */
function afterBlock(target) {
  return target.lastChild?.nodeName === "BLOCKQUOTE" || target.lastChild?.nodeName === "PRE";
}

function copyElement(node, target) {
  if (DROPPED.has(node.tagName)) return;
  if (node.tagName === "BR") target.append(document.createElement("br"));
  else if (PLAIN.has(node.tagName)) target.append(copied(node, document.createElement(node.tagName)));
  else if (node.tagName in SAME) target.append(copied(node, document.createElement(SAME[node.tagName])));
  else if (node.tagName === "A" && SAFE_LINK.test(node.getAttribute("href") || "")) target.append(link(node));
  else if (node.classList.contains("tg-spoiler") || node.tagName === "TG-SPOILER") target.append(spoiler(node));
  else copied(node, target); // An unknown element loses its tags and keeps its words.
}

function link(node) {
  const made = copied(node, document.createElement("a"));
  made.href = node.getAttribute("href");
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function spoiler(node) {
  const words = copied(node, document.createElement("span"));
  const cover = document.createElement("span");
  cover.className = "spoiler";
  cover.tabIndex = 0;
  cover.setAttribute("role", "button");
  cover.setAttribute("aria-label", "Hidden words, press to read");
  words.inert = true;
  cover.append(words);
  const uncover = () => cover.replaceWith(...words.childNodes);
  cover.addEventListener("click", uncover);
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    uncover();
  });
  return cover;
}
