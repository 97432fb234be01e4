/* Counting one kind of paper with plus and minus, and a word on its condition. */
import { act, clone, word } from "./dom.js";

/* A row for `paper`, with a stepper for each of `kinds`. `rows()` is what was counted, `wrong()` what cannot be. */
export function countRow(paper, kinds, names = {}, onChange = () => {}) {
  const asked = { original: paper.original, copy: paper.copies };
  const page = clone("count", {
    name: paper.name,
    about: ` ${paper.name}`,
    asked: paper.original || paper.copies ? askedWords(paper) : "",
  });
  const inputs = new Map();
  for (const kind of kinds) {
    const step = stepper(names[kind] || "", `${names[kind] || ""} ${paper.name}`.trim(), onChange);
    inputs.set(kind, step.input);
    page.querySelector(".app-steppers").append(step.page);
  }
  act(page, "enough", () => {
    for (const [kind, input] of inputs) input.value = asked[kind] || 0;
    onChange();
  });
  const condition = page.querySelector("[name=condition]");
  const count = (input) => (/^\d{1,3}$/.test(input.value.trim() || "0") ? Number(input.value) : NaN);
  return {
    page,
    wrong: () => [...inputs.values()].some((input) => Number.isNaN(count(input))),
    rows: () =>
      [...inputs].filter(([, input]) => count(input) > 0).map(([kind, input]) => ({
        component: paper.component, kind, quantity: count(input), pages: 1, condition: condition.value.trim(),
      })),
  };
}

function askedWords(paper) {
  const words = word("asked", { original: paper.original, copies: paper.copies });
  return paper.when ? `${words}. ${word("asked_when", { when: paper.when })}` : words;
}

function stepper(label, about, onChange) {
  const page = clone("stepper", { label });
  const group = page.firstElementChild, input = page.querySelector("input");
  group.setAttribute("aria-label", about);
  input.setAttribute("aria-label", about);
  for (const [name, step] of [["less", -1], ["more", 1]]) {
    page.querySelector(`[data-do="${name}"]`).setAttribute("aria-label", word(name, { about }));
    act(page, name, () => {
      input.value = Math.min(999, Math.max(0, (Number.parseInt(input.value, 10) || 0) + step));
      onChange();
    });
  }
  input.addEventListener("input", onChange);
  return { page, input };
}
