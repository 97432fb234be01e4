/* A signature drawn with a finger: smooth strokes on a canvas, given away as a small PNG. */
import { word } from "./dom.js";
import { base64 } from "./vault.js";

const LEAST_LENGTH = 60;

/* Wires the signature field of a form; answers a function giving the proof, or null while nothing much is drawn. */
export function signatureField(form) {
  const canvas = form.querySelector(".app-pen"), state = form.querySelector("#sign-state");
  const ink = canvas.getContext("2d");
  let last = null, middle = null, drawn = 0;

  const clear = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(ink, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#14263a" });
    drawn = 0;
    tell();
  };
  const tell = () => { state.textContent = word(drawn > LEAST_LENGTH ? "has_signed" : "unsigned"); };
  const at = (e) => {
    const box = canvas.getBoundingClientRect();
    return { x: ((e.clientX - box.left) * canvas.width) / box.width, y: ((e.clientY - box.top) * canvas.height) / box.height };
  };
  const stroke = (to) => {
    const half = { x: (last.x + to.x) / 2, y: (last.y + to.y) / 2 };
    ink.beginPath();
    ink.moveTo(middle.x, middle.y);
    ink.quadraticCurveTo(last.x, last.y, half.x, half.y);
    ink.stroke();
    drawn += Math.hypot(to.x - last.x, to.y - last.y);
    [last, middle] = [to, half];
  };

  canvas.addEventListener("pointerdown", (e) => {
    e.preventDefault();
    canvas.setPointerCapture(e.pointerId);
    last = middle = at(e);
  });
  canvas.addEventListener("pointermove", (e) => {
    if (last) for (const one of e.getCoalescedEvents?.() || [e]) stroke(at(one));
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { last = null; tell(); });
  form.querySelector('[data-do="clear"]').addEventListener("click", clear);
  clear();

  return async () => {
    if (drawn <= LEAST_LENGTH) return null;
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return { kind: "signature", mime: "image/png", data: base64(await blob.arrayBuffer()) };
  };
}
