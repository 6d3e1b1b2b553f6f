// Scribbles: struck options, highlights in the stem, a note. They are the learner's own.

const canHighlight = typeof Highlight === "function" && "highlights" in CSS;

export class Marks {
  /** `changed(slot, mark)` whenever something was scribbled. */
  constructor(changed, note) {
    Object.assign(this, { changed, note });
    this.marks = new Map();
    note.addEventListener("input", () => this.update({ note: note.value }));
  }

  /** Put the scribbles of a sheet onto the page. */
  show(article) {
    this.article = article;
    this.slot = Number(article.dataset.slot);
    if (!this.marks.has(this.slot)) this.marks.set(this.slot, JSON.parse(article.dataset.mark));
    for (const option of article.querySelectorAll(".option")) this.dress(option);
    this.note.value = this.mark.note;
    this.paint();
  }

  get mark() {
    return this.marks.get(this.slot);
  }

  update(part) {
    this.marks.set(this.slot, { ...this.mark, ...part });
    this.paint();
    this.changed(this.slot, this.mark);
  }

  /** Strike an option out, or take the line away. True if there is such an option. */
  strike(place) {
    const option = this.article.querySelectorAll(".option")[place];
    if (!option) return "";
    const token = option.querySelector("input").value;
    const isStruck = this.mark.struck.includes(token);
    this.update({ struck: isStruck ? this.mark.struck.filter((each) => each !== token) : [...this.mark.struck, token] });
    return `Option ${option.querySelector("input").dataset.letter} ${isStruck ? "is back" : "struck out"}`;
  }

  /** Highlight what is selected in the stem, or take a highlight off that it lies in. */
  highlight() {
    const [start, end] = this.selected() ?? [];
    if (!canHighlight || start === undefined) return "Select words of the question first";
    const over = this.mark.highlights.filter(([from, to]) => from < end && start < to);
    const isInside = over.some(([from, to]) => from <= start && end <= to);
    const others = this.mark.highlights.filter((range) => !over.includes(range));
    const joined = [Math.min(start, ...over.map(([from]) => from)), Math.max(end, ...over.map(([, to]) => to))];
    this.update({ highlights: isInside ? others : [...others, joined].sort(([one], [other]) => one - other) });
    getSelection().removeAllRanges();
    return isInside ? "Highlight taken off" : "Highlighted";
  }

  selected() {
    const stem = this.article.querySelector(".stem");
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!stem.contains(range.startContainer) || !stem.contains(range.endContainer)) return null;
    const start = offsetOf(stem, range.startContainer, range.startOffset);
    const end = offsetOf(stem, range.endContainer, range.endOffset);
    return start < end ? [start, end] : null;
  }

  dress(option) {
    if (option.parentElement.matches(".option-row")) return;
    const row = document.createElement("div");
    row.className = "option-row";
    option.replaceWith(row);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "strike";
    button.textContent = "S\u0336";
    button.addEventListener("click", () => this.strike([...this.article.querySelectorAll(".option")].indexOf(option)));
    row.append(option, button);
  }

  paint() {
    for (const row of this.article.querySelectorAll(".option-row")) {
      const input = row.querySelector("input");
      const isStruck = this.mark.struck.includes(input.value);
      row.classList.toggle("is-struck", isStruck);
      const button = row.querySelector(".strike");
      button.setAttribute("aria-pressed", String(isStruck));
      button.setAttribute("aria-label", `Strike out ${input.dataset.letter}`);
    }
    if (!canHighlight) return;
    const stem = this.article.querySelector(".stem");
    CSS.highlights.set("stem", new Highlight(...this.mark.highlights.map(([start, end]) => rangeOf(stem, start, end))));
  }
}

function offsetOf(root, node, offset) {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function rangeOf(root, start, end) {
  const range = document.createRange();
  range.selectNodeContents(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const after = passed + node.length;
    if (passed <= start && start < after) range.setStart(node, start - passed);
    if (passed < end && end <= after) range.setEnd(node, end - passed);
    passed = after;
  }
  return range;
}
