/* Makes good pages quicker; every page does its job without this file. */
"use strict";
(() => {
  const typing = (el) => el && (el.matches("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select") || el.isContentEditable);
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  // Shortcuts: data-key="F8" or "Alt+1" on a link, button, summary or field.
  const name = (e) => (e.ctrlKey ? "Ctrl+" : "") + (e.altKey ? "Alt+" : "") + (e.key.length === 1 ? e.key.toUpperCase() : e.key);
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.isComposing) return;
    const pressed = name(e);
    if (pressed.length === 1 && typing(e.target)) return;
    const target = [...document.querySelectorAll("[data-key]")].find((el) => el.dataset.key === pressed && el.offsetParent !== null);
    if (!target) return;
    e.preventDefault();
    if (typing(target)) { target.focus(); target.select?.(); } else { target.click(); }
  });

  // A scanner types fast and ends with Enter: wherever the cursor is, its text lands in the page's scan box.
  let burst = "", last = 0;
  document.addEventListener("keydown", (e) => {
    const box = document.querySelector("[data-scan]");
    if (!box || e.target === box || e.isComposing || e.ctrlKey || e.altKey || e.metaKey) return;
    const now = e.timeStamp;
    if (now - last > 40) burst = "";
    last = now;
    if (e.key === "Enter" && burst.length >= 6) {
      e.preventDefault();
      const field = e.target;
      if (typing(field) && field.value?.endsWith(burst)) field.value = field.value.slice(0, -burst.length);
      box.value = burst; burst = "";
      box.form.requestSubmit();
    } else if (e.key.length === 1) { burst += e.key; }
  }, true);

  // One press is one command: the second press of the same form waits.
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = "1";
    clean = true;
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

  // Typed text is not thrown away by a stray click.
  let clean = true;
  document.addEventListener("input", (e) => { if (e.target.closest("form[method=post]")) clean = false; });
  window.addEventListener("beforeunload", (e) => { if (!clean) e.preventDefault(); });

  // Long lists narrow as one types, accents or not.
  const narrow = (list) => {
    const box = document.createElement("input");
    box.type = "search";
    box.setAttribute("aria-label", document.documentElement.lang === "en" ? "Type to narrow the list" : "Gõ để lọc danh sách");
    box.placeholder = box.getAttribute("aria-label");
    list.before(box);
    const options = list.matches("select") ? [...list.options] : [...list.children];
    box.addEventListener("input", (e) => {
      e.stopPropagation();
      const wanted = fold(box.value).split(/\s+/).filter(Boolean);
      const fits = options.filter((o) => wanted.every((w) => fold(o.textContent).includes(w)));
      if (list.matches("select")) {
        const chosen = list.value;
        list.replaceChildren(...options.filter((o) => fits.includes(o) || !o.value));
        list.value = fits.some((o) => o.value === chosen) ? chosen : (fits.find((o) => o.value)?.value ?? "");
      } else { options.forEach((o) => { o.hidden = !fits.includes(o); }); }
    });
  };
  document.querySelectorAll("[data-filter]").forEach(narrow);

  // Rows by keyboard: j and k walk, Enter opens (the link has the focus).
  document.addEventListener("keydown", (e) => {
    if (typing(e.target) || e.ctrlKey || e.altKey || !["j", "k"].includes(e.key)) return;
    const links = [...document.querySelectorAll(".table tbody th a")];
    const at = links.indexOf(document.activeElement);
    (links[e.key === "j" ? at + 1 : at - 1] ?? links[0])?.focus();
  });

  document.querySelectorAll("[data-print]").forEach((b) => b.addEventListener("click", () => window.print()));
  document.querySelector("[data-focus]")?.focus();
})();
