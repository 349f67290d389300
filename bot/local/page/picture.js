/** Makes a picture small before it is sent as a photo, as Telegram's own phones do. */

const LONGEST_SIDE = 1280;
const QUALITY = 0.87;

/** The body of a `/sim/send` for a photo; null when this browser cannot read the picture. */
export async function asPhoto(file) {
  const seen = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!seen) return null;
  const part = Math.min(1, LONGEST_SIDE / Math.max(seen.width, seen.height));
  const width = Math.max(1, Math.round(seen.width * part));
  const height = Math.max(1, Math.round(seen.height * part));
  const canvas = new OffscreenCanvas(width, height);
  const draw = canvas.getContext("2d");
  draw.fillStyle = "#fff"; // what is see-through lies on white
  draw.fillRect(0, 0, width, height);
  draw.drawImage(seen, 0, 0, width, height);
  seen.close();
  return photo(await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY }), width, height);
}

/** A sheet that looks like a pay slip, drawn on the spot. */
export async function samplePhoto() {
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
  return photo(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 }), 640, 420);
}

async function photo(blob, width, height) {
  return { photo: { content: await base64(blob), mime_type: "image/jpeg", width, height } };
}

/** The bytes of a blob as `/sim/send` takes them. */
export function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}
