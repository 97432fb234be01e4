/* Finding a stop by the code in hand: through the camera where the browser reads codes itself, typed everywhere. */
import { act, clone, onSubmit, say, word } from "./dom.js";
import { stopsOf, takeOut } from "./list.js";

const FORMATS = ["code_128", "qr_code", "code_39", "ean_13"];
const plain = (code) => code.trim().toUpperCase().replace(/[\s–—-]/g, "");
let stream = null;

export function draw(app) {
  const camera = "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);
  const page = clone("scan", { camera, blind: !camera });
  const form = page.querySelector("form"), video = page.querySelector("video"), told = page.querySelector(".app-found");
  const tell = (text) => { told.textContent = text; };
  onSubmit(form, async (given) => {
    await find(app, given.get("code"), tell);
    form.elements.code.select();
  });
  act(page, "camera", async (e) => {
    e.currentTarget.hidden = true;
    try {
      await watch(video, (code) => find(app, code, tell));
    } catch {
      stop();
      video.hidden = true;
      tell(word("no_camera"));
    }
  });
  return page;
}

/* A code leads to its stop; of an item that waits to be taken over it says that it is in hand. */
async function find(app, code, tell) {
  const wanted = plain(code);
  if (!wanted) return;
  const names = (s) => [s.item, s.dossier, s.reference, ...(s.papers || []).map((p) => p.sticker)].filter(Boolean);
  const found = stopsOf(app).find((s) => s.standing !== "finished" && names(s).some((name) => plain(name) === wanted));
  if (!found) return tell(word("not_found", { code: code.trim().slice(0, 40) }));
  if (found.standing !== "assigned") return app.go(`#/diem/${encodeURIComponent(found.id)}`);
  await takeOut(app, [found.item]);
  navigator.vibrate?.(60);
  tell(word("taken", { item: found.item }));
  say(word("taken", { item: found.item }));
}

/* Looks through the camera four times a second; the same code counts once. */
async function watch(video, onCode) {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const detector = new BarcodeDetector({ formats: FORMATS });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  let last = "";
  while (stream && video.isConnected) {
    const [seen] = await detector.detect(video).catch(() => []);
    if (seen && seen.rawValue !== last) {
      last = seen.rawValue;
      await onCode(last);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
}
