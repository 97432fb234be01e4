/* A photo small enough for a village's signal, and a label beside it that says so. */
import { say, word } from "./dom.js";
import { base64 } from "./vault.js";

const SIDE = 1280;
const ENOUGH_BYTES = 300_000;

/* Wires the photo field of a form; answers a function giving the proof, or null without a photo. */
export function photoField(form) {
  const input = form.querySelector("[name=photo]"), shot = form.querySelector(".app-shot");
  const size = form.querySelector(".app-shot-size"), drop = form.querySelector('[data-do="drop-photo"]');
  let proof = null;
  const put = (next, blob, words) => {
    proof = next;
    if (shot.src) URL.revokeObjectURL(shot.src);
    shot.hidden = drop.hidden = !next;
    if (next) shot.src = URL.createObjectURL(blob);
    else shot.removeAttribute("src");
    size.textContent = words;
  };
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    try {
      const blob = await smaller(input.files[0]);
      const data = base64(await blob.arrayBuffer());
      put({ kind: "photo", mime: "image/jpeg", data }, blob, word("photo_size", { kb: Math.ceil(blob.size / 1024) }));
    } catch {
      put(null, null, word("photo_wrong"));
      say(word("photo_wrong"));
    }
    input.value = "";
  });
  drop.addEventListener("click", () => { put(null, null, ""); input.focus(); });
  return () => proof;
}

/* The same picture, its long side at most 1280 px, as JPEG of at most about 300 KB. Where it was taken is not in it. */
async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const canvas = document.createElement("canvas");
  for (let side = SIDE, quality = 0.75; ; side *= 0.8, quality = 0.65) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob.size <= ENOUGH_BYTES || side < 500) return blob;
  }
}
