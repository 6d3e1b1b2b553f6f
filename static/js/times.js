// Times of day as the reader's own clock shows them; the server writes UTC.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });

function show(time) {
  const minutes = Number(time.dataset.fromNow);
  const at = minutes ? new Date(Date.now() + minutes * 60_000) : new Date(time.dateTime);
  time.textContent = clock.format(at);
}

const times = document.querySelectorAll("time[data-local]");
times.forEach(show);
setInterval(() => times.forEach(show), 15_000);
