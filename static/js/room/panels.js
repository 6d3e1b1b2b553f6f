// Note, calculator and list of keys: each opens beside the question and is closed by Escape.

export class Panels {
  constructor(room) {
    this.room = room;
    this.panels = new Map([...room.querySelectorAll("[data-panel]")].map((each) => [each.dataset.panel, each]));
    for (const [name, panel] of this.panels) {
      panel.querySelector("[data-close]").addEventListener("click", () => this.close(name));
      panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close(name));
    }
  }

  toggle(name) {
    const panel = this.panels.get(name);
    if (!panel.hidden) return this.close(name);
    for (const other of this.panels.keys()) this.close(other, { back: false });
    panel.hidden = false;
    this.opener(name)?.setAttribute("aria-expanded", "true");
    (panel.querySelector("textarea, [data-sign]") ?? panel.querySelector("[data-close]")).focus();
  }

  close(name, { back = true } = {}) {
    const panel = this.panels.get(name);
    if (panel.hidden) return;
    panel.hidden = true;
    const opener = this.opener(name);
    opener?.setAttribute("aria-expanded", "false");
    if (back) opener?.focus();
  }

  opener(name) {
    return this.room.querySelector(`[data-do="${name}"]`);
  }
}
