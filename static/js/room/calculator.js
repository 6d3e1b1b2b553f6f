// Four functions, as on the exam's own desk: each sign acts on what was there before.

const DIGITS = 12;
const WORK = { "+": (a, b) => a + b, "−": (a, b) => a - b, "×": (a, b) => a * b, "÷": (a, b) => a / b };
const KEYS = { "/": "÷", "*": "×", "-": "−", Enter: "=", Escape: null, Delete: "C", Backspace: "C", ",": "." };

/** Let a panel calculate, by its buttons and by keys while it has the focus. */
export function makeCalculator(panel) {
  const display = panel.querySelector("[data-display]");
  const buttons = new Map([...panel.querySelectorAll("[data-sign]")].map((each) => [each.dataset.sign, each]));
  let entry = "0";
  let memory = null; // {value, sign} that waits for its second number
  let isFresh = true; // the next digit begins a new number

  for (const [sign, button] of buttons) button.addEventListener("click", () => press(sign));
  panel.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const sign = event.key in KEYS ? KEYS[event.key] : event.key;
    if (!buttons.has(sign) || (event.key === "Enter" && event.target.matches("[data-close]"))) return;
    event.preventDefault();
    press(sign);
  });

  function press(sign) {
    if (sign === "C") [entry, memory, isFresh] = ["0", null, true];
    else if (sign in WORK || sign === "=") calculate(sign);
    else type(sign);
    display.textContent = entry;
  }

  function type(sign) {
    if (isFresh) entry = "0";
    isFresh = false;
    if (sign === "." && entry.includes(".")) return;
    if (entry.replace(".", "").length < DIGITS) entry = entry === "0" && sign !== "." ? sign : entry + sign;
  }

  function calculate(sign) {
    if (memory && !isFresh) entry = shown(WORK[memory.sign](memory.value, Number(entry)));
    memory = sign === "=" || !Number.isFinite(Number(entry)) ? null : { value: Number(entry), sign };
    isFresh = true;
  }
}

function shown(value) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : "Not a number";
}
