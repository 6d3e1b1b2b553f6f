// A clock that runs down from what the server said, by the browser's steady clock.

export class Clock {
  /**
   * `show(text)` each second; `zero()` once; `passed(minutes)` when a number of `marks` is left.
   */
  constructor(show, { zero, passed = () => {}, marks = [] }) {
    Object.assign(this, { show, zero, passed, marks });
    this.before = Infinity;
  }

  /** Seconds left as of now. Counts from the latest word of the server. */
  set(left) {
    this.end = performance.now() + left * 1000;
    this.tick();
  }

  get left() {
    return Math.max(0, (this.end - performance.now()) / 1000);
  }

  tick() {
    clearTimeout(this.timer);
    const left = this.left;
    this.show(clockText(left));
    const crossed = this.marks.filter((minutes) => left <= minutes * 60 && this.before > minutes * 60);
    if (crossed.length && this.before !== Infinity) this.passed(Math.min(...crossed));
    this.before = left;
    if (left > 0) this.timer = setTimeout(() => this.tick(), (left * 1000) % 1000 || 1000);
    else if (!this.isOver) {
      this.isOver = true;
      this.zero();
    }
  }
}

/** Let a button hide the time and show it again. */
export function makeHideable(shown, button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const isHidden = shown.classList.toggle("is-hidden");
    button.setAttribute("aria-pressed", String(isHidden));
    button.textContent = isHidden ? "Show" : "Hide";
  });
}

export function clockText(left) {
  const seconds = Math.ceil(left);
  const two = (number) => String(number % 60).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
}

/** 5430 → 1 hour 30 minutes; below two minutes in seconds. */
export function leftInWords(left) {
  const seconds = Math.ceil(left);
  if (seconds < 120) return many(seconds, "second");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return [hours ? many(hours, "hour") : "", minutes ? many(minutes, "minute") : ""].filter(Boolean).join(" ");
}

function many(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
