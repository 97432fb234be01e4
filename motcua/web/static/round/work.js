/* What was done today and what the server said to each; what it refused is a person's to settle. */
import { act, clone, complain, onSubmit, timeWords, word } from "./dom.js";
import { doneRow, stopsOf } from "./list.js";
import * as queue from "./queue.js";

export function draw(app) {
  const works = [...app.works].reverse();
  const refused = works.filter((w) => w.state === "refused"), waiting = works.filter((w) => w.state === "waiting");
  const settled = works.filter((w) => queue.SETTLED.has(w.state) && w.name !== "work.drop");
  const part = (name, rows) => (rows.length ? `${word(name)}: ${rows.length}` : "");
  const page = clone("work", {
    sum: app.online ? "" : word("offline"),
    refused: part("part_refused", refused),
    waiting: part("part_waiting", waiting),
    done: part("part_done", settled),
    none: !works.length,
  });
  act(page, "send", () => app.sync());
  const put = (name, rows) => page.querySelector(`[data-list="${name}"]`)?.append(...rows);
  put("refused", refused.map((work) => refusedCard(app, work)));
  put("waiting", waiting.map(doneRow));
  put("done", settled.map(doneRow));
  return page;
}

function refusedCard(app, work) {
  const label = word(`did_${work.name}`, { about: work.about });
  const open = stopsOf(app).some((stop) => stop.id === work.stop && ["todo", "tried"].includes(stop.standing));
  const page = clone("refused", { label, about: ` ${label}`, at: timeWords(Date.parse(work.at) + work.offset_ms), redo: open });
  for (const { message } of work.problems || []) {
    const line = document.createElement("li");
    line.textContent = message;
    page.querySelector('[data-list="why"]').append(line);
  }
  if (open) page.querySelector("a").href = `#/diem/${encodeURIComponent(work.stop)}`;
  act(page, "resend", async () => { await queue.again(app, work); app.go("#/viec"); app.sync(); });
  const form = page.querySelector("form");
  onSubmit(form, async (given) => {
    const note = given.get("note").trim();
    if (complain(form, note ? [] : [{ text: word("no_note") }])) return;
    await queue.drop(app, work, note);
    app.go("#/viec");
    app.sync();
  });
  return page;
}
