/** Shows what is not text in a message: pictures, voices, files, places, contacts, stickers. */

import { el, icon } from "./element.js";

/** The element for a message's `media`. */
export function mediaNode(media) {
  return (KINDS[media.kind] || document_)(media);
}

/** One line of words for a medium, where there is no room to show it. */
export function mediaWords(media) {
  const words = { photo: "Photo", voice: "Voice message", video: "Video", sticker: "Sticker", location: "Location", contact: "Contact", poll: "Poll" };
  return words[media.kind] || media.name || "File";
}

const KINDS = { photo, voice, audio: voice, video, sticker, location: place, venue: place, contact, poll, dice };

function photo(media) {
  const blank = () => el("div.media-blank", { role: "img", "aria-label": "Photo" }, icon("photo"));
  if (!media.url) return blank();
  return picture("img.media-photo", { src: media.url, alt: "Photo", width: media.width, height: media.height }, blank);
}

/** A picture, and what stands in its place when its bytes make none. */
function picture(shape, given, blank) {
  const image = el(shape, { ...given, onerror: () => image.replaceWith(blank()) });
  return image;
}

function video(media) {
  if (!media.url) return document_({ ...media, name: media.name || "Video" });
  return el("video.media-photo", { src: media.url, controls: true, preload: "metadata", "aria-label": "Video" });
}

function sticker(media) {
  const name = `Sticker ${media.emoji || "🙂"}`;
  const blank = () => el("span.media-sticker", { role: "img", "aria-label": name }, media.emoji || "🙂");
  return media.url ? picture("img.media-sticker", { src: media.url, alt: name }, blank) : blank();
}

function document_(media) {
  const name = el("span.media-name", { dir: "auto" }, media.name || "File");
  const size = media.size ? el("span.media-note", {}, sizeWords(media.size)) : null;
  const words = el("span.media-words", {}, name, size);
  const mark = el("span.media-mark", {}, icon("file"));
  if (!media.url) return el("div.media-row", {}, mark, words);
  return el("a.media-row", { href: media.url, download: media.name || "" }, mark, words);
}

function place(media) {
  const lat = Number(media.lat ?? media.latitude);
  const lon = Number(media.lon ?? media.longitude);
  const where = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
  const words = el("span.media-words", {},
    el("span.media-name", { dir: "auto" }, media.title || media.name || "Location"),
    el("span.media-note", { dir: "ltr" }, media.address || where));
  return el("div.media-place", {}, el("span.media-map", {}, icon("pin")), words);
}

function contact(media) {
  const name = [media.first_name ?? media.name ?? "Contact", media.last_name].filter(Boolean).join(" ");
  const words = el("span.media-words", {}, el("span.media-name", { dir: "auto" }, name),
    el("span.media-note", { dir: "ltr" }, media.phone_number || media.phone || ""));
  return el("div.media-row", {}, el("span.media-mark", {}, icon("contact")), words);
}

function poll(media) {
  const options = media.options.map((option) => el("li", { dir: "auto" }, option));
  return el("div.media-words", {}, el("span.media-name", { dir: "auto" }, media.name), el("ul.media-options", {}, ...options));
}

function dice(media) {
  return el("span.media-sticker", { role: "img", "aria-label": `${media.name} ${media.value}` }, media.name);
}

function voice(media) {
  const seconds = media.duration || 0;
  const sound = media.url ? new Audio() : null;
  const clock = el("span.media-note.clock", { dir: "ltr" }, clockWords(seconds));
  const bar = el("span.voice-bar", { "aria-hidden": "true" }, el("span.voice-done"));
  const button = el("button.media-mark.voice-play", {
    type: "button",
    disabled: !sound,
    "aria-label": `Play the voice message, ${seconds} seconds`,
  }, icon("play"));
  const row = el("div.media-row.voice", { dir: "ltr" }, button, bar, clock);
  if (sound) playable(sound, media, button, bar, clock, seconds);
  return row;
}

function playable(sound, media, button, bar, clock, seconds) {
  sound.preload = "none";
  sound.src = media.url;
  const show = (drawing, words) => {
    button.replaceChildren(icon(drawing));
    button.setAttribute("aria-label", words);
  };
  const rest = () => show("play", `Play the voice message, ${seconds} seconds`);
  button.addEventListener("click", () => (sound.paused ? sound.play().catch(rest) : sound.pause()));
  sound.addEventListener("play", () => show("pause", "Pause the voice message"));
  sound.addEventListener("pause", rest);
  sound.addEventListener("timeupdate", () => {
    const whole = Number.isFinite(sound.duration) ? sound.duration : seconds;
    bar.firstChild.style.inlineSize = `${Math.min(100, (100 * sound.currentTime) / (whole || 1))}%`;
    clock.textContent = clockWords(sound.ended ? seconds : Math.floor(sound.currentTime));
  });
}

function clockWords(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function sizeWords(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
