/* Before the day is open: a phone nobody registered, a locked one, a forgotten PIN, a revoked one. */
import { act, clone, complain, onSubmit, show, word } from "./dom.js";
import { unsent } from "./queue.js";
import * as store from "./store.js";
import { base64url, fresh, fromBase64url, keyOf, pinFault, seal, unwrap, wrap } from "./vault.js";

const FREE_TRIES = 5;

export async function draw(app, where) {
  const { lock } = app;
  if (!lock) return drawRegister(app);
  const left = await unsent(lock.vault);
  if (lock.revoked) return drawRevoked(app, left);
  return where === "quen-ma" ? drawForgot(app) : drawLocked(app, left);
}

/* Who is logged in with the password: {name, office, csrf}, {status} when no postman is, null without a network. */
async function me() {
  try {
    const answer = await fetch("/vong/may/toi", { cache: "no-store" });
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) return { status: answer.redirected ? 302 : answer.status };
    return await answer.json();
  } catch { return null; }
}

async function post(path, csrf, given) {
  const body = new URLSearchParams({ key: crypto.randomUUID(), ...given });
  const answer = await fetch(path, { method: "POST", body, headers: { "X-CSRFToken": csrf } });
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.status);
  return answer.json();
}

async function drawRegister(app, left = 0) {
  const who = await me();
  if (!who?.csrf) return show(clone("strange", { offline: !who, other: who?.status === 403 }));
  const kept = left ? word("still_waiting", { n: left }) : "";
  const page = clone("register", { ...who, kept });
  const form = page.querySelector("form");
  form.elements.name.value = word("phone");
  onSubmit(form, async (given) => {
    const fault = pinFault(given.get("pin"), given.get("pin2"));
    if (fault) return complain(form, [{ field: fault === "pin_differs" ? "pin2" : "pin", text: word(fault) }]);
    try {
      await register(app, who, given);
    } catch (error) {
      complain(form, [{ text: error instanceof TypeError ? word("no_net") : `${word("failed")} ${error.message}` }]);
    }
  });
  show(page);
}

/* The phone makes its own secret and key; the server keeps a digest of the one and the other for a forgotten PIN. */
async function register(app, who, given) {
  const old = app.lock && (await spareOf(app.lock.device, who.csrf));
  const raw = old || fresh();
  const token = `md_${base64url(fresh())}`;
  const said = await post("/vong/may/dang-ky", who.csrf, { name: given.get("name"), secret: token, spare_key: base64url(raw) });
  if (!said.device) throw new Error((said.problems || []).join(" "));
  const key = await keyOf(raw);
  const lock = {
    device: said.device, owner: who.name, vault: old ? app.lock.vault : said.device,
    ...(await wrap(given.get("pin"), raw)), token: await seal(key, { token }), wrong: 0, until: 0,
  };
  await store.write("drift", Math.round(Date.parse(said.now) - Date.now()));
  await store.write("lock", lock);
  await app.open(key, lock);
}

/* The key of what this phone's owner left unsent; null when it is somebody else's. */
async function spareOf(device, csrf) {
  try {
    return fromBase64url((await post("/vong/may/mo-khoa", csrf, { device })).spare_key);
  } catch (error) {
    if (error instanceof TypeError && !navigator.onLine) throw error;
    return null;
  }
}

function drawLocked(app, left) {
  const { lock } = app;
  const page = clone("locked", { name: lock.owner, waiting: left ? word("still_waiting", { n: left }) : "" });
  const form = page.querySelector("form");
  onSubmit(form, async (given) => {
    const wait = Math.ceil((lock.until - Date.now()) / 1000);
    if (wait > 0) return complain(form, [{ field: "pin", text: word("pin_wait", { n: wait }) }]);
    const raw = await unwrap(given.get("pin"), lock);
    if (raw) {
      Object.assign(lock, { wrong: 0, until: 0 });
      await store.write("lock", lock);
      return app.open(await keyOf(raw), lock);
    }
    // Each wrong try makes the next one wait longer; none ever deletes anything.
    lock.wrong += 1;
    if (lock.wrong >= FREE_TRIES) lock.until = Date.now() + 30_000 * 2 ** Math.min(lock.wrong - FREE_TRIES, 5);
    await store.write("lock", lock);
    form.elements.pin.value = "";
    complain(form, [{ field: "pin", text: word("pin_wrong") }]);
  });
  show(page);
}

async function drawForgot(app) {
  const who = await me();
  const page = clone("forgot", { stranger: !who?.csrf, known: who?.csrf });
  const form = page.querySelector("form");
  onSubmit(form, async (given) => {
    const fault = pinFault(given.get("pin"), given.get("pin2"));
    if (fault) return complain(form, [{ field: fault === "pin_differs" ? "pin2" : "pin", text: word(fault) }]);
    let raw = null;
    try { raw = await spareOf(app.lock.device, who.csrf); } catch { /* told below */ }
    if (!raw) return complain(form, [{ text: word(navigator.onLine ? "failed" : "no_net") }]);
    const lock = { ...app.lock, ...(await wrap(given.get("pin"), raw)), wrong: 0, until: 0 };
    await store.write("lock", lock);
    await app.open(await keyOf(raw), lock);
  });
  show(page);
}

function drawRevoked(app, left) {
  const page = clone("revoked", { kept: left ? word("kept_locked", { n: left }) : "" });
  act(page, "again", () => drawRegister(app, left));
  show(page);
}
