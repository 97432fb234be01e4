/* One door: everything known of it, its one act, and the way out when the act fails. */
import { clone, dayWords, dong, word } from "./dom.js";
import { collectForm } from "./collect.js";
import { deliverForm } from "./deliver.js";
import { failForm } from "./fail.js";
import { stopsOf, sumOf, triedWords } from "./list.js";

export function draw(app, id) {
  const stop = stopsOf(app).find((one) => one.id === id);
  if (!stop || stop.standing === "finished") return gone();
  const deliver = Boolean(stop.item);
  const page = clone("stop", {
    title: word(deliver ? "deliver_title" : "collect_title", { item: stop.item || stop.dossier }),
    address: stop.address,
    name: stop.name,
    phone: stop.phone && word("call", { phone: stop.phone }),
    call: `tel:${stop.phone}`,
    number: [stop.item, stop.dossier].filter(Boolean).join(" · "),
    procedure: stop.procedure,
    when: [word(deliver ? "due_on" : "wanted_on", { day: dayWords(stop.day) }), stop.window].filter(Boolean).join(", "),
    tried: triedWords(stop),
    note: stop.note && word("note", { note: stop.note }),
    papers: deliver && stop.papers.length,
    money: sumOf(stop),
    state: dong(stop.due?.state || 0),
    post: dong(stop.due?.post || 0),
    fail: word(deliver ? "cannot_deliver" : "cannot_collect"),
  });
  for (const paper of deliver ? stop.papers : []) {
    const line = document.createElement("li");
    line.textContent = `${paper.name} × ${paper.quantity}`;
    page.querySelector('[data-list="papers"]').append(line);
  }
  const place = page.querySelector(".app-form");
  if (stop.standing === "assigned") {
    place.append(notice(word("take_first")));
    page.querySelector(".other-act").remove();
  } else {
    place.append((deliver ? deliverForm : collectForm)(app, stop));
    page.querySelector(".app-fail").append(failForm(app, stop));
  }
  return page;
}

function gone() {
  const page = document.createDocumentFragment();
  const title = document.createElement("h1"), link = document.createElement("a");
  title.textContent = word("gone");
  link.href = "#/";
  link.className = "button button-wide";
  link.textContent = word("back_to_list");
  page.append(title, link);
  return page;
}

function notice(text) {
  const box = document.createElement("p");
  box.className = "notice notice-soon";
  box.textContent = text;
  return box;
}
