// A key for everything, never while somebody types.

const LETTERS = "ABCDE";
const COMMANDS = { f: "flag", n: "note", h: "highlight", k: "calculator", r: "check", t: "time", "?": "shortcuts", ArrowLeft: "previous", ArrowRight: "next" };
const PATIENCE = 4_000; // for the number after an X

/** `act(command)`, `choose(place)` and `strike(place)`; `isAwake()` tells whether keys count now. */
export function listen({ act, choose, strike, say, isAwake }) {
  let striking = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !isAwake() || isTaken(event)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const place = placeOf(key);
    if (place !== null) {
      const isStriking = event.timeStamp - striking < PATIENCE;
      striking = -Infinity;
      if (isStriking ? strike(place) : choose(place)) event.preventDefault();
    } else if (key === "x") {
      striking = event.timeStamp;
      say("Strike out which one?");
    } else if (key in COMMANDS) {
      event.preventDefault(); // an arrow would choose another option
      act(COMMANDS[key]);
    }
  });
}

/** Whether the key belongs to what has the focus. */
function isTaken(event) {
  const target = event.target;
  if (target.closest("[data-panel], dialog")) return true;
  if (target.matches("select, textarea, input:not([type=radio], [type=checkbox])")) return true;
  return event.key.startsWith("Arrow") && target.matches(".table-frame"); // which the arrows scroll
}

function placeOf(key) {
  if (/^[1-9]$/.test(key)) return Number(key) - 1;
  const place = key.length === 1 ? LETTERS.indexOf(key.toUpperCase()) : -1;
  return place < 0 ? null : place;
}
