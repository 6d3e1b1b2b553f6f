// Putting steps in order by buttons.

/**
 * Selects of places become buttons that move a step; the selects keep what is sent.
 * `isLazy`: steps that nobody has moved yet have no places. Each move is a change of the list.
 */
export function makeSortable(list, { isLazy = false } = {}) {
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
    place.textContent = "–";
    step.prepend(place);
    const buttons = document.createElement("span");
    buttons.className = "step-buttons";
    buttons.append(mover(step, -1, "up", "↑"), mover(step, 1, "down", "↓"));
    step.append(buttons);
  }
  const isPlaced = () => steps.some((step) => step.querySelector("select").value);
  if (!isLazy || isPlaced()) number();

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
      list.dispatchEvent(new Event("change", { bubbles: true }));
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
