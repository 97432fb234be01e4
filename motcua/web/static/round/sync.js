/* Sending what was done and fetching the day anew. Whatever breaks off in between is sent again: keys make it harmless. */
import { timeWords, word } from "./dom.js";
import * as queue from "./queue.js";
import * as store from "./store.js";
import { seal } from "./vault.js";

const MOST_AT_ONCE = 20;
const MOST_BYTES = 1_200_000;
const PATIENCE_MS = 40_000;

class NoNet extends Error {}
class Trouble extends Error {}

/* One exchange at a time, over all tabs of this phone; who comes while one is under way is seen to right after it. */
let missed = false;

export async function exchange(app) {
  if (!app.key) return;
  missed = false;
  await navigator.locks.request("vong-gui", { ifAvailable: true }, async (mine) => {
    if (!mine) { missed = app.sending; return; }
    app.sending = true;
    app.changed();
    try {
      await sendAll(app);
      await fetchRound(app);
      Object.assign(app, { online: true, trouble: "", last: app.now() });
      await store.write("last", app.last);
    } catch (error) {
      if (error instanceof NoNet) app.online = false;
      else if (error instanceof Trouble) Object.assign(app, { online: true, trouble: error.message });
      else throw error;
    } finally {
      app.sending = false;
      if (app.key) app.changed(true);
    }
  });
  if (missed && !app.sending && app.online) await exchange(app);
}

async function sendAll(app) {
  await queue.load(app);
  const left = queue.waiting(app);
  while (left.length && app.key) {
    const batch = [], commands = [];
    let size = 0;
    while (left.length && batch.length < MOST_AT_ONCE) {
      const bytes = left[0].body.data.byteLength;
      if (batch.length && size + bytes > MOST_BYTES) break;
      size += bytes;
      commands.push(await queue.commandOf(app, left[0]));
      batch.push(left.shift());
    }
    await sendBatch(app, batch, commands);
    await queue.load(app);
    app.changed();
  }
}

async function sendBatch(app, batch, commands) {
  const said = await call(app, "/api/v1/sync", { sent_at: new Date().toISOString(), commands });
  if (said.status === 422 && batch.length > 1) {
    for (const [n, work] of batch.entries()) await sendBatch(app, [work], [commands[n]]);
    return;
  }
  if (said.status === 422) return queue.settle(app, batch[0], "refused", said.data.problems);
  if (said.status !== 200) throw new Trouble(said.data.problems?.[0]?.message || said.status);
  const answers = new Map(said.data.answers.map((answer) => [answer.key, answer]));
  for (const work of batch) {
    const answer = answers.get(work.key);
    if (answer && answer.outcome !== "later") await queue.settle(app, work, answer.outcome, answer.problems);
  }
}

async function fetchRound(app) {
  const said = await call(app, "/api/v1/round");
  if (said.status !== 200) throw new Trouble(said.data.problems?.[0]?.message || said.status);
  app.round = { ...said.data, fetched: app.now() };
  await store.write("round", await seal(app.key, app.round));
}

/* One call; learns how far this clock stands behind the server's, half-way between asking and hearing. */
async function call(app, path, body) {
  const asked = Date.now();
  let answer, data;
  try {
    answer = await fetch(path, {
      method: body ? "POST" : "GET",
      headers: { Authorization: `Bearer ${app.token}`, ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    data = await answer.json();
  } catch (error) {
    // No answer, or not ours: a village's hotspot answers everything with its own log-in page.
    throw answer?.status >= 500 ? new Trouble(answer.status) : new NoNet(String(error));
  }
  if (answer.status === 401) await refusedAltogether(app, data);
  if (data.now) {
    app.drift = Math.round(Date.parse(data.now) - (asked + Date.now()) / 2);
    await store.write("drift", app.drift);
  }
  return { status: answer.status, data };
}

async function refusedAltogether(app, data) {
  if (data.problems?.[0]?.code === "device.revoked") await app.revoked();
  else throw new Trouble(word("unknown"));
  throw new NoNet("revoked");
}

/* The line at the top: with or without a network, how much waits, when it went well last. */
export function standing(app) {
  const n = queue.waiting(app).length;
  return {
    net: app.sending ? word("sending") : app.trouble ? word("trouble", { what: app.trouble }) : word(app.online ? "online" : "offline"),
    waiting: n ? word("waiting", { n }) : word("all_sent"),
    last: app.last ? word("last", { at: timeWords(app.last) }) : "",
    count: n + queue.refused(app).length || "",
  };
}
