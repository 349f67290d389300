/** What a person can send besides words: samples made on the spot, or what is on this computer. */

import { asPhoto, base64, samplePhoto } from "./picture.js";
import { canRecord, sampleVoice } from "./sound.js";

const MOST_AT_ONCE = 10; // Telegram's album
const ALBUM_BYTES = 30 * 1024 ** 2; // so much is carried at once
const FETCHED_BYTES = 20 * 1024 ** 2; // what is larger no bot can fetch: only its size is told

/** The attach menu's entries; `send(payload)` gets the body of a `/sim/send`, `record()` starts the microphone. */
export function attachments(send, record, person) {
  const recording = { label: "Record your voice…", note: "with this computer's microphone", drawing: "voice", act: record };
  return [
    { label: "Photo", note: "a sample, drawn here", drawing: "photo", act: async () => send(await samplePhoto()) },
    { label: "Voice message", note: "a sample of 3 seconds", drawing: "voice", act: async () => send(await sampleVoice()) },
    { label: "Pictures from this computer…", note: "made smaller, as Telegram does", drawing: "photos", act: () => choose("image/*", (files) => sendPhotos(files, send)) },
    ...(canRecord() ? [recording] : []),
    { label: "File from this computer…", note: "as it is: a PDF, a picture, a recording", drawing: "file", act: () => choose("", (files) => sendFiles(files, send)) },
    { label: "Location", note: "Desio, a square", drawing: "pin", act: () => send({ location: { latitude: 45.6169, longitude: 9.2079 } }) },
    { label: "Contact", note: "a made-up number", drawing: "contact", act: () => send({ contact: { first_name: person.first_name, phone_number: "+390000000000" } }) },
    { label: "Sticker", note: "🙏", drawing: "smile", act: () => send({ sticker: { emoji: "🙏" } }) },
  ];
}

/** Send what was dropped on a phone or put into it: pictures as photos, everything else as files. */
export function sendDropped(files, send) {
  const all = [...files];
  const pictures = all.every((file) => /^image\/(jpeg|png|webp)$/.test(file.type));
  return pictures ? sendPhotos(all, send) : sendFiles(all, send);
}

function choose(accept, chosen) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.accept = accept;
  input.addEventListener("change", () => chosen([...input.files]));
  input.click();
}

async function sendPhotos(files, send) {
  await sendAll(files, send, async (file) => (await asPhoto(file)) ?? asDocument(file));
}

async function sendFiles(files, send) {
  await sendAll(files, send, asDocument);
}

/** Ten at a time; an album holds one sort of thing only. */
async function sendAll(files, send, make) {
  for (let at = 0; at < files.length; at += MOST_AT_ONCE) {
    const made = await Promise.all(files.slice(at, at + MOST_AT_ONCE).map(make));
    for (const kind of ["photo", "document"]) {
      const album = made.filter((one) => kind in one);
      if (album.length > 1 && sizeOf(files) < ALBUM_BYTES) await send({ album });
      else for (const one of album) await send(one);
    }
  }
}

function sizeOf(files) {
  return files.reduce((sum, file) => sum + file.size, 0);
}

async function asDocument(file) {
  const facts = { name: file.name, mime_type: file.type, size: file.size };
  const content = file.size > FETCHED_BYTES ? {} : { content: await base64(file) };
  return { document: { ...facts, ...content } };
}
