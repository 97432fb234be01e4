/* The day: what waits to be taken over, the stops that are left in their order, and what is done. */
import { act, clone, dayOf, dayWords, dong, word } from "./dom.js";
import * as queue from "./queue.js";

/* All stops in order, each with where it stands: todo, assigned (offered, not taken yet), tried (failed, still in the
   bag), finished; and the work behind that. */
export function stopsOf(app) {
  const latest = queue.latest(app), taken = queue.takenOut(app);
  const { parcels = [], waiting = [], tried = [], pickups = [] } = app.round || {};
  const offered = new Set(waiting.map((stop) => stop.id)), failed = new Set(tried.map((stop) => stop.id));
  return [...parcels, ...waiting, ...tried, ...pickups].sort((a, b) => a.order - b.order).map((stop) => {
    const work = latest.get(stop.id);
    const done = work && (work.state === "waiting" || queue.isNews(app, work));
    const waits = offered.has(stop.id) && !taken.has(stop.item);
    const standing = done ? "finished" : waits ? "assigned" : failed.has(stop.id) ? "tried" : "todo";
    return { ...stop, work, standing };
  });
}

/* What stop a deed belongs to, in the words of the list. */
export const aboutOf = (stop) => `${stop.item || stop.dossier} · ${stop.name}`;

/* A deed done anew takes the place of the one that was refused. */
export const insteadOf = (stop) => (stop.work?.state === "refused" ? { instead: stop.work, note: word("did_again") } : {});

export const sumOf = (stop) => (stop.due ? stop.due.state + stop.due.post : 0);

/* The postman has these items in his hands: one deed an item, so that one that was called back spoils no other. */
export async function takeOut(app, items) {
  for (const item of items.slice(0, -1)) {
    await queue.put(app, { name: "round.take_out", stop: item, about: item, payload: { item } });
  }
  const last = items.at(-1);
  await app.put({ name: "round.take_out", stop: last, about: last, payload: { item: last } });
}

export function draw(app) {
  const stops = stopsOf(app);
  const todo = stops.filter((s) => s.standing === "todo"), assigned = stops.filter((s) => s.standing === "assigned");
  const tried = stops.filter((s) => s.standing === "tried");
  const finished = app.works.filter((w) => w.stop && !["round.take_out", "work.drop"].includes(w.name) && !["refused", "dropped"].includes(w.state));
  const refused = queue.refused(app).length;
  const old = app.round && app.round.day !== dayOf(app.now()) ? word("old", { day: dayWords(app.round.day) }) : "";
  const page = clone("list", {
    day: word("day", { day: dayWords(app.round?.day || dayOf(app.now())) }),
    sum: sums(todo, finished.length),
    old,
    refused: refused ? word("refused", { n: refused }) : "",
    assigned: assigned.length ? word("assigned", { n: assigned.length }) : "",
    empty: !todo.length && !assigned.length && !tried.length,
    tried: tried.length ? word("still_in_bag", { n: tried.length }) : "",
    finished: finished.length ? word("finished", { n: finished.length }) : "",
  });
  page.querySelector('[data-list="todo"]').append(...todo.map(row));
  page.querySelector('[data-list="tried"]')?.append(...tried.map((stop, n) => row(stop, todo.length + n)));
  page.querySelector(".app-items")?.append(...assigned.map(itemLine));
  page.querySelector('[data-list="finished"]')?.append(...finished.reverse().map(doneRow));
  act(page, "take", () => takeOut(app, assigned.map((s) => s.item)));
  return page;
}

function sums(todo, done) {
  const due = (purse) => todo.reduce((sum, stop) => sum + (stop.due?.[purse] || 0), 0);
  const [state, post] = [due("state"), due("post")];
  const money = state + post ? ` · ${word("sum_money", { state: dong(state), post: dong(post) })}` : "";
  return word("sum", { left: todo.length, done }) + money;
}

function itemLine(stop) {
  const line = document.createElement("li");
  line.textContent = `${stop.item} · ${stop.name} · ${stop.address}`;
  return line;
}

function row(stop, n) {
  const deliver = Boolean(stop.item), sum = sumOf(stop);
  const page = clone("row", {
    order: n + 1,
    kind: word(deliver ? "deliver" : "collect"),
    window: stop.window,
    address: stop.address,
    name: stop.name,
    money: sum ? word("money", { sum: dong(sum) }) : "",
    late: stop.late,
    tried: triedWords(stop),
    refused: stop.work?.state === "refused",
    act: word(deliver ? "deliver_here" : "collect_here"),
    about: ` ${stop.item || stop.dossier}`,
  });
  const link = page.querySelector("a");
  link.href = `#/diem/${encodeURIComponent(stop.id)}`;
  link.dataset.keep = stop.id;
  if (stop.late) page.firstElementChild.classList.add("is-late");
  return page;
}

export const triedWords = (stop) =>
  stop.attempts ? word("tried", { n: stop.attempts, why: stop.last_reason }) : "";

export function doneRow(work) {
  const page = clone("done-row", { label: word(`did_${work.name}`, { about: work.about }), state: word(`state_${work.state}`) });
  page.firstElementChild.dataset.is = work.state;
  return page;
}
