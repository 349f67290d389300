/** Makes what a person can send besides words: samples made on the spot, or a file of this computer. */

const VOICE_SECONDS = 3;
const SAMPLES_PER_SECOND = 8000;

/** The attach menu's entries; `send(payload)` gets the body of a `/sim/send`. */
export function attachments(send, person) {
  return [
    { label: "Photo", note: "a sample, drawn here", drawing: "photo", act: async () => send(await samplePhoto()) },
    { label: "Voice message", note: "a sample of 3 seconds", drawing: "voice", act: async () => send(await sampleVoice()) },
    { label: "File from this computer…", note: "it stays on this computer", drawing: "file", act: () => pickFile(send) },
    { label: "Location", note: "Desio, a square", drawing: "pin", act: () => send({ location: { latitude: 45.6169, longitude: 9.2079 } }) },
    { label: "Contact", note: "a made-up number", drawing: "contact", act: () => send({ contact: { first_name: person.first_name, phone_number: "+390000000000" } }) },
    { label: "Sticker", note: "🙏", drawing: "smile", act: () => send({ sticker: { emoji: "🙏" } }) },
  ];
}

async function samplePhoto() {
  const canvas = new OffscreenCanvas(640, 420);
  const draw = canvas.getContext("2d");
  draw.fillStyle = "#e9e2d3";
  draw.fillRect(0, 0, 640, 420);
  draw.fillStyle = "#fffdf8";
  draw.fillRect(130, 40, 380, 400);
  draw.fillStyle = "#0f6b62";
  draw.fillRect(165, 80, 150, 22);
  draw.fillStyle = "#b9b3a6";
  for (let line = 0; line < 8; line += 1) draw.fillRect(165, 132 + line * 34, line % 3 === 2 ? 190 : 310, 11);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
  return { photo: { content: await base64(blob), name: "payslip.jpg", mime_type: "image/jpeg", width: 640, height: 420 } };
}

async function sampleVoice() {
  const count = VOICE_SECONDS * SAMPLES_PER_SECOND;
  const wave = new DataView(new ArrayBuffer(44 + count));
  const letters = (at, word) => [...word].forEach((sign, i) => wave.setUint8(at + i, sign.charCodeAt(0)));
  letters(0, "RIFF");
  wave.setUint32(4, 36 + count, true);
  letters(8, "WAVEfmt ");
  wave.setUint32(16, 16, true);
  wave.setUint16(20, 1, true);
  wave.setUint16(22, 1, true);
  wave.setUint32(24, SAMPLES_PER_SECOND, true);
  wave.setUint32(28, SAMPLES_PER_SECOND, true);
  wave.setUint16(32, 1, true);
  wave.setUint16(34, 8, true);
  letters(36, "data");
  wave.setUint32(40, count, true);
  for (let at = 0; at < count; at += 1) wave.setUint8(44 + at, 128 + hum(at / SAMPLES_PER_SECOND));
  const blob = new Blob([wave], { type: "audio/wav" });
  return { voice: { content: await base64(blob), name: "voice.wav", mime_type: "audio/wav", duration: VOICE_SECONDS } };
}

/** A soft hum that rises and falls like a sentence. */
function hum(seconds) {
  const pitch = 150 + 40 * Math.sin(seconds * 2.2);
  const breath = Math.max(0, Math.sin(seconds * 7)) * Math.min(1, VOICE_SECONDS - seconds);
  return 40 * breath * Math.sin(2 * Math.PI * pitch * seconds);
}

function pickFile(send) {
  const input = document.createElement("input");
  input.type = "file";
  input.addEventListener("change", async () => {
    const file = input.files[0];
    const kind = /^image\/(jpeg|png|webp)$/.test(file.type) ? "photo" : "document";
    send({ [kind]: { content: await base64(file), name: file.name, mime_type: file.type, size: file.size } });
  });
  input.click();
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}
