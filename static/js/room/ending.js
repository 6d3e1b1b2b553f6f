// Handing in, and time that is up. Both end at the server; neither loses what waits.

import { ask } from "./ask.js";
import { pause } from "./pause.js";
import { retryButton } from "./saying.js";

const SPREAD = 3_000; // so that a whole class does not hand in within one moment
const PATIENCE = 4_000;

export class Ending {
  /** `place` shows why handing in must wait; `refusals`: why a slot's answer cannot be saved. */
  constructor(courier, outbox, refusals, place) {
    Object.assign(this, { courier, outbox, refusals, place });
  }

  /** Hand in, unless an answer is not stored yet. */
  async submit() {
    if (this.outbox.waiting) {
      this.outbox.hurry();
      await Promise.race([this.outbox.empty(), pause(PATIENCE)]);
    }
    const { waiting } = this.outbox;
    if (waiting) return this.blocked(`Not submitted: ${waiting} answer${waiting === 1 ? " is" : "s are"} not saved yet.`);
    const [slot, message] = [...this.refusals][0] ?? [];
    if (slot) return this.blocked(`Not submitted: the answer to question ${slot} cannot be saved. ${message}`);
    if (!(await this.close())) this.blocked("Not submitted: the server has not answered.");
  }

  blocked(message) {
    this.place.replaceChildren(message, " ", retryButton(() => this.submit()));
    this.place.hidden = false;
  }

  /** At zero: what is stored counts, so first everything is sent; then nothing is asked. */
  async expire() {
    await pause(Math.random() * SPREAD);
    this.outbox.hurry();
    await this.outbox.empty();
    for (let wait = 1_000; !(await this.close()); wait = Math.min(15_000, wait * 2)) await pause(wait * (0.5 + Math.random()));
  }

  /** True if the server knows; the page is then on its way. */
  async close() {
    if (!(await this.courier.refresh())) return false;
    const { base, token } = this.courier;
    const { status, body } = await ask(`${base}submit`, { token, fields: [] });
    if (status !== 200 || typeof body.location !== "string") return false;
    this.outbox.halt();
    window.location.assign(body.location);
    return true;
  }
}
