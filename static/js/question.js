// Keys for choosing, checking and going on; buttons for putting steps in order.
// The page works without any of this.

import { makeSortable } from "./sortable.js";

const form = document.querySelector("form.answer");
const busy = new WeakSet();

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === "ArrowRight") document.querySelector('[data-key="ArrowRight"]')?.click();
  if (form && chooses(event.key)) event.preventDefault();
});

// A second click while the first is on its way sends nothing.
document.addEventListener("submit", (event) => {
  if (busy.has(event.target)) event.preventDefault();
  busy.add(event.target);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((each) => busy.delete(each)));

function isTyping(target) {
  return target.matches("select, textarea, input:not([type=radio], [type=checkbox])");
}

/** Choose by letter, digit, or check with Enter; true if the key meant something. */
function chooses(key) {
  const choices = [...form.querySelectorAll("input[name=chosen]")];
  if (key === "Enter" && choices.some((each) => each.checked) && !document.activeElement.matches("button, a, summary")) {
    form.requestSubmit();
    return true;
  }
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : choices.findIndex((each) => each.dataset.letter === key.toUpperCase());
  if (key.length !== 1 || !choices[place]) return false;
  choices[place].focus();
  choices[place].click();
  return true;
}

document.querySelectorAll("[data-sortable]").forEach((list) => makeSortable(list));
