// Carries letters to the server and understands its answers. Nothing counts as stored but its own
// word for exactly this slot and revision.

import { ask } from "./ask.js";
import { ASIDE, DONE, DROP, HALT, LATER } from "./outbox.js";

export class Courier {
  /**
   * `base`: the room's address. `on` has what is to happen: `stored(slot, revision, at)`,
   * `stale(slot)`, `refused(slot, message)`, `over(location)`, `signedOut()`, `stranger(name)`,
   * `state(state)`.
   */
  constructor(base, person, on) {
    Object.assign(this, { base, person, on });
    this.token = document.querySelector("input[name=csrf_token]").value;
  }

  deliver = async (letter) => {
    const answer = await this.carry(letter);
    if (answer.status !== 400 || answer.body.error !== "token") return this.outcome(letter, answer);
    return (await this.refresh()) ? this.outcome(letter, await this.carry(letter)) : this.blocked();
  };

  carry({ kind, slot, body, seconds, revision }) {
    const [path, { token, person }] = [`${this.base}${slot}/${kind}`, this];
    if (kind === "save") {
      const about = [["revision", revision], ["person", person], ["seconds", Math.round(seconds)]];
      return ask(path, { token, fields: [...body, ...about] });
    }
    if (kind === "marks") return ask(path, { token, json: { ...body, person } });
    return ask(path, { token, fields: [...body, ["person", person]] });
  }

  outcome(letter, { status, body }) {
    if (status === 200) return this.acknowledged(letter, body);
    if (status === 409 && body.error === "over") return this.end(body.location);
    if (status === 409 && body.error === "stale") return this.late(letter);
    if (status === 401) return this.leave();
    if (status === 403 && body.error === "person") return this.stop(body.name);
    if (status === 422 || status === 404) return this.refuse(letter, body);
    return status >= 500 ? ASIDE : LATER;
  }

  acknowledged(letter, body) {
    if (body.slot !== letter.slot) return LATER;
    if (letter.kind !== "save") return DONE;
    if (body.revision !== letter.revision || !Number.isInteger(body.serial) || Number.isNaN(Date.parse(body.at))) return LATER;
    this.on.stored(letter.slot, letter.revision, body.at);
    return DONE;
  }

  late(letter) {
    if (letter.kind === "save") this.on.stale(letter.slot);
    return DROP;
  }

  refuse(letter, body) {
    if (letter.kind === "save") this.on.refused(letter.slot, body.message ?? "the server cannot take it.");
    return DROP;
  }

  end(location) {
    this.on.over(location);
    return HALT;
  }

  leave() {
    this.on.signedOut();
    return HALT;
  }

  stop(name) {
    this.on.stranger(name);
    return HALT;
  }

  blocked() {
    return this.isBlocked ? HALT : LATER;
  }

  get statePath() {
    return `${this.base}state?person=${this.person}`;
  }

  /** How the exam stands, with a new token; true if the server could be asked. */
  async refresh() {
    return this.learn(await ask(this.statePath));
  }

  learn({ status, body }) {
    this.isBlocked = status === 401 || status === 403 || status === 409;
    if (status === 401) this.on.signedOut();
    if (status === 403) this.on.stranger(body.name);
    if (status === 409) this.on.over(body.location);
    if (status !== 200 || body.person !== this.person || typeof body.csrf !== "string" || typeof body.left !== "number" || !Array.isArray(body.slots)) return false;
    this.token = body.csrf;
    for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = body.csrf;
    if (body.over || body.resting) this.on.over(body.location);
    else this.on.state(body);
    return !body.over;
  }
}
