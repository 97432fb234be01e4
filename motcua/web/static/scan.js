/* The scanner's screen without page loads. Scans wait in a row, each under its own key, until the server answered;
   the row outlives a reload. Without this file every scan is a plain form, answered by the same page. */
"use strict";
(() => {
  const screen = document.getElementById("quet"), form = document.getElementById("form-quet"), box = form.elements.code;
  const one = (selector, root = screen) => root.querySelector(selector), every = (selector, root = screen) => [...root.querySelectorAll(selector)];
  const store = `quet:${screen.dataset.number}`;
  const row = JSON.parse(sessionStorage.getItem(store) ?? "[]"); // [{key, code, order, ...}] not answered yet
  const keep = () => sessionStorage.setItem(store, JSON.stringify(row));
  const NOTHING = { tone: "bad", word: screen.dataset.failed, about: "", last: "", over: "", lines: [], tally: {}, version: "" };
  const WAITS = [500, 1000, 2000, 4000, 8000];
  let busy = false, tries = 0;

  // --- what was scanned or pressed

  const uuid = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
    return [...b].map((n, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + n.toString(16).padStart(2, "0")).join("");
  };
  const take = (said) => {
    every("[data-choice][open]").forEach((choice) => { choice.open = false; });
    row.push({ key: uuid(), ...said });
    keep();
    next();
  };
  document.addEventListener("submit", (e) => {
    if (e.target !== form) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    form.classList.remove("is-hit");
    const order = e.submitter?.dataset?.order, code = (untouched() ?? box.value).trim();
    raw = "";
    box.value = "";
    if (order) take({ order });
    else if (code) take({ code });
    box.focus();
  }, true);

  // An input method turns letters that were scanned into others; the keys themselves say what the scanner meant.
  // Only where the browser was told of each key: where not, the text goes as it is and the server says what to do.
  let raw = "";
  box.addEventListener("keydown", (e) => {
    const key = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(e.code)?.[1] ?? { Minus: "-", Period: ".", NumpadDecimal: ".", NumpadSubtract: "-" }[e.code];
    if (key && !e.ctrlKey && !e.altKey) raw += key;
    else if (e.key === "Backspace" || e.key === "Delete" || e.key === "Escape") raw = "";
  });
  const untouched = () => (/[^\x20-\x7e]/.test(box.value) && raw.length >= 6 ? raw : null);

  // Ctrl+Z takes back a scan; while something is typed in the box it takes back letters, as everywhere.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey && e.key.toLowerCase() === "z" && e.target.matches?.("input, textarea") && e.target.value) e.stopImmediatePropagation();
  }, true);

  // A single digit chooses from what is open; digits that come in a burst are a scan.
  let digit = 0;
  document.addEventListener("keydown", (e) => {
    clearTimeout(digit);
    const choice = one("[data-choice][open]");
    if (!choice || e.ctrlKey || e.altKey || (e.target === box && box.value)) return;
    if (e.key === "Escape") { choice.open = false; box.focus(); return; }
    const button = /^[1-9]$/.test(e.key) && every("[data-order]", choice)[e.key - 1];
    if (!button) return;
    digit = setTimeout(() => {
      box.value = ""; raw = "";
      take({ order: button.dataset.order });
      box.focus();
    }, 120);
  });
  every("[data-choice]").forEach((choice) => choice.addEventListener("toggle", () => { if (choice.open) box.focus(); }));

  // The cursor belongs into the box; another field keeps it only while somebody types there.
  const home = () => { if (!document.activeElement?.matches("[data-typed]")) box.focus({ preventScroll: true }); };
  addEventListener("focus", home);
  document.addEventListener("click", (e) => { if (!e.target.closest("a, input, summary, button")) home(); });

  // --- to the server, one after the other

  async function next() {
    if (busy || !row.length) return;
    busy = true;
    const said = row[0], data = new FormData(form);
    data.delete("order"); data.delete("code");
    // What a mark is about is settled when it is first sent: the same key always asks for the same thing.
    said.last ??= form.elements.last.value;
    said.over ??= form.elements.over.value;
    keep();
    for (const [name, value] of Object.entries(said)) data.set(name, value);
    let answer = null, status = 0;
    try {
      const got = await fetch(screen.dataset.action, { method: "POST", body: data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
      status = got.status;
      if (got.redirected || [401, 403].includes(status)) { stop(); return; }
      answer = got.headers.get("Content-Type")?.startsWith("application/json") ? await got.json() : null;
    } catch { /* no network: tried again below */ }
    busy = false;
    if (status >= 500 || !status || (status < 400 && !answer)) { again(); return; }
    tries = 0;
    row.shift();
    keep();
    wait("");
    show(answer ?? { ...NOTHING, name: said.code ?? "" }, said);
    if (answer?.leave && !row.length) location.assign(answer.leave);
    else next();
  }
  function again() {
    wait(screen.dataset.waits);
    setTimeout(next, WAITS[Math.min(tries++, WAITS.length - 1)]);
  }
  function stop() {
    wait(screen.dataset.login);
    play("bad");
  }
  addEventListener("online", next);
  const wait = (text) => {
    const line = one("[data-wait]");
    line.hidden = !text;
    line.textContent = text && `${text} ${row.length}`;
  };

  // --- what it answered

  const ICONS = { good: "in_time", again: "soon", bad: "late", undone: "back" };
  const icon = (name) => document.importNode(one(`[data-icon="${name}"]`, one("[data-icons]").content).firstElementChild, true);

  function show(answer, said) {
    const panel = document.getElementById("ket-qua");
    panel.className = `result result-${answer.tone}`;
    one(".result-icon", panel).replaceChildren(icon(ICONS[answer.tone]));
    for (const part of ["word", "name", "about"]) one(`[data-${part}]`, panel).textContent = answer[part];
    for (const [name, n] of Object.entries(answer.tally)) every(`[data-tally="${name}"]`).forEach((el) => { el.textContent = n; });
    form.elements.last.value = answer.last;
    form.elements.over.value = answer.over;
    const over = one('[data-key="F3"]');
    if (over) { over.hidden = !answer.over; one("[data-over]", over).textContent = ` ${answer.over}`; }
    const version = document.querySelector("[data-version]");
    if (version && answer.version) version.value = answer.version;
    every(".is-current").forEach((el) => el.classList.remove("is-current"));
    answer.lines.forEach(draw);
    uncover(one(".is-current"));
    remember(answer, said);
    play(answer.tone);
  }

  // Only the list scrolls: the answer and the box stay where they are.
  function uncover(item) {
    const list = one(".quick-dossiers");
    if (!item) return;
    const top = item.offsetTop - list.offsetTop, low = top + item.offsetHeight - list.clientHeight;
    if (top < list.scrollTop || low > list.scrollTop) list.scrollTop = Math.max(top - 8, 0);
  }

  function draw(line) {
    let chip = document.getElementById(`dong-${line.id}`);
    const list = groupOf(line);
    if (!chip) {
      chip = document.importNode(one("[data-chip]").content.firstElementChild, true);
      chip.id = `dong-${line.id}`;
      one("[data-text]", chip).textContent = line.name;
      one("ul", list).append(chip);
    }
    chip.className = `chip chip-${line.mark}`;
    one("[data-mark]", chip).replaceChildren(icon(line.mark));
    const words = one("[data-words]", chip);
    words.textContent = line.words && ` – ${line.words}`;
    words.classList.toggle("out-of-sight", line.mark === "in_time");
    if (line.removed) chip.remove();
    count(list);
  }
  function groupOf(line) {
    let list = document.getElementById(`hs-${line.dossier}`);
    if (!list) {
      list = document.importNode(one("[data-group]").content.firstElementChild, true);
      list.id = `hs-${line.dossier}`;
      one("[data-code]", list).textContent = line.about;
      one(".quick-dossiers").append(list);
    }
    return list;
  }
  function count(list) {
    const chips = every(".chip", list), seen = chips.filter((chip) => !chip.matches(".chip-waiting")).length;
    list.classList.remove("is-done", "is-begun", "is-untouched");
    list.classList.add(seen === chips.length ? "is-done" : seen ? "is-begun" : "is-untouched", "is-current");
    one("[data-of]", list).textContent = chips.length;
    if (one("[data-seen]", list)) one("[data-seen]", list).textContent = seen;
    if (!chips.length) list.remove();
  }

  // What could not be recorded stays in sight, however fast the scanner goes on.
  const unwritten = one("[data-unwritten]");
  function remember(answer, said) {
    const code = said.code ?? "";
    every("li", unwritten).filter((li) => li.dataset.code === code || (said.over && said.over === li.dataset.code && answer.lines.length)).forEach((li) => li.remove());
    if (answer.tone === "bad" && !answer.lines.length && code) {
      const li = document.createElement("li");
      li.dataset.code = code;
      li.textContent = `${code}: ${answer.word}`;
      unwritten.prepend(li);
    }
    document.getElementById("xem-lai").hidden = !unwritten.children.length;
  }

  // --- sounds: one high tone, two middle ones, one long low buzz, one that falls

  const TONES = { good: [[1320, 0, .07]], again: [[660, 0, .07], [660, .11, .07]], bad: [[150, 0, .4]], undone: [[880, 0, .08], [587, .09, .12]] };
  const button = one("[data-sound]");
  let context = null, loud = localStorage.getItem("quet:am-thanh") !== "tat";
  const label = () => { button.firstChild ? (button.firstChild.data = text()) : button.append(text()); };
  const text = () => (loud ? button.dataset.on : button.dataset.off);
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    loud = !loud;
    localStorage.setItem("quet:am-thanh", loud ? "bat" : "tat");
    label();
    play("good");
    home();
  });
  function play(tone) {
    document.body.dataset.played = loud ? tone : "";
    if (!loud || !window.AudioContext) return;
    context ??= new AudioContext();
    if (context.state === "suspended") context.resume();
    for (const [pitch, from, long] of TONES[tone]) {
      const voice = context.createOscillator(), level = context.createGain(), at = context.currentTime + from;
      voice.type = tone === "bad" ? "square" : "sine";
      voice.frequency.value = pitch;
      level.gain.setValueAtTime(.18, at);
      level.gain.exponentialRampToValueAtTime(.001, at + long);
      voice.connect(level).connect(context.destination);
      voice.start(at);
      voice.stop(at + long);
    }
  }

  next();
  home();
})();
