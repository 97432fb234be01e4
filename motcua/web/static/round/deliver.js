/* Into the right hands: who took it, seen on which paper, signed how, the money agreed on, the old papers back. */
import { clone, complain, dong, onSubmit, word } from "./dom.js";
import { countRow } from "./count.js";
import { aboutOf, insteadOf, sumOf } from "./list.js";
import { signatureField } from "./pen.js";
import { photoField } from "./photo.js";

export function deliverForm(app, stop) {
  const sum = sumOf(stop);
  const page = clone("deliver", {
    exchange: stop.exchange.length,
    money: sum,
    collect: sum && word("collect_all", { sum: dong(sum), state: dong(stop.due.state), post: dong(stop.due.post) }),
  });
  const form = page.querySelector("form");
  form.elements.recipient.value = stop.name;
  form.elements.relation.append(...app.round.relations.map(({ value, label }) => new Option(label, value)));
  const counts = stop.exchange.map((paper) => countRow({ ...paper, original: 1, copies: 0 }, ["original"]));
  form.querySelector(".app-exchange ul")?.append(...counts.map((count) => count.page));
  const signature = signatureField(form), photo = photoField(form);
  onSubmit(form, async (given) => {
    const payload = {
      item: stop.item,
      recipient: given.get("recipient").trim(),
      relation: given.get("relation"),
      id_checked: given.has("id_checked"),
      id_last4: given.get("id_last4").trim(),
      signed: given.has("signed"),
      collect: given.has("collect"),
      code: given.get("code").trim(),
      note: given.get("note").trim(),
      exchanged: counts.flatMap((count) => count.rows()),
      proofs: [await signature(), photo()].filter(Boolean),
    };
    if (complain(form, problemsOf(payload, stop, counts))) return;
    await app.put({ name: "parcel.deliver", stop: stop.id, about: aboutOf(stop), payload, ...insteadOf(stop) });
    app.go("#/");
  });
  return page;
}

/* What the server would refuse, said while the recipient still stands there. */
function problemsOf(given, stop, counts) {
  const wrong = [
    [!given.recipient, "recipient", "no_recipient"],
    [!given.relation, "relation", "no_relation"],
    [!given.id_checked, "id_checked", "no_id"],
    [!/^(\d{4})?$/.test(given.id_last4), "id_last4", "bad_last4"],
    [given.relation === "self" && !given.id_last4, "id_last4", "no_last4"],
    [!given.proofs.length && !given.code && !given.signed, "signature", "no_proof"],
    [sumOf(stop) && !given.collect, "collect", "no_money"],
    [counts.some((count) => count.wrong()), "exchange", "bad_count"],
    [counts.some((count, n) => stop.exchange[n].must && !count.rows().length), "exchange", "no_exchange"],
  ];
  return wrong.filter(([is]) => is).map(([, field, name]) => ({ field, text: word(name) }));
}
