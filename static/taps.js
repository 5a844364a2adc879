/* Taps that wait for the network. A form marked data-tap="<row's id>" is sent by fetch; until it has
   arrived it is kept on this device, with its one-time key, so that it counts once however often it
   is sent. Kept are the form's address, its fields and the time: no name, no door, no token. What was
   kept and is refused when it arrives stays in sight until somebody says that it was read. */
"use strict";

(() => {
  const bar = document.getElementById("unsent");
  if (!bar) return;
  const STORE = "ylyx-taps";
  const EVERY = 10000, LONGEST = 15000;
  const owner = bar.dataset.owner;
  let memory = "[]"; // where the browser lets nothing be kept
  const atOnce = new Set(); // keys of taps of this page that no network has failed yet
  let sending = null, isSignedOut = false, isOther = false;

  const load = () => { try { return JSON.parse(localStorage.getItem(STORE) || "[]"); } catch { return JSON.parse(memory); } };
  const store = (taps) => {
    memory = JSON.stringify(taps);
    try { if (taps.length) localStorage.setItem(STORE, memory); else localStorage.removeItem(STORE); } catch { /* kept in memory */ }
  };
  const key = (tap) => tap.fields.find(([name]) => name === "key")?.[1];
  const mine = () => load().filter((tap) => tap.owner === owner);
  const waiting = () => mine().filter((tap) => !tap.refused);
  const drop = (tap) => store(load().filter((one) => one.owner !== tap.owner || key(one) !== key(tap)));
  const token = () => document.querySelector("input[name=csrf_token]")?.value || "";
  const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/[+/=]/g, "-");

  /* ----- a tap ----- */
  function keep(form, button) {
    const fields = [...new FormData(form, button)].filter(([name]) => name !== "csrf_token" && name !== "back");
    fields.push(["tapped_at", new Date().toISOString()]);
    const words = form.dataset.words || [...button.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("").trim();
    atOnce.add(form.elements.key.value);
    const tap = { owner, address: form.getAttribute("action"), row: form.dataset.tap, fields, words };
    store([...load(), tap]);
    form.elements.key.value = newKey(); // another tap at this row is another deed
    form.querySelectorAll("button").forEach((one) => { one.disabled = true; }); // until this one is answered, or kept
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-tap]")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.submitter) { keep(form, event.submitter); send(); }
    } else if (form.matches("form[action='/sign-out']") && waiting().length && !form.dataset.sure) {
      event.preventDefault();
      event.stopImmediatePropagation();
      leave(form);
    } else if (form.matches("form[action='/sign-out']")) {
      store(load().filter((tap) => tap.owner !== owner));
    }
  }, true);

  /* Before signing out what is kept is sent; what cannot be sent is thrown away only when asked twice. */
  async function leave(form) {
    await send();
    if (!waiting().length) { form.submit(); return; }
    form.dataset.sure = "yes";
    say(bar.dataset.leaving.replace("#", waiting().length));
  }

  /* ----- sending, in order, one after the other, in one window at a time ----- */
  function send() {
    sending ??= (navigator.locks ? navigator.locks.request(STORE, sendAll) : sendAll())
      .finally(() => { sending = null; show(); });
    return sending;
  }

  async function sendAll() {
    isSignedOut = isOther = false;
    let onward = "";
    for (let tap = waiting()[0]; tap; tap = waiting()[0]) {
      const answer = await post(tap, true);
      if (!answer) { atOnce.clear(); return; }
      if (answer.isRefused && !atOnce.has(key(tap))) refuse(tap, answer);
      else drop(tap);
      if (answer.onward && formOf(tap.row)) onward = answer.onward;
      else place(tap, answer);
    }
    if (onward && new URL(onward, location).pathname === location.pathname) location.reload();
    else if (onward) location.assign(onward);
  }

  /* The answer, or null: the tap stays. */
  async function post(tap, isFirst) {
    const body = new URLSearchParams([...tap.fields, ["csrf_token", token()]]);
    const ago = Math.max(0, Math.round((Date.now() - Date.parse(tap.fields.find(([name]) => name === "tapped_at")?.[1])) / 1000)) || 0;
    const headers = { "HX-Request": "true", "X-Taps-Of": owner, "X-Tapped-Ago": ago };
    try {
      const answer = await fetch(tap.address, { method: "POST", body, headers, signal: AbortSignal.timeout(LONGEST) });
      const text = await answer.text(), onward = answer.headers.get("HX-Redirect") || "";
      if (onward.startsWith("/sign-in")) { isSignedOut = true; return null; }
      // The session may have ended meanwhile, or be somebody else's: the page knows, and has the new token.
      if ([400, 409].includes(answer.status) && isFirst) return await refresh() ? post(tap, false) : null;
      if (answer.status >= 500 || [408, 429].includes(answer.status)) return null;
      return { isRefused: answer.status >= 400, onward, text };
    } catch { return null; }
  }

  /* Nobody may be looking when a kept tap is refused: the sentence is kept in its stead. */
  function refuse(tap, answer) {
    const refused = reason(answer.text);
    store(load().map((one) => (one.owner === tap.owner && key(one) === key(tap) ? { ...one, refused } : one)));
  }

  function reason(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    return (page.querySelector("[role=alert]") || page.querySelector("main p"))?.textContent.trim() || "";
  }

  async function refresh() {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(LONGEST) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.getElementById("unsent")?.dataset.owner;
    isSignedOut = new URL(answer.url).pathname.startsWith("/sign-in");
    isOther = !isSignedOut && there !== owner;
    if (there !== owner) return false;
    const fresh = page.querySelector("input[name=csrf_token]").value;
    document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = fresh; });
    return true;
  }

  /* Each part of the answer takes the place of what has its id; a refusal without any stands beside the row. */
  function place(tap, answer) {
    const parts = document.createElement("template");
    parts.innerHTML = answer.text;
    let isPlaced = false;
    const isPage = /<html/i.test(answer.text); // a whole page takes no place: its sentence is shown
    const isShown = !isPage && document.getElementById(tap.row); // else the figures are another day's
    for (const part of [...parts.content.children]) {
      const there = isShown && part.id && document.getElementById(part.id);
      if (!there) continue;
      if (answer.isRefused && !atOnce.has(key(tap))) part.querySelectorAll("[role=alert]").forEach((one) => { one.remove(); });
      there.replaceWith(part);
      window.htmx?.process(part);
      isPlaced = true;
    }
    if (answer.isRefused && !isPlaced && atOnce.has(key(tap))) warn(tap, `${bar.dataset.lost} ${reason(answer.text)}`);
  }

  /* ----- showing ----- */
  const formOf = (row) => document.querySelector(`form[data-tap="${CSS.escape(row)}"]`);

  function say(text) {
    bar.hidden = !text;
    bar.querySelector("span").textContent = text;
  }

  function warn(tap, text) {
    const words = document.createElement("p");
    words.className = "error";
    words.setAttribute("role", "alert");
    words.textContent = text;
    (formOf(tap.row) || bar).before(words);
    return words;
  }

  /* With a button that takes it away for good. */
  function warnUntilRead(tap) {
    const words = warn(tap, `${bar.dataset.refused.replace("#", tap.words)} ${tap.refused} `);
    words.classList.add("unread");
    const read = document.createElement("button");
    read.type = "button";
    read.className = "button plain small";
    read.textContent = bar.dataset.read;
    read.addEventListener("click", () => { drop(tap); words.remove(); });
    words.append(read);
  }

  function show() {
    document.querySelectorAll(".unread").forEach((words) => { words.remove(); });
    mine().filter((tap) => tap.refused).forEach(warnUntilRead);
    document.querySelectorAll(".waits").forEach((mark) => mark.remove());
    document.querySelectorAll("form[data-tap] button").forEach((one) => { one.disabled = false; });
    const left = waiting(), others = load().filter((tap) => tap.owner !== owner && !tap.refused).length;
    for (const tap of left) {
      const mark = document.createElement("span");
      mark.className = "waits";
      mark.textContent = bar.dataset.row.replace("#", tap.words);
      formOf(tap.row)?.before(mark);
    }
    bar.querySelector("a").hidden = !isSignedOut;
    const text = !left.length ? (others ? bar.dataset.others : "")
      : isSignedOut ? bar.dataset.signedOut : isOther ? bar.dataset.other : bar.dataset.waiting;
    say(text.replace("#", left.length || others));
    for (const one of document.querySelectorAll("[data-offline]")) one.hidden = navigator.onLine && !left.length;
  }

  addEventListener("online", send);
  addEventListener("offline", show);
  addEventListener("pageshow", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  show();
  setInterval(() => { if (waiting().length) send(); }, EVERY);
})();
