// Fetches the questions, however long it takes: all at the start, single ones when they are stale.

import { page } from "./ask.js";
import { pause } from "./pause.js";

const LATEST = 30_000;

export class Loading {
  /** `renewed(slot)` when the server's word for a question has taken the place of what was here. */
  constructor({ path, length, sheets, outbox, renewed }) {
    Object.assign(this, { path, length, sheets, outbox, renewed });
  }

  /** Take all sheets that are not here yet, and those in `slots` anew. */
  async fetch(slots = new Set()) {
    for (let wait = 1_000; !(await this.once(slots)); wait = Math.min(LATEST, wait * 2)) await pause(wait);
  }

  async once(slots) {
    const printed = await page(this.path);
    const articles = [...(printed?.querySelectorAll(".sheet") ?? [])];
    if (articles.length !== this.length) return false;
    for (const article of articles) this.take(article, slots);
    return true;
  }

  take(article, slots) {
    const slot = Number(article.dataset.slot);
    if (this.sheets.has(slot) && !slots.has(slot)) return;
    this.sheets.take(article);
    this.outbox.revisions.set(slot, Number(article.dataset.revision));
    const letter = this.outbox.pending(slot);
    if (letter || slots.has(slot)) this.sheets.renew(slot, letter?.body);
    this.renewed(slot);
  }
}
