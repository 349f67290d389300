/** Builds elements, so that every word a person wrote enters the page as text and never as markup. */

const SVG = "http://www.w3.org/2000/svg";

const DRAWINGS = {
  antenna: "M12 21V11M8.5 21h7M12 11a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2M7.8 13.6a6 6 0 0 1 0-8.4M16.2 13.6a6 6 0 0 0 0-8.4M5 16.2a9.8 9.8 0 0 1 0-13.6M19 16.2a9.8 9.8 0 0 0 0-13.6",
  attach: "m20 11.5-8.3 8.2a5.2 5.2 0 0 1-7.4-7.4l8.6-8.5a3.5 3.5 0 0 1 4.9 4.9l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4l7.8-7.7",
  back: "M15 5l-7 7 7 7",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
  silent: "M6 16.5V11a6 6 0 0 1 9.7-4.7M18 11v5.5l1.5 1.5H7M10 20.5h4M4 4l16 16",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M5.8 5.8l12.4 12.4",
  close: "m6 6 12 12M18 6 6 18",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c.6-4 3.7-6 7.5-6s6.9 2 7.5 6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  forum: "M4 5h16v11H11l-4.5 4v-4H4zM8 9h8M8 12h5",
  keyboard: "M3 6h18v12H3zM7 10h.1M10.4 10h.1M13.6 10h.1M17 10h.1M8 14h8",
  lines: "M4 7h16M4 12h16M4 17h16",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  more: "M12 5.5h.1M12 12h.1M12 18.5h.1",
  pause: "M8.5 6v12M15.5 6v12",
  pencil: "m4 20 1-4.5L15.5 5 19 8.5 8.5 19z",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.1",
  photos: "M8 3.5h12.5V14M3.5 7.5h13v12h-13zM3.5 16.5l4-4 3.2 3.2 2-2 3.8 3.8M12.8 11h.1",
  pin: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  pinned: "M12 16v5M7 16h10l-2-4V4H9v8z",
  play: "M8 5.5v13l10.5-6.5z",
  plus: "M12 5v14M5 12h14",
  reply: "m9 6-5 5 5 5M4 11h9a7 7 0 0 1 7 7",
  send: "M4 12 20 4.5 15 20l-3.5-6.5zM11.5 13.5 20 4.5",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8.5 10h.1M15.5 10h.1M8.2 14.2a4.6 4.6 0 0 0 7.6 0",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13",
  voice: "M12 15a3 3 0 0 0 3-3V6.5a3 3 0 0 0-6 0V12a3 3 0 0 0 3 3M6 11.5a6 6 0 0 0 12 0M12 17.5V21",
};

/** Make an element: `el("button.quiet", {type: "button", onclick}, "words", child)`. */
export function el(shape, given = {}, ...children) {
  const [tag, ...classes] = shape.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** One of our own drawings, silent for a screen reader: the control beside it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only a drawing and is named for those who do not see it. */
export function iconButton(drawing, name, onclick, given = {}) {
  const shape = { type: "button", "aria-label": name, title: name, onclick, ...given };
  return el("button.icon-button", shape, icon(drawing));
}

/** Replace what a node holds, keeping the node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** The first sign of a name, for the round mark that stands for a face. */
export function initial(name) {
  return [...(name || "?")][0].toLocaleUpperCase();
}
