// The exam room. The page of one question becomes all of them: moving needs no network, each change
// is on its way to the server at once, and "Saved" is the server's own word.

import { makeCalculator } from "./calculator.js";
import { Clock, leftInWords, makeHideable } from "./clock.js";
import { Courier } from "./courier.js";
import { Ending } from "./ending.js";
import { listen } from "./keys.js";
import { Loading } from "./loading.js";
import { Marks } from "./marks.js";
import { Navigator } from "./navigator.js";
import { Outbox } from "./outbox.js";
import { Panels } from "./panels.js";
import { pause } from "./pause.js";
import { Saying } from "./saying.js";
import { Sheets } from "./sheets.js";
import { Shelf } from "./shelf.js";
import { SignIn } from "./signin.js";

const POLL = 60_000;

const room = document.querySelector("[data-room]");
const find = (selector) => room.querySelector(selector);
const base = room.dataset.room;
const person = Number(room.dataset.person);
const length = Number(room.dataset.length);
const isForwardOnly = room.dataset.forwardOnly === "true";
const [desk, buttons, heading] = [find("[data-desk]"), find("[data-buttons]"), find("[data-desk] [data-heading]")];

const sheets = new Sheets(find("[data-place]"));
const navigator_ = new Navigator(find("[data-navigator]"), base);
const saying = new Saying(room);
const panels = new Panels(room);
const refusals = new Map(); // slot → why its answer cannot be saved
const courier = new Courier(base, person, { stored, stale, refused, over, signedOut, stranger, state });
const outbox = new Outbox(new Shelf(person, room.dataset.attempt), courier.deliver);
const marks = new Marks((slot, mark) => outbox.post("marks", slot, mark), find("[data-note]"));
const ending = new Ending(courier, outbox, refusals, find("[data-blocked]"));
const loading = new Loading({ path: `${base}questions?person=${person}`, length, sheets, outbox, renewed });
const signIn = new SignIn(find("[data-sign-in]"), courier, signedIn);
const clockShown = document.querySelector("[data-clock]");
const clock = new Clock((text) => { clockShown.textContent = text; }, { zero, passed: sayLeft, marks: [30, 15, 5, 1] });

let current = Number(room.dataset.number) || 0; // 0: the navigator
let furthest = Number(room.dataset.backTo);
let savedAt = null;
let trouble = ""; // why nothing can be sent, if it is not the network
let shownSince = performance.now();
let isLocked = false;

await begin();

async function begin() {
  clock.set(Number(room.dataset.left));
  await outbox.adopt(adopted);
  wire();
  if (current) settle(current);
  loading.fetch().then(() => { room.dataset.ready = "true"; });
  courier.refresh();
  setInterval(() => document.hidden || courier.refresh(), POLL);
}

// --- questions ------------------------------------------------------------------

function renewed(slot) {
  navigator_.set(slot, { isAnswered: sheets.isAnswered(slot) });
  if (slot === current) marks.show(sheets.get(slot));
}

/** The question that the server has printed: with its revision, and with what was done to it since. */
function settle(slot) {
  outbox.revisions.set(slot, Number(sheets.get(slot).dataset.revision));
  marks.show(sheets.get(slot));
  if (!outbox.pending(slot) && sheets.isChanged(slot)) edited();
}

/** An answer that another page left behind is shown as if it had been given here. */
function adopted({ kind, slot, body }) {
  if (kind !== "save" || !sheets.has(slot)) return;
  sheets.renew(slot, body);
  renewed(slot);
}

async function show(slot, { isBack = false } = {}) {
  if (!sheets.has(slot)) return saying.notice(`Question ${slot} is not here yet; the server has not answered.`);
  if (isForwardOnly && slot > furthest) advance(slot);
  leave();
  saying.notice("");
  current = slot;
  sheets.show(slot);
  marks.show(sheets.get(slot));
  [desk.hidden, buttons.hidden, navigator_.section.hidden] = [false, false, true];
  find("[data-number]").textContent = slot;
  paintFlag();
  const previous = find("[data-do=previous]");
  if (previous) previous.disabled = slot === 1;
  paintSaved();
  arrive(String(slot), `Question ${slot}`, heading, isBack);
  saying.say(heading.textContent.trim());
}

