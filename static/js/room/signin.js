// Signed out in the middle: a dialog signs in again, and what waits is sent.

import { ask, page } from "./ask.js";

export class SignIn {
  /** `done()` when the same person is signed in again. */
  constructor(dialog, courier, done) {
    Object.assign(this, { dialog, courier, done });
    this.error = dialog.querySelector("[data-sign-in-error]");
    const form = dialog.querySelector("form");
    this.path = dialog.querySelector("a").getAttribute("href");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.signIn(new FormData(form));
    });
    dialog.querySelector("[data-again]").addEventListener("click", () => this.check());
    dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  open() {
    this.say("");
    if (!this.dialog.open) this.dialog.showModal();
  }

  async signIn(data) {
    const token = (await page(this.path))?.querySelector("input[name=csrf_token]")?.value;
    if (!token) return this.say("The server does not answer. Please try again.");
    const next = this.courier.statePath;
    const answer = await ask(this.path, { token, fields: [["email", data.get("email")], ["password", data.get("password")], ["next", next]] });
    await this.finish(answer, "That did not work. Check the address and the password.");
  }

  async check() {
    await this.finish(await ask(this.courier.statePath), "The server does not answer. Please try again.");
  }

  async finish(answer, otherwise) {
    if (answer.status === 401) return this.say("You are still signed out.");
    if (answer.status === 0) return this.say(otherwise);
    this.dialog.close();
    if (this.courier.learn(answer)) this.done();
  }

  say(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
  }
}
