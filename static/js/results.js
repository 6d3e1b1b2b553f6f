// Results and reviews: arrow keys, printing, times of day as the reader's clock shows them.
// The pages work without any of this.

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // Where something scrolls sideways, the arrows are for that.
  if (event.target.closest(".table-frame, select, input, textarea")) return;
  if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
  const wanted = document.querySelector(`[data-key="${event.key}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});

for (const note of document.querySelectorAll("[data-keys]")) note.hidden = false;

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const clock = new Intl.DateTimeFormat("en-US", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZoneName: "short" });
for (const time of document.querySelectorAll("time[data-local]")) time.textContent = clock.format(new Date(time.dateTime));
