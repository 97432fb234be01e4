/* Screens are templates of the page, sentences stand in it by name: the scripts hold neither markup nor words. */
const words = new Map(
  [...document.getElementById("words").content.querySelectorAll("[data-word]")].map((el) => [el.dataset.word, el.textContent]),
);
const main = document.getElementById("noi-dung");
const ZONE = "Asia/Ho_Chi_Minh";

export const word = (name, given = {}) => words.get(name).replace(/\{(\w+)\}/g, (_, key) => given[key] ?? "");
export const hasWord = (name) => words.has(name);
export const dong = (sum) => `${Number(sum).toLocaleString("vi-VN")}\u00a0đ`;
export const dayWords = (day) => String(day ?? "").slice(0, 10).split("-").reverse().join("/");
export const timeWords = (instant) =>
  new Date(instant).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
export const dayOf = (instant) => new Date(instant).toLocaleDateString("sv-SE", { timeZone: ZONE });

/* A copy of the template `name`, filled: data-t gets its text, data-if stays only where there is something. */
export function clone(name, data = {}) {
  const copy = document.getElementById(`t-${name}`).content.cloneNode(true);
  for (const el of copy.querySelectorAll("[data-if]")) if (!data[el.dataset.if]) el.remove();
  for (const el of copy.querySelectorAll("[data-t]")) el.textContent = data[el.dataset.t] ?? "";
  for (const el of copy.querySelectorAll("[data-href]")) el.href = data[el.dataset.href];
  return copy;
}

/* The screen of the moment. `still`: the same screen drawn anew, so that eyes and cursor stay where they are. */
export function show(content, { still = false } = {}) {
  const y = scrollY;
  const held = still && main.contains(document.activeElement) ? document.activeElement.dataset.keep : "";
  main.replaceChildren(content);
  document.title = document.title.replace(/^.*(?= · )/, main.querySelector("h1")?.textContent || "");
  if (!still) main.focus({ preventScroll: true });
  else if (held) main.querySelector(`[data-keep="${held}"]`)?.focus({ preventScroll: true });
  scrollTo(0, still ? y : 0);
}

/* What stands in the way, above the form, each line leading to its field; what was typed stays. */
export function complain(form, problems) {
  form.querySelector(".problems")?.remove();
  for (const el of form.querySelectorAll("[aria-invalid]")) el.removeAttribute("aria-invalid");
  if (!problems.length) return false;
  const box = clone("problems", { title: word("see_again") });
  const list = box.querySelector("ul");
  for (const { field, text } of problems) {
    const item = document.createElement("li");
    const target = field && form.querySelector(`#id_${field}`);
    if (target) {
      const link = document.createElement("a");
      link.href = `#id_${field}`;
      link.addEventListener("click", (e) => { e.preventDefault(); target.focus(); target.scrollIntoView({ block: "center" }); });
      item.append(link);
      link.textContent = text;
      if (target.matches("input, select")) target.setAttribute("aria-invalid", "true");
    } else item.textContent = text;
    list.append(item);
  }
  form.prepend(box);
  form.querySelector(".problems").focus();
  form.querySelector(".problems").scrollIntoView({ block: "center" });
  return true;
}

/* For ears as well as eyes. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

/* One press is one deed: until the work is done, another press of the same form does nothing. */
export function onSubmit(form, work) {
  let busy = false;
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (busy) return;
    busy = true;
    form.dataset.sent = "1";
    try { await work(new FormData(form)); } finally { busy = false; delete form.dataset.sent; }
  });
}

export const act = (root, name, work) => root.querySelector(`[data-do="${name}"]`)?.addEventListener("click", work);