function showNavigator({ isBack = false, isAsking = false } = {}) {
  leave();
  const back = navigator_.section.querySelector("[data-back]");
  if (current) back.textContent = `Back to question ${current}`;
  if (current) room.dataset.backTo = current;
  current = 0;
  [desk.hidden, buttons.hidden, navigator_.section.hidden] = [true, true, false];
  ask(isAsking);
  navigator_.tell();
  arrive("check", "Review", navigator_.section.querySelector("[data-heading]"), isBack);
}

function arrive(path, title, focus, isBack) {
  const write = isBack || isForwardOnly ? "replaceState" : "pushState";
  history[write](null, "", base + path);
  document.title = document.title.replace(/^[^·]+/, `${title} `);
  window.scrollTo(0, 0);
  focus.focus({ preventScroll: true });
}

/** Count how long the question was on the screen. */
function leave() {
  if (current) sheets.seconds.set(current, secondsOf(current));
  shownSince = performance.now();
}

function secondsOf(slot) {
  const now = slot === current && !document.hidden ? (performance.now() - shownSince) / 1000 : 0;
  return (sheets.seconds.get(slot) ?? 0) + now;
}

function advance(slot) {
  furthest = slot;
  outbox.post("advance", slot, []);
  navigator_.limit(slot);
}

// --- what the learner does -----------------------------------------------------------

function edited() {
  if (!current || isLocked) return;
  refusals.delete(current);
  navigator_.set(current, { isAnswered: sheets.isAnswered(current) });
  outbox.post("save", current, sheets.fields(current), secondsOf(current));
}

const actions = {
  previous: () => current > 1 && !isForwardOnly && show(current - 1),
  next: () => current && (current < length ? show(current + 1) : showNavigator()),
  check: () => showNavigator(),
  flag: () => current && flag(!navigator_.isFlagged(current)),
  note: () => current && panels.toggle("note"),
  calculator: () => panels.toggle("calculator"),
  shortcuts: () => panels.toggle("shortcuts"),
  highlight: () => current && saying.say(marks.highlight()),
  clear: () => current && clear(),
  time: () => saying.say(`${leftInWords(clock.left)} left`),
};

function flag(isOn) {
  outbox.post("flag", current, isOn ? [["on", "y"]] : []);
  navigator_.set(current, { isFlagged: isOn });
  paintFlag();
  saying.say(isOn ? "Flagged" : "Flag taken off");
}

function paintFlag() {
  const isFlagged = navigator_.isFlagged(current);
  find("[data-flag-word]").textContent = isFlagged ? ", flagged" : "";
  find("[data-do=flag]").setAttribute("aria-pressed", String(isFlagged));
}

function clear() {
  sheets.renew(current, []);
  marks.show(sheets.get(current));
  edited();
  saying.say("Answer cleared");
}

function choose(place) {
  const choice = current && sheets.form(current).querySelectorAll("input[name=chosen]")[place];
  if (!choice) return false;
  choice.focus();
  choice.click();
  return true;
}

function strike(place) {
  const said = current ? marks.strike(place) : "";
  if (said) saying.say(said);
  return Boolean(said);
}

// --- handing in ------------------------------------------------------------------------

function ask(isAsking) {
  find("[data-asking]").hidden = !isAsking;
  find("[data-blocked]").hidden = true;
  if (isAsking) find("[data-stay]").focus();
}

async function takeBreak() {
  outbox.hurry();
  await Promise.race([outbox.empty(), pause(4_000)]);
  if (outbox.waiting || !(await courier.refresh())) return saying.notice("The break has not begun: the server does not answer.");
  HTMLFormElement.prototype.submit.call(document.querySelector("[data-break]"));
}

function lock() {
  isLocked = true;
  for (const part of [find("[data-place]"), find("[data-tools]"), buttons, navigator_.section]) part.inert = true;
}

/** Time is up: no more input, no question, no dialog. */
function zero() {
  lock();
  saying.notice("Time is up. Your last answers are being sent.");
  ending.expire();
}

// --- what the server says -----------------------------------------------------------------

function stored(slot, revision, at) {
  outbox.revisions.set(slot, revision);
  savedAt = at;
  trouble = "";
}

