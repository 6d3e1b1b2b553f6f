// The break runs down; when it is used up, the exam's clock runs on and its page comes back.

import { Clock } from "./room/clock.js";

const shown = document.querySelector("[data-rest]");
const rest = new Clock((left) => { shown.textContent = left; }, { zero: () => location.reload() });
rest.set(Number(shown.dataset.rest));
document.addEventListener("visibilitychange", () => { if (!document.hidden) location.reload(); });
