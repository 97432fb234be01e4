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
  // Whatever else is pressed meanwhile waits for the last of them, and is left undone when one was refused.
  const waiting = [];
  let busy = false, held = "";
  const named = (form) => `${form.getAttribute("action")} ${form.elements.line?.value ?? ""}`;
  document.addEventListener("submit", (e) => {
    const form = e.target, name = form.dataset.scanQueue;
    if (!name && !(busy && form.method === "post")) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    if (!name) { held = named(form); return; }
    const box = form.querySelector("[data-scan]");
    if (!box.value.trim()) return;
    waiting.push(box.value);
    box.value = "";
    if (!busy) next(name);
  }, true);

  async function next(name) {
    const text = waiting.shift(), form = document.querySelector(`[data-scan-queue="${name}"]`);
    busy = text !== undefined && form !== null;
    if (!busy) { resume(name); return; }
    const data = new FormData(form), box = form.querySelector("[data-scan]");
    data.set(box.name, text);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "scan" } });
      if (![200, 409, 422].includes(answer.status)) { location.reload(); return; }
      if (!answer.ok) held = "";
      swap(name, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // Nothing is lost: what was scanned goes back into the box, to be sent again.
      box.value = [text, ...waiting.splice(0)].join(" ");
      busy = false; held = "";
      return;
    }
    next(name);
  }

  function resume(name) {
    const form = [...document.querySelectorAll(`#${name} form`)].find((one) => held && named(one) === held);
    held = "";
    form?.requestSubmit();
  }

  function swap(name, page) {
    const old = document.getElementById(name), fresh = page.getElementById(name);
    if (!fresh) { location.reload(); return; }
    const focused = document.activeElement, form = old.querySelector("[data-scan-queue]"), twin = fresh.querySelector("[data-scan-queue]");
    keepTyped(old, fresh);
    if (form && twin) {
      // The box itself stays, so that a scan that is being typed right now is not torn in two.
      form.elements.key.value = twin.elements.key.value;
      twin.replaceWith(form);
    }
    old.replaceWith(fresh);
    document.querySelector(".messages")?.replaceChildren(...(page.querySelector(".messages")?.childNodes ?? []));
    ready(fresh);
    if (focused.isConnected) focused.focus();
    else if (focused.id) document.getElementById(focused.id)?.focus();
  }

  function keepTyped(old, fresh) {
    for (const box of old.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      const twin = fresh.querySelector(`input[name="${box.name}"][value="${CSS.escape(box.value)}"]`);
      if (twin && box.checked !== box.defaultChecked) twin.checked = box.checked;
    }
    for (const field of old.querySelectorAll("input[id]:not([data-scan], [type=radio], [type=checkbox]), textarea[id], select[id]")) {
      const twin = fresh.querySelector(`[id="${CSS.escape(field.id)}"]`);
      if (!twin || field.value === (field.defaultValue ?? field.querySelector("option[selected]")?.value ?? "")) continue;
      twin.value = field.value;
      twin.closest("details")?.setAttribute("open", "");
    }
  }
})();
