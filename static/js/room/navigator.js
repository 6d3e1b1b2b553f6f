// All questions at a glance, kept up to date by the page itself.

export class Navigator {
  /** `base`: the address that a question's number is put behind. */
  constructor(section, base) {
    Object.assign(this, { section, base });
    this.squares = new Map([...section.querySelectorAll(".square")].map((each) => [Number(each.dataset.slot), each]));
    this.show = section.querySelector("[aria-current]")?.dataset.show ?? "all";
    for (const tab of section.querySelectorAll("[data-show]")) {
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        this.filter(tab.dataset.show);
      });
    }
  }

  isFlagged(slot) {
    return this.squares.get(slot).dataset.flagged === "true";
  }

  get unanswered() {
    return this.count("answered", "false");
  }

  count(name, value) {
    return [...this.squares.values()].filter((square) => square.dataset[name] === value).length;
  }

  set(slot, { isAnswered, isFlagged }) {
    const square = this.squares.get(slot);
    if (isAnswered !== undefined) square.dataset.answered = String(isAnswered);
    if (isFlagged !== undefined) square.dataset.flagged = String(isFlagged);
    const [answered, flagged] = [square.dataset.answered === "true", square.dataset.flagged === "true"];
    square.querySelector(".square-shape").textContent = (answered ? "●" : "○") + (flagged ? " ⚑" : "");
    square.querySelector(".visually-hidden").textContent = (answered ? "answered" : "empty") + (flagged ? ", flagged" : "");
    this.tell();
  }

  /** Let no square but one be visited: this exam does not go back. */
  limit(only) {
    for (const [slot, square] of this.squares) {
      if (slot === only) square.href = this.base + slot;
      else square.removeAttribute("href");
    }
  }

  filter(show) {
    this.show = show;
    for (const tab of this.section.querySelectorAll("[data-show]")) {
      if (tab.dataset.show === show) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    this.tell();
  }

  tell() {
    const flagged = this.count("flagged", "true");
    this.section.querySelector("[data-summary]").textContent = `${this.unanswered} unanswered, ${flagged} flagged`;
    this.section.querySelector("[data-consequence]").textContent = this.unanswered
      ? `${this.unanswered} of ${this.squares.size} questions have no answer; an empty one earns nothing.`
      : `All ${this.squares.size} questions have an answer.`;
    let shown = 0;
    for (const square of this.squares.values()) {
      const isShown = this.show === "all" || (this.show === "unanswered" ? square.dataset.answered === "false" : square.dataset.flagged === "true");
      square.parentElement.hidden = !isShown;
      shown += isShown;
    }
    this.section.querySelector("[data-empty]").hidden = shown > 0;
  }
}