async function stale(slot) {
  outbox.forget(slot);
  await loading.fetch(new Set([slot]));
  saying.notice(`Question ${slot} was answered in another window meanwhile. This page shows that answer now.`);
}

function refused(slot, message) {
  refusals.set(slot, message);
}

function over(location) {
  outbox.halt();
  window.location.assign(location);
}

function signedOut() {
  outbox.halt();
  trouble = "signed out";
  if (isLocked) over(base);
  else signIn.open();
}

function signedIn() {
  trouble = "";
  outbox.resume();
}

function stranger(name) {
  outbox.halt();
  trouble = "somebody else is signed in";
  lock();
  desk.hidden = navigator_.section.hidden = buttons.hidden = true;
  saying.notice(`${name} is signed in on this computer now. This exam was opened by somebody else: what they have not sent yet stays in this browser, and is sent for nobody but them.`);
}

function state({ left, slots }) {
  clock.set(left);
  const behind = slots.filter(({ n, revision }) => sheets.has(n) && !outbox.pending(n) && revision > (outbox.revisions.get(n) ?? 0));
  if (behind.length) loading.fetch(new Set(behind.map(({ n }) => n)));
  for (const { n, flagged } of slots) {
    const isWaiting = outbox.letters.some((letter) => letter.kind === "flag" && letter.slot === n);
    if (!isWaiting) navigator_.set(n, { isFlagged: flagged });
  }
  if (current) paintFlag();
}

function sayLeft() {
  saying.say(`${leftInWords(clock.left)} left`);
}

function paintSaved() {
  const why = trouble || (navigator.onLine ? "the server does not answer" : "offline");
  const isFailing = outbox.isFailing || outbox.isHalted;
  saying.paint({ waiting: outbox.waiting, isFailing, at: savedAt, refused: refusals.get(current), why });
  const alert = find("[data-refused]");
  alert.hidden = !refusals.has(current);
  alert.textContent = refusals.has(current) ? `Not saved: ${refusals.get(current)}` : "";
}

// --- wiring -----------------------------------------------------------------------------------

function wire() {
  saying.retry = () => (trouble === "signed out" ? signIn.open() : outbox.resume());
  outbox.addEventListener("change", paintSaved);
  makeCalculator(find("[data-panel=calculator]"));
  find("[data-tools]").hidden = false;
  for (const button of room.querySelectorAll("button[data-do]")) {
    button.type = "button";
    button.addEventListener("click", () => actions[button.dataset.do]());
  }
  const place = find("[data-place]");
  place.addEventListener("input", edited);
  place.addEventListener("change", (event) => event.target.matches("[data-sortable]") && edited());
  place.addEventListener("submit", (event) => event.preventDefault());
  navigator_.section.addEventListener("click", follow);
  navigator_.section.querySelector("[data-submit]").addEventListener("submit", (event) => {
    event.preventDefault();
    ending.submit();
  });
  makeHideable(clockShown, document.querySelector("[data-hide-clock]"));
  document.querySelector("[data-break] button")?.addEventListener("click", (event) => {
    event.preventDefault();
    takeBreak();
  });
  document.addEventListener("visibilitychange", seen);
  addEventListener("popstate", back);
  listen({ act: (name) => actions[name](), choose, strike, say: (words) => saying.say(words), isAwake: () => !isLocked });
}

/** Links of the navigator stay on this page. */
function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { slot, back, ask: asks, stay } = link.dataset;
  if (slot === undefined && back === undefined && asks === undefined && stay === undefined) return;
  event.preventDefault();
  if (slot !== undefined) show(Number(slot));
  else if (back !== undefined) show(Number(room.dataset.backTo));
  else ask(asks !== undefined);
}

/** Away from the page the question is not on the screen. */
function seen() {
  if (document.hidden && current) sheets.seconds.set(current, (sheets.seconds.get(current) ?? 0) + (performance.now() - shownSince) / 1000);
  shownSince = performance.now();
  if (!document.hidden) courier.refresh();
}

function back() {
  const slot = Number(location.pathname.slice(base.length));
  if (slot) show(slot, { isBack: true });
  else showNavigator({ isBack: true });
}
