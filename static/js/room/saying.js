// What is said: the saved line, the banner that is there only when it is true, the polite voice.

const time = new Intl.DateTimeFormat("en-US", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export class Saying {
  constructor(room) {
    this.saved = room.querySelector("[data-saved]");
    this.banner = room.querySelector("[data-banner]");
    this.voice = room.querySelector("[data-said]");
    this.raised = { notice: "", trouble: "" };
    this.retry = () => {}; // what the button beside an unsaved answer does
  }

  /** Say something to those who listen; the same words twice are said twice. */
  say(words) {
    this.voice.textContent = "";
    setTimeout(() => { this.voice.textContent = words; }, 50);
  }

  /** How the saving stands. `at`: when the server stored the last answer, by its own word. */
  paint({ waiting, isFailing, at, refused, why }) {
    const line = refused ? `Not saved: ${refused}` : lineOf({ waiting, isFailing, at, why });
    if (line !== null) this.saved.textContent = line;
    this.saved.classList.toggle("is-unsaved", Boolean(refused) || waiting > 0 && isFailing);
    this.raise({ trouble: waiting > 0 && isFailing ? `${notSaved(waiting, why)}. Kept in this browser, and sent by itself.` : "" });
  }

  /** Say something over the buttons until the learner goes on. */
  notice(words) {
    this.raise({ notice: words });
  }

  raise(part) {
    const before = JSON.stringify(this.raised);
    this.raised = { ...this.raised, ...part };
    if (JSON.stringify(this.raised) === before) return;
    const { notice, trouble } = this.raised;
    this.banner.replaceChildren(...(notice ? [notice, " "] : []), ...(trouble ? [trouble, " ", retryButton(() => this.retry())] : []));
  }
}

function lineOf({ waiting, isFailing, at, why }) {
  if (waiting) return isFailing ? notSaved(waiting, why) : "Saving…";
  return at ? `Saved ${time.format(new Date(at))}` : null;
}

function notSaved(waiting, why) {
  return `Not saved yet – ${why}, ${waiting} answer${waiting === 1 ? "" : "s"} waiting`;
}

export function retryButton(action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-outline-primary";
  made.textContent = "Retry";
  made.addEventListener("click", action);
  return made;
}
