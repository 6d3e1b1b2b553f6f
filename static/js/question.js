// Keys for choosing, checking and going on; buttons for putting steps in order.
// The page works without any of this.

const form = document.querySelector("form.answer");
const busy = new WeakSet();

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === "ArrowRight") document.querySelector('[data-key="ArrowRight"]')?.click();
  if (form && chooses(event.key)) event.preventDefault();
});

// A second click while the first is on its way sends nothing.
document.addEventListener("submit", (event) => {
  if (busy.has(event.target)) event.preventDefault();
  busy.add(event.target);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((each) => busy.delete(each)));

function isTyping(target) {
  return target.matches("select, textarea, input:not([type=radio], [type=checkbox])");
}

/** Choose by letter, digit, or check with Enter; true if the key meant something. */
function chooses(key) {
  const choices = [...form.querySelectorAll("input[name=chosen]")];
  if (key === "Enter" && choices.some((each) => each.checked) && !document.activeElement.matches("button, a, summary")) {
    form.requestSubmit();
    return true;
  }
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : choices.findIndex((each) => each.dataset.letter === key.toUpperCase());
  if (key.length !== 1 || !choices[place]) return false;
  choices[place].focus();
  choices[place].click();
  return true;
}

document.querySelectorAll("[data-sortable]").forEach(makeSortable);

/** Selects of places become buttons that move a step; the selects keep what is sent. */
function makeSortable(list) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  list.after(said);
  const chosen = (step) => Number(step.querySelector("select").value) || Infinity;
  const steps = [...list.children].sort((one, other) => chosen(one) - chosen(other));
  for (const step of steps) {
    list.append(step);
    step.classList.add("is-sortable");
    step.querySelector("select").hidden = true;
    const place = document.createElement("span");
    place.className = "step-place";
    step.prepend(place);
    const buttons = document.createElement("span");
    buttons.className = "step-buttons";
    buttons.append(mover(step, -1, "up", "↑"), mover(step, 1, "down", "↓"));
    step.append(buttons);
  }
  number();

  function mover(step, by, word, sign) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", `Move ${word}: ${step.querySelector(".step-text").textContent}`);
    button.addEventListener("click", () => {
      const neighbour = by < 0 ? step.previousElementSibling : step.nextElementSibling;
      if (!neighbour) return;
      if (by < 0) neighbour.before(step);
      else neighbour.after(step);
      number();
      button.focus();
      said.textContent = `Now at place ${[...list.children].indexOf(step) + 1} of ${list.children.length}`;
    });
    return button;
  }

  function number() {
    [...list.children].forEach((step, at) => {
      step.querySelector("select").value = String(at + 1);
      step.querySelector(".step-place").textContent = `${at + 1}.`;
      const [up, down] = step.querySelectorAll("button");
      up.setAttribute("aria-disabled", String(at === 0));
      down.setAttribute("aria-disabled", String(at === list.children.length - 1));
    });
  }
}
