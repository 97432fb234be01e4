/* A try that brought nothing, with its reason. */
import { clone, complain, onSubmit, word } from "./dom.js";
import { aboutOf, insteadOf } from "./list.js";

export function failForm(app, stop) {
  const deliver = Boolean(stop.item);
  const page = clone("fail", { act: word(deliver ? "fail_deliver" : "fail_collect") });
  const form = page.querySelector("form");
  for (const { value, label } of app.round.reasons) {
    const choice = clone("reason", { label });
    choice.querySelector("input").value = value;
    form.querySelector(".app-reasons").append(choice);
  }
  onSubmit(form, async (given) => {
    const reason = given.get("reason"), note = given.get("note").trim();
    if (complain(form, reason ? [] : [{ field: "reason", text: word("no_reason") }])) return;
    const payload = deliver ? { item: stop.item, reason, note } : { pickup: stop.pickup, reason, note };
    const name = deliver ? "parcel.fail" : "pickup.fail";
    await app.put({ name, stop: stop.id, about: aboutOf(stop), payload, ...insteadOf(stop) });
    app.go("#/");
  });
  return page;
}
