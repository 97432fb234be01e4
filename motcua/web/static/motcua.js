/* Makes good pages quicker; every page does its job without this file. */
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (el) => el.matches?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file]), textarea, select");
  const seen = (el) => el.offsetParent !== null;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  // Shortcuts: data-key="F8" or "Alt+1" on a link, button, summary or field. Never a bare letter.
  all("[data-key]").forEach((el) => el.setAttribute("aria-keyshortcuts", el.dataset.key.replace("Ctrl", "Control")));
  const pressed = (e) => (e.ctrlKey ? "Ctrl+" : "") + (e.altKey ? "Alt+" : "") + (e.key.length === 1 ? e.key.toUpperCase() : e.key);
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.isComposing || e.repeat || (e.key.length === 1 && !e.ctrlKey && !e.altKey)) return;
    const target = all("[data-key]").find((el) => el.dataset.key === pressed(e) && seen(el));
    if (!target) return;
    e.preventDefault();
    target.focus();
    if (typing(target)) target.select?.();
    else target.click();
  });

  // A scanner types fast and ends with Enter: wherever the cursor is, its text lands in the page's scan box
  // and the field that was in the way gets back what it held.
  let burst = "", last = 0, held = null;
  document.addEventListener("keydown", (e) => {
    const box = document.querySelector("[data-scan]");
    if (!box || e.target === box || e.isComposing || e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.timeStamp - last > 40) { burst = ""; held = typing(e.target) ? e.target.value : null; }
    last = e.timeStamp;
    if (e.key === "Enter" && burst.length >= 6) {
      e.preventDefault();
      e.stopPropagation();
      if (held !== null) e.target.value = held;
      box.value = burst;
      burst = "";
      box.form.classList.add("is-hit");
      box.form.requestSubmit();
    } else if (e.key.length === 1) burst += e.key;
  }, true);

  // One press is one command: a second press of the same form waits until the answer is here.
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = "1";
    touched = false;
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Typed text is not thrown away by a stray click.
  let touched = false;
  document.addEventListener("input", (e) => {
    if (e.target.form?.method === "post" && !e.target.matches("[data-scan]")) touched = true;
  });
  addEventListener("beforeunload", (e) => { if (touched) e.preventDefault(); });

  // Long lists narrow as one types, with accents or without; Enter goes on to the list.
  const narrow = (list) => {
    const select = list.matches("select");
    const options = select ? [...list.options] : [...list.children];
    const box = document.createElement("input"), count = document.createElement("span");
    Object.assign(box, { type: "search", className: "narrow-list", placeholder: list.dataset.filter, ariaLabel: list.dataset.filter, autocomplete: "off" });
    Object.assign(count, { className: "out-of-sight", role: "status" });
    list.before(box, count);
    box.addEventListener("input", (e) => {
      e.stopPropagation();
      const wanted = fold(box.value).split(/\s+/).filter(Boolean);
      const fits = options.filter((o) => wanted.every((word) => fold(o.textContent).includes(word)));
      count.textContent = fits.length;
      if (!select) { options.forEach((o) => { o.hidden = !fits.includes(o); }); return; }
      const chosen = list.value;
      list.replaceChildren(...options.filter((o) => !o.value || fits.includes(o)));
      list.value = !wanted.length || fits.some((o) => o.value === chosen) ? chosen : fits.find((o) => o.value)?.value ?? "";
    });
    box.addEventListener("keydown", (e) => {
      if (e.key !== "Enter") return;
      e.preventDefault();
      (select ? list : list.querySelector("label:not([hidden]) input"))?.focus();
      list.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };
  all("[data-filter]").forEach(narrow);

  // F6 goes into the list; there arrows, j and k walk from row to row, Enter opens as on any link.
  document.addEventListener("keydown", (e) => {
    const row = "main .table tbody th a", at = document.activeElement;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[e.key];
    if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey) return;
    const links = at.matches(row) ? all("tbody th a", at.closest(".table")) : [];
    const next = e.key === "F6" ? all(row).find(seen) : step && links[links.indexOf(at) + step];
    if (next) { e.preventDefault(); next.focus(); }
  });

  // An act that asks for a reason opens with the cursor in it; Escape folds it away.
  document.addEventListener("toggle", (e) => {
    if (e.target.open && e.target.matches(".act-fold, .tool")) all("textarea, input:not([type=hidden]), select", e.target)[0]?.focus();
  }, true);
  document.addEventListener("keydown", (e) => {
    const open = e.key === "Escape" && e.target.closest?.(".act-fold[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  all("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
  document.querySelector("[data-focus]")?.focus();
})();
