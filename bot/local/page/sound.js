/** Makes voice messages: a hum as a sample, or what the microphone of this computer hears. */

import { base64 } from "./picture.js";

const SAMPLE_SECONDS = 3;
const SAMPLE_RATE = 8000;
const VOICE_RATE = 16000;

/** Can this browser record at all? */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);

/** A soft hum that rises and falls like a sentence. */
export function sampleVoice() {
  const samples = new Float32Array(SAMPLE_SECONDS * SAMPLE_RATE);
  for (let at = 0; at < samples.length; at += 1) {
    const seconds = at / SAMPLE_RATE;
    const pitch = 150 + 40 * Math.sin(seconds * 2.2);
    const breath = Math.max(0, Math.sin(seconds * 7)) * Math.min(1, SAMPLE_SECONDS - seconds);
    samples[at] = 0.3 * breath * Math.sin(2 * Math.PI * pitch * seconds);
  }
  return voice(samples, SAMPLE_RATE);
}

/** Begin to listen; what comes back is stopped with `finish()` (a voice message) or `drop()`. */
export async function listen() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const pieces = [];
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  const over = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
  recorder.start();
  const end = async () => {
    if (recorder.state !== "inactive") recorder.stop();
    await over;
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    drop: end,
    finish: async () => {
      await end();
      return heard(new Blob(pieces, { type: recorder.mimeType }));
    },
  };
}

/** What was recorded, as one channel that every listener understands. */
async function heard(blob) {
  const context = new OfflineAudioContext(1, 1, VOICE_RATE);
  const sound = await context.decodeAudioData(await blob.arrayBuffer());
  const samples = Float32Array.from(sound.getChannelData(0));
  for (let channel = 1; channel < sound.numberOfChannels; channel += 1) {
    sound.getChannelData(channel).forEach((value, at) => (samples[at] += value));
  }
  return voice(samples.map((value) => value / sound.numberOfChannels), VOICE_RATE);
}

async function voice(samples, rate) {
  const file = { content: await base64(wave(samples, rate)), name: "voice.wav", mime_type: "audio/wav" };
  return { voice: { ...file, duration: Math.max(1, Math.round(samples.length / rate)) } };
}

/** Samples as a WAV file of 16 bits. */
function wave(samples, rate) {
  const file = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const letters = (at, word) => [...word].forEach((sign, i) => file.setUint8(at + i, sign.charCodeAt(0)));
  letters(0, "RIFF");
  file.setUint32(4, 36 + 2 * samples.length, true);
  letters(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, rate, true);
  file.setUint32(28, 2 * rate, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  letters(36, "data");
  file.setUint32(40, 2 * samples.length, true);
  samples.forEach((value, at) => file.setInt16(44 + 2 * at, Math.max(-1, Math.min(1, value)) * 32767, true));
  return new Blob([file], { type: "audio/wav" });
}
