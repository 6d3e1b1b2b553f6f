// The questions: one is on the page, the others wait beside it with what is filled in.

import { makeSortable } from "../sortable.js";

const NOT_ANSWERS = new Set(["csrf_token", "revision", "go"]);

export class Sheets {
  /** `place`: where the current one lies. */
  constructor(place) {
    this.place = place;
    this.pristine = new Map(); // as the server printed them
    this.live = new Map();
    this.seconds = new Map();
    const first = place.querySelector(".sheet");
    if (first) this.take(first.cloneNode(true));
    if (first) this.live.set(slotOf(first), enhanced(first));
  }

  /** Take what the server printed. A sheet that is in use stays as it is. */
  take(article) {
    const slot = slotOf(article);
    this.pristine.set(slot, article);
    this.seconds.set(slot, Math.max(this.seconds.get(slot) ?? 0, Number(article.dataset.seconds)));
  }

  has(slot) {
    return this.pristine.has(slot);
  }

  get(slot) {
    if (!this.live.has(slot)) this.live.set(slot, enhanced(document.importNode(this.pristine.get(slot), true)));
    return this.live.get(slot);
  }

  form(slot) {
    return this.get(slot).querySelector("form.answer");
  }

  show(slot) {
    this.place.replaceChildren(this.get(slot));
  }

  /** Print a sheet anew; with `fields`, filled in like this. */
  renew(slot, fields) {
    const article = document.importNode(this.pristine.get(slot), true);
    if (fields) fill(article.querySelector("form.answer"), fields);
    const before = this.live.get(slot);
    this.live.set(slot, enhanced(article));
    if (before?.isConnected) before.replaceWith(article);
  }

  fields(slot) {
    return fieldsOf(this.form(slot));
  }

  isAnswered(slot) {
    return this.fields(slot).some(([name, value]) => value.trim() && (name === "chosen" || name.startsWith("place-") || name.endsWith("-code")));
  }

  /** Whether a form says something else than the server printed. */
  isChanged(slot) {
    return JSON.stringify(this.fields(slot)) !== JSON.stringify(fieldsOf(this.pristine.get(slot).querySelector("form.answer")));
  }
}

function slotOf(article) {
  return Number(article.dataset.slot);
}

function enhanced(article) {
  article.querySelectorAll("[data-sortable]").forEach((list) => makeSortable(list, { isLazy: true }));
  return article;
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([name]) => !NOT_ANSWERS.has(name));
}

function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const input of form.elements) {
    if (!input.name || NOT_ANSWERS.has(input.name)) continue;
    const given = values.get(input.name) ?? [];
    if (input.type === "radio" || input.type === "checkbox") input.checked = given.includes(input.value);
    else input.value = given.shift() ?? "";
  }
}
