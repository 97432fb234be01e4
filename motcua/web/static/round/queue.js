/* What was done, each with its own key, instant and clock offset. `head` is small and read often; `body` holds the
   whole deed with its pictures and is gone as soon as the server has answered for it. Nothing is dropped by itself. */
import { dayOf } from "./dom.js";
import * as store from "./store.js";
import { seal, unseal } from "./vault.js";

export const SETTLED = new Set(["done", "already", "dropped"]);

/* Puts one deed on the disk. `instead`: a refused work this one is done in place of. */
export async function put(app, { name, stop = "", about = "", payload, instead = null, note = "" }) {
  const head = { name, stop, about, at: new Date().toISOString(), offset_ms: app.drift };
  await store.addWork({
    key: crypto.randomUUID(),
    vault: app.lock.vault,
    state: "waiting",
    day: dayOf(app.now()),
    head: await seal(app.key, head),
    body: await seal(app.key, payload),
  });
  if (instead) await drop(app, instead, note);
  await load(app);
}

/* The works of this owner, heads opened, in order. Settled ones of another day are gone. */
export async function load(app) {
  const today = dayOf(app.now());
  const opened = [];
  for (const work of await store.works()) {
    if (work.vault !== app.lock.vault) continue;
    if (SETTLED.has(work.state) && work.day !== today) await store.dropWork(work.n);
    else opened.push({ ...work, ...(await unseal(app.key, work.head)), head: work.head });
  }
  app.works = opened;
}

export async function commandOf(app, work) {
  const { key, name, at, offset_ms } = work;
  return { key, name, at, offset_ms, payload: await unseal(app.key, work.body) };
}

/* The server's answer to one work. */
export async function settle(app, work, state, problems = []) {
  const { name, stop, about, at, offset_ms } = work;
  const head = await seal(app.key, { name, stop, about, at, offset_ms, problems, settled: app.now() });
  const kept = { n: work.n, key: work.key, vault: work.vault, day: work.day, state, head };
  if (!SETTLED.has(state)) kept.body = work.body;
  await store.putWork(kept);
}

/* A person has looked at a refusal and gives the work up, saying why; the server is told. */
export async function drop(app, work, note) {
  const codes = (work.problems || []).map((p) => p.code).join(" ");
  const payload = { dropped: work.key, what: work.name, about: work.about, codes, done_at: work.at, note };
  await settle(app, work, "dropped", work.problems);
  await put(app, { name: "work.drop", about: work.about, payload });
}

export async function again(app, work) {
  await settle(app, work, "waiting");
  await load(app);
}

export const waiting = (app) => app.works.filter((work) => work.state === "waiting");
export const refused = (app) => app.works.filter((work) => work.state === "refused");
/* How many unsent works lie here, also when the phone is locked and nothing can be read. */
export const unsent = async (vault) =>
  (await store.works()).filter((work) => work.vault === vault && !SETTLED.has(work.state)).length;

/* The newest work at each stop. */
export function latest(app) {
  const found = new Map();
  for (const work of app.works) if (work.stop && work.state !== "dropped") found.set(work.stop, work);
  return found;
}

/* Items the phone knows to be taken over although the server has not said so yet. */
export function takenOut(app) {
  const taken = app.works.filter((w) => w.name === "round.take_out" && (w.state === "waiting" || isNews(app, w)));
  return new Set(taken.flatMap((work) => work.stop.split(" ")));
}

/* Whether a settled work is newer than the round this phone holds. */
export const isNews = (app, work) =>
  (work.state === "done" || work.state === "already") && (work.settled || 0) >= (app.round?.fetched || 0);
