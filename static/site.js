/* What the browser adds to links and forms that work without it. */
"use strict";

/* "Near me": keep the position, rounded to about 100 m, in a cookie of this session, never in an address. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-near-me]");
  if (!button || !navigator.geolocation) return;
  event.preventDefault();
  navigator.geolocation.getCurrentPosition(
    (where) => {
      const near = `${where.coords.latitude.toFixed(3)},${where.coords.longitude.toFixed(3)}`;
      document.cookie = `near=${near}; path=/; SameSite=Lax`;
      location.reload();
    },
    () => { button.textContent = button.dataset.refused; },
    { maximumAge: 600000, timeout: 8000 },
  );
});

/* Minutes left of an undo, told in whole seconds and only shown, never decided here. */
function countDown(part) {
  const ends = Date.now() + Number(part.dataset.seconds) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    part.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
document.querySelectorAll("[data-seconds]").forEach(countDown);

/* How long a place is still held, said politely: once a minute, not once a second. */
document.querySelectorAll("[data-tell]").forEach((part) => {
  const ends = Date.now() + Number(part.dataset.tell) * 1000;
  const tell = () => {
    const left = Math.ceil((ends - Date.now()) / 60000);
    part.textContent = left > 0 ? part.dataset.words.replace("#", left) : part.dataset.over;
    if (left > 0) setTimeout(tell, Math.max(1000, ends - Date.now() - (left - 1) * 60000));
  };
  setTimeout(tell, Math.max(1000, (Number(part.dataset.tell) % 60) * 1000));
});

/* Printing and copying need a script; the buttons are hidden without one. */
document.documentElement.classList.add("scripted");
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* 听一听: the browser reads the page aloud; a second tap stops it. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-speak]");
  if (!button || !window.speechSynthesis) return;
  if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
  const words = new SpeechSynthesisUtterance(document.getElementById(button.dataset.speak).innerText);
  words.lang = document.documentElement.lang;
  words.rate = 0.85;
  speechSynthesis.speak(words);
});

/* − and + beside a number; the change is told to htmx as if it had been typed. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const number = button.parentElement.querySelector("input");
  const next = (parseInt(number.value, 10) || 0) + Number(button.dataset.step);
  number.value = String(Math.max(0, Math.min(9, next)));
  number.dispatchEvent(new Event("change", { bubbles: true }));
});

/* Keys of the telephone desk: a sign chooses what shows it, the arrows go through a list. */
function stepThrough(event) {
  const cell = event.target.dataset;
  if (cell.row) {
    const row = Number(cell.row) + (event.key === "ArrowDown" ? 1 : -1);
    const below = document.querySelector(`[data-row="${row}"][data-column="${cell.column}"]`);
    if (below) { event.preventDefault(); below.focus(); below.select(); }
    return;
  }
  const stops = [...document.querySelectorAll("[data-arrow]:not([disabled])")];
  if (!stops.length || event.target.matches("textarea, select, [type=radio]")) return;
  const down = event.key === "ArrowDown";
  const at = stops.indexOf(event.target);
  const next = at < 0 ? stops[down ? 0 : stops.length - 1] : stops[at + (down ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (next.select) next.select();
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { stepThrough(event); return; }
  if (event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
  const keyed = [...document.querySelectorAll("[data-key]")];
  const wanted = keyed.find((one) => one.dataset.key === event.key.toUpperCase());
  if (!wanted || wanted.disabled) return;
  event.preventDefault();
  if (wanted.matches("input:not([type=radio])")) { wanted.focus(); wanted.select(); } else wanted.click();
});

/* What takes a few seconds says so, politely, and takes no second tap meanwhile. */
function sayBusy(part, button) {
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  words.className = "quiet";
  words.textContent = part.dataset.busy;
  button.after(words);
  button.setAttribute("aria-disabled", "true");
  return () => { words.remove(); button.removeAttribute("aria-disabled"); };
}
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-busy]");
  if (form) sayBusy(form, form.querySelector("button.wide") || form.querySelector("button"));
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-busy]");
  if (!link || !window.fetch || link.hasAttribute("aria-disabled")) return;
  event.preventDefault();
  const done = sayBusy(link, link);
  fetch(link.href)
    .then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer)))
    .then((file) => {
      const away = document.createElement("a");
      away.href = URL.createObjectURL(file);
      away.download = link.dataset.name || "";
      away.click();
      setTimeout(() => URL.revokeObjectURL(away.href), 60000);
    })
    .catch(() => { location.assign(link.href); })
    .finally(done);
});

/* On a phone the desk's tasks are a strip: the one that is open stands in view. */
document.querySelector(".side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
