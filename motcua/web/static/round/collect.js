/* A home visit: every paper counted with who gives it; from then on the postman holds them. */
import { clone, complain, onSubmit, word } from "./dom.js";
import { countRow } from "./count.js";
import { photoField } from "./photo.js";
import { aboutOf, insteadOf } from "./list.js";

const KINDS = ["original", "certified", "copy"];

export function collectForm(app, stop) {
  const page = clone("collect");
  const form = page.querySelector("form"), total = form.querySelector(".app-total");
  const names = Object.fromEntries(app.round.kinds.map(({ value, label }) => [value, label]));
  const papers = [...stop.papers, { component: "other", name: word("other"), original: 0, copies: 0, when: "" }];
  const all = () => counts.flatMap((count) => count.rows());
  const recount = () => {
    const rows = all();
    const kinds = new Set(rows.map((row) => row.component)).size;
    total.textContent = word("total", { n: rows.reduce((sum, row) => sum + row.quantity, 0), kinds });
  };
  const counts = papers.map((paper) => countRow(paper, KINDS, names, recount));
  form.querySelector(".app-counts").append(...counts.map((count) => count.page));
  const photo = photoField(form);
  recount();
  onSubmit(form, async () => {
    const problems = [];
    if (counts.some((count) => count.wrong())) problems.push({ field: "papers", text: word("bad_count") });
    else if (!all().length) problems.push({ field: "papers", text: word("no_papers") });
    if (complain(form, problems)) return;
    const payload = { pickup: stop.pickup, papers: all(), proofs: [photo()].filter(Boolean) };
    await app.put({ name: "pickup.collect", stop: stop.id, about: aboutOf(stop), payload, ...insteadOf(stop) });
    app.go("#/");
  });
  return page;
}
