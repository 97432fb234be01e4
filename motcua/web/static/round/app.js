/* The postman's page: what is known, which screen shows it, and when to talk to the server. */
import { say, show, word } from "./dom.js";
import * as list from "./list.js";
import * as queue from "./queue.js";
import * as scan from "./scan.js";
import * as start from "./start.js";
import * as stop from "./stop.js";
import * as store from "./store.js";
import { exchange, standing } from "./sync.js";
import { unseal } from "./vault.js";
import * as work from "./work.js";

const EVERY_MS = 60_000;
const LOCK_AFTER_MS = 15 * 60_000;

const app = {
  lock: null, key: null, token: "", round: null, works: [], drift: 0, last: 0,
  online: navigator.onLine, sending: false, trouble: "",
  now: () => Date.now() + app.drift,
  go: (hash) => { if (location.hash === hash) route(true); else location.hash = hash; },
  open, shut, revoked, changed,
  sync: () => { wake(); return exchange(app); },
  put: async (deed) => { await queue.put(app, deed); say(word("kept")); app.changed(); app.sync(); },
};

/* Screens by the first part of the address after #. Those that `stay` are drawn anew when something changed. */
const SCREENS = {
  "": { draw: list.draw, stays: true, nav: "list" },
  viec: { draw: work.draw, stays: true, nav: "work" },
  quet: { draw: scan.draw, nav: "scan" },
  diem: { draw: stop.draw },
};

const here = () => decodeURIComponent(location.hash.replace(/^#\/?/, "")).match(/^([^/]*)\/?(.*)$/);

function route(still = false) {
  scan.stop();
  document.getElementById("nav").hidden = !app.key;
  if (!app.key) return start.draw(app, here()[1]);
  const [, name, rest] = here();
  const screen = SCREENS[name] || SCREENS[""];
  for (const link of document.querySelectorAll("[data-nav]")) {
    if (link.dataset.nav === screen.nav) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  show(screen.draw(app, rest), { still });
}

/* Something is different: the line at the top says so, and a list that is shown is drawn anew, unless somebody is just
   writing in it. */
function changed(fresh = false) {
  tell();
  const screen = app.key && (SCREENS[here()[1]] || SCREENS[""]);
  if (screen?.stays && (fresh || !app.sending) && !document.querySelector("main details[open]")) route(true);
}

function tell() {
  const said = app.key ? standing(app) : { net: word(app.online ? "online" : "offline"), waiting: "", last: "", count: "" };
  for (const el of document.querySelectorAll(".app-top [data-t]")) {
    if (el.textContent !== String(said[el.dataset.t])) el.textContent = said[el.dataset.t];
  }
  document.getElementById("state").dataset.is = app.trouble ? "trouble" : app.online ? "online" : "offline";
}

/* The PIN was right: the day is opened, and what waits is sent. */
async function open(key, lock) {
  Object.assign(app, { key, lock, drift: (await store.read("drift")) || 0, last: (await store.read("last")) || 0 });
  app.token = (await unseal(key, lock.token)).token;
  const kept = await store.read("round");
  try { app.round = kept ? await unseal(key, kept) : null; } catch { app.round = null; }
  await queue.load(app);
  if (["quen-ma"].includes(here()[1])) history.replaceState(null, "", "#/");
  route();
  tell();
  app.sync();
}

function shut() {
  Object.assign(app, { key: null, token: "", round: null, works: [] });
  location.hash = "#/";
  route();
  tell();
}

/* The dispatcher has revoked this phone: what was downloaded is gone, and with the wrapped key goes every way to read
   what was not sent, except its owner's after logging in anew. */
async function revoked() {
  const { device, owner, vault } = app.lock;
  app.lock = { device, owner, vault, revoked: true };
  await store.write("lock", app.lock);
  await store.forget("round");
  shut();
}

/* Where the browser knows how, it wakes this page when the signal is back. */
async function wake() {
  try { await (await navigator.serviceWorker.ready).sync?.register("vong"); } catch { /* every minute will do */ }
}

function keepTime() {
  addEventListener("online", () => { app.online = true; tell(); app.sync(); });
  addEventListener("offline", () => { app.online = false; tell(); });
  addEventListener("hashchange", () => route());
  setInterval(() => { if (!document.hidden) exchange(app); }, EVERY_MS);
  let left = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { left = Date.now(); return; }
    if (app.key && Date.now() - left > LOCK_AFTER_MS) { shut(); say(word("locked_out")); } else if (app.key) exchange(app);
  });
  navigator.serviceWorker?.addEventListener("message", (e) => { if (e.data === "sync") exchange(app); });
  document.getElementById("lock").addEventListener("click", shut);
}

async function begin() {
  navigator.serviceWorker?.register("/vong/sw.js", { scope: "/vong/" });
  navigator.storage?.persist?.();
  keepTime();
  app.lock = (await store.read("lock")) || null;
  app.drift = (await store.read("drift")) || 0;
  tell();
  route();
}

begin();
