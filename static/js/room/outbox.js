// Everything that is to reach the server, in order, until it is there.
//
// A letter is {kind, slot, body, seconds, revision}. One that has been sent is never changed: the
// server may have it. What is written after it waits behind it, one letter a slot and kind.

const CALM = 250; // milliseconds between a change and its sending
const SOONEST = 1_000;
const LATEST = 30_000;

export const DONE = "done";
export const DROP = "drop"; // it can never be accepted
export const LATER = "later";
export const ASIDE = "aside"; // the server failed at it: others first
export const HALT = "halt"; // nothing can be sent until `resume`

export class Outbox extends EventTarget {
  /** `deliver(letter)` sends one and says what became of it. */
  constructor(shelf, deliver) {
    super();
    this.shelf = shelf;
    this.deliver = deliver;
    this.letters = [];
    this.revisions = new Map(); // by slot, as the server has them
    this.serial = 0;
    this.failures = 0;
    this.isHalted = false;
    addEventListener("online", () => this.hurry());
    addEventListener("pagehide", () => this.hurry({ isLeaving: true }));
    document.addEventListener("visibilitychange", () => document.hidden && this.hurry({ isLeaving: true }));
  }

  /** Answers that are not stored yet. */
  get waiting() {
    return this.letters.filter((letter) => letter.kind === "save").length;
  }

  get isFailing() {
    return this.failures > 0;
  }

  /** Take over what other pages could not send; `taken(letter)` for each, whenever it is. */
  async adopt(taken) {
    const adopt = (letters) => letters.filter((letter) => this.takeOver(letter)).forEach(taken);
    adopt(await this.shelf.adopt(adopt));
  }

  /** False if this page has a newer answer itself. */
  takeOver({ kind, slot, revision, body, seconds }) {
    if (this.letters.some((letter) => letter.kind === kind && letter.slot === slot && !letter.isAdopted)) return false;
    // The page before may have sent it, so it stays as it is.
    const letter = { kind, slot, serial: ++this.serial, revision, body, seconds, isSent: true, isAdopted: true };
    this.letters.push(letter);
    this.shelf.put(stored(letter));
    this.changed();
    this.soon(0);
    return true;
  }

  post(kind, slot, body, seconds = 0) {
    let letter = this.letters.findLast((each) => each.kind === kind && each.slot === slot);
    if (!letter || letter.isSent) {
      letter = { kind, slot, serial: ++this.serial, revision: kind === "save" ? this.next(slot) : 0 };
      this.letters.push(letter);
    }
    Object.assign(letter, { body, seconds });
    this.shelf.put(stored(letter));
    this.changed();
    this.soon(this.isFailing ? null : CALM);
  }

  /** The newest answer to a slot that the server may not have. */
  pending(slot) {
    return this.letters.findLast((letter) => letter.kind === "save" && letter.slot === slot);
  }

  /** Forget a slot's answers: another page's came first, or the exam is over. */
  forget(slot) {
    for (const letter of this.letters.filter((each) => each.kind === "save" && each.slot === slot)) this.remove(letter);
  }

  /** Send now. If the page may be about to go, all that can be at once. */
  hurry({ isLeaving = false } = {}) {
    if (this.isHalted) return;
    this.soon(0);
    if (!isLeaving) return;
    const busy = new Set(this.letters.filter((each) => each.isFlying).map((each) => each.slot));
    for (const letter of this.letters) {
      if (!busy.has(letter.slot)) this.send(letter);
      busy.add(letter.slot);
    }
  }

  resume() {
    this.isHalted = false;
    this.failures = 0;
    this.changed();
    this.soon(0);
  }

  halt() {
    this.isHalted = true;
    clearTimeout(this.timer);
    this.changed();
  }

  /** Resolves when every answer is stored. */
  async empty() {
    while (this.waiting) await new Promise((resolve) => this.addEventListener("change", resolve, { once: true }));
  }

  soon(wait) {
    if (wait === null || this.isHalted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pump(), wait);
  }

  async pump() {
    if (this.isPumping) return;
    this.isPumping = true;
    let letter;
    while (!this.isHalted && (letter = this.letters.find((each) => !each.isFlying))) {
      if (this.letters.some((each) => each.isFlying && each.slot === letter.slot)) break;
      if (!(await this.send(letter))) break;
    }
    this.isPumping = false;
    const isMore = this.letters.some((each) => !each.isFlying);
    if (isMore) this.soon(this.failures ? backoff(this.failures) : CALM);
  }

  /** True if the next one may follow at once. */
  async send(letter) {
    letter.isSent = letter.isFlying = true;
    this.changed();
    const outcome = await this.deliver(letter);
    letter.isFlying = false;
    if (outcome === DONE || outcome === DROP) {
      this.failures = 0;
      if (outcome === DROP) this.renumber(letter);
      this.remove(letter);
      return true;
    }
    if (outcome === HALT) this.halt();
    else this.failures += 1;
    if (outcome === ASIDE) this.putAside(letter.slot);
    this.changed();
    return false;
  }

  remove(letter) {
    this.letters = this.letters.filter((each) => each !== letter);
    this.shelf.remove(letter);
    this.changed();
  }

  putAside(slot) {
    const own = this.letters.filter((each) => each.slot === slot);
    this.letters = [...this.letters.filter((each) => each.slot !== slot), ...own];
  }

  /** What waited behind a refused answer takes its number. */
  renumber(refused) {
    for (const letter of this.letters) {
      if (letter.kind === "save" && letter.slot === refused.slot && letter.revision > refused.revision) letter.revision -= 1;
    }
  }

  next(slot) {
    return (this.pending(slot)?.revision ?? this.revisions.get(slot) ?? 0) + 1;
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}

function stored({ kind, slot, serial, revision, body, seconds }) {
  return { kind, slot, serial, revision, body, seconds };
}

/** Longer and longer, and never all browsers at once. */
function backoff(failures) {
  return Math.min(LATEST, SOONEST * 2 ** (failures - 1)) * (0.5 + Math.random());
}
