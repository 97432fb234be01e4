/* Quicker bags and lists; every page does its job without this file. */
"use strict";
(() => {
  const ready = (root) => root.querySelectorAll("[data-tick]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${button.dataset.tick}"]`)];
      const on = !boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = on; });
    });
  });
  ready(document);

  // F6 goes into the list; there the arrows (or j and k) walk from row to row and Enter opens.
  document.addEventListener("keydown", (e) => {
    const links = [...document.querySelectorAll(".dense tbody th a")];
    if (!links.length || e.ctrlKey || e.altKey || e.metaKey) return;
    const at = links.indexOf(document.activeElement), step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[e.key];
    const to = e.key === "F6" ? 0 : at >= 0 && step ? at + step : -1;
    if (!links[to]) return;
    e.preventDefault();
    links[to].focus();
  });

  // Scans wait in a row: the next one is taken while the one before is still on its way to the server.
  const waiting = [];
  let busy = false;
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (!form.dataset.scanQueue) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    const box = form.querySelector("[data-scan]");
    if (!box.value.trim()) return;
    waiting.push(box.value);
    box.value = "";
    if (!busy) next(form.dataset.scanQueue);
  }, true);

  async function next(name) {
    const text = waiting.shift();
    const part = document.getElementById(name), form = part?.querySelector("[data-scan-queue]");
    if (text === undefined || !form) { busy = false; return; }
    busy = true;
    const data = new FormData(form);
    data.set(form.querySelector("[data-scan]").name, text);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "scan" } });
      if (![200, 409, 422].includes(answer.status)) { location.reload(); return; }
      swap(name, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // Nothing is lost: what was scanned goes back into the box, to be sent again.
      form.querySelector("[data-scan]").value = text;
      waiting.length = 0; busy = false;
      return;
    }
    next(name);
  }

  function swap(name, page) {
    const old = document.getElementById(name), fresh = page.getElementById(name);
    if (!fresh) { location.reload(); return; }
    const focused = document.activeElement, form = old.querySelector("[data-scan-queue]"), next = fresh.querySelector("[data-scan-queue]");
    keepTyped(old, fresh);
    if (form && next) {
      // The box itself stays, so that a scan that is being typed right now is not torn in two.
      form.elements.key.value = next.elements.key.value;
      next.replaceWith(form);
    }
    old.replaceWith(fresh);
    document.querySelector(".messages")?.replaceChildren(...(page.querySelector(".messages")?.childNodes ?? []));
    ready(fresh);
    if (focused.isConnected) focused.focus();
    else if (focused.id) document.getElementById(focused.id)?.focus();
  }

  function keepTyped(old, fresh) {
    for (const field of old.querySelectorAll("input[id]:not([data-scan]), textarea[id], select[id]")) {
      const twin = fresh.querySelector(`[id="${CSS.escape(field.id)}"]`);
      if (!twin || field.value === (field.defaultValue ?? field.querySelector("option[selected]")?.value ?? "")) continue;
      twin.value = field.value;
      twin.closest("details")?.setAttribute("open", "");
    }
  }
})();
