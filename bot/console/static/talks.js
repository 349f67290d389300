/* A conversation and the list of them, kept as they are now while they are looked at. A line of
   server-sent events says that something changed; the page is asked for anew, and what differs is
   put in its place. A page whose line has no address is asked for anew now and then. Nothing that
   is being typed is ever touched. Without this script everything works too: by looking again. */

"use strict";

const lively = document.querySelector("[data-lively]");
if (lively) keepLively();

function keepLively() {
  const SLOW_SECONDS = 30;
  const SHOWN_SECONDS = 12;
  const served = new Map();
  const keepers = new WeakMap();
  let source = null;
  let isAsking = false;
  let again = false;

  remember(document);
  listen();
  setInterval(look, SLOW_SECONDS * 1000);
  setInterval(hideOver, 1000);
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  document.addEventListener("submit", stay);
  document.addEventListener("toggle", showPhoto, true);
  for (const form of document.querySelectorAll("form[data-typed]")) keepTyped(form);

  /* -- what is new ----------------------------------------------------------------------------- */

  function listen() {
    source?.close();
    source = null;
    if (document.hidden || !lively.dataset.lively) return; // few lines for a house: what is seen
    source = new EventSource(lively.dataset.lively);
    source.addEventListener("changed", look);
    source.addEventListener("over", () => location.reload());
  }

  async function look() {
    if (document.hidden) return;
    if (isAsking) {
      again = true;
      return;
    }
    isAsking = true;
    try {
      const answer = await ask("GET", lively.dataset.now);
      if (isOurs(answer)) show(answer.page);
      else location.reload();
    } catch {
      // The line is gone for a moment: it is looked again.
    }
    isAsking = false;
    if (again) {
      again = false;
      look();
    }
  }

  /* A page comes as a document of its own, in which nothing runs. */
  function ask(method, address, body) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, address);
      request.responseType = "document";
      request.timeout = 20_000;
      request.onload = () => resolve({ status: request.status, page: request.response });
      request.onerror = reject;
      request.ontimeout = reject;
      request.send(body);
    });
  }

  function isOurs(answer) {
    const found = answer.page?.querySelector("[data-lively]");
    return Boolean(found) && found.dataset.lively === lively.dataset.lively;
  }

  /* -- putting it in its place ------------------------------------------------------------------- */

  function show(page) {
    const typing = document.activeElement?.closest("form[data-typed]");
    const before = typing?.getBoundingClientRect().top;
    const wasAtEnd = isEndSeen();
    document.title = page.title;
    for (const fresh of page.querySelectorAll("[data-live]")) {
      const part = document.getElementById(fresh.id);
      if (!part) continue;
      refresh(part, fresh);
      const rows = part.matches("[data-rows]") ? part : part.querySelector("[data-rows]");
      const newRows = fresh.matches("[data-rows]") ? fresh : fresh.querySelector("[data-rows]");
      if (rows && newRows) showRows(rows, newRows);
      else put(part, fresh);
    }
    if (typing?.isConnected) scrollBy(0, typing.getBoundingClientRect().top - before);
    else if (wasAtEnd) document.getElementById("thread")?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  function isEndSeen() {
    const last = document.getElementById("thread")?.lastElementChild;
    if (!last) return false;
    const box = last.getBoundingClientRect();
    return box.bottom > 0 && box.bottom <= innerHeight + 40;
  }

  function showRows(rows, fresh) {
    const wanted = new Set([...fresh.children].map((row) => row.id));
    for (const row of [...rows.children]) if (!wanted.has(row.id)) row.remove();
    let place = rows.firstElementChild;
    for (const row of [...fresh.children]) {
      let known = document.getElementById(row.id);
      if (known && known === place) place = place.nextElementSibling;
      else if (known) rows.insertBefore(known, place);
      else {
        known = document.importNode(row, true);
        rows.insertBefore(known, place);
        served.set(row.id, keyOf(row));
        continue;
      }
      put(known, row);
    }
  }

  /* Only what differs from what came last time; never what somebody is just using. */
  function put(part, fresh) {
    const key = keyOf(fresh);
    if (served.get(part.id) === key || isInUse(part)) return;
    const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const made = document.importNode(fresh, true);
    part.replaceWith(made);
    served.set(made.id, key);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const form of made.querySelectorAll("form[data-typed]")) keepTyped(form);
    if (focused) (made.querySelector(likeness(focused)) ?? made.querySelector("a, button"))?.focus();
  }

  function likeness(element) {
    const form = element.closest("form");
    if (element.id) return `#${CSS.escape(element.id)}`;
    return form ? `form[action="${form.getAttribute("action")}"] button` : "a, button";
  }

  function isInUse(part) {
    const active = document.activeElement;
    if (part.contains(active) && active.matches("input, textarea, select, audio")) return true;
    for (const sound of part.querySelectorAll("audio")) if (!sound.paused) return true;
    return [...part.querySelectorAll("input, textarea, select")].some(isChanged);
  }

  function isChanged(field) {
    if (field.type === "hidden") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.matches("select")) return [...field.options].some((one) => one.selected !== one.defaultSelected && [...field.options].some((other) => other.defaultSelected));
    return field.value !== field.defaultValue;
  }

  /* What is new in every page, like the word under which a form is sent once, is no difference. */
  function keyOf(element) {
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll("[data-fresh]")) one.removeAttribute("value");
    return copy.outerHTML;
  }

  function refresh(part, fresh) {
    const news = fresh.querySelectorAll("[data-fresh]");
    const olds = part.querySelectorAll("[data-fresh]");
    if (news.length === olds.length) olds.forEach((one, place) => { one.value = news[place].value; });
  }

  function remember(page) {
    for (const part of page.querySelectorAll("[data-live]")) {
      served.set(part.id, keyOf(part));
      const rows = part.matches("[data-rows]") ? part : part.querySelector("[data-rows]");
      for (const row of rows?.children ?? []) served.set(row.id, keyOf(row));
    }
  }

  /* A photo is fetched when somebody wants to see it, and not before. */
  function showPhoto(event) {
    const { open, dataset } = event.target;
    if (!open || !dataset.photo || event.target.querySelector("img")) return;
    const photo = document.createElement("img");
    photo.alt = dataset.alt;
    photo.onerror = () => photo.remove(); // what cannot be made harmless can be had as it was sent
    photo.src = dataset.photo;
    event.target.querySelector("summary").after(photo);
  }

  /* -- doing something without leaving the page -------------------------------------------------- */

  async function stay(event) {
    const form = event.target;
    if (!form.matches("[data-stay]")) return;
    event.preventDefault();
    if ("busy" in form.dataset) return;
    form.dataset.busy = "";
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await ask("POST", form.getAttribute("action"), body);
      if (isOurs(answer)) did(form, answer.page);
      else leave(form, event.submitter);
    } catch {
      tell(document.querySelector("[data-offline]").cloneNode(true));
    }
    delete form.dataset.busy;
  }

  function did(form, page) {
    const told = page.getElementById("told");
    const isRefused = told.querySelector(".told-bad, .told-warn") !== null;
    if (!isRefused) {
      form.reset();
      if (form.matches("[data-typed]")) {
        const field = form.querySelector("textarea");
        field.defaultValue = "";
        field.value = "";
      }
      keepers.get(form)?.(); // nothing of it is kept as a draft any more
      form.closest("details")?.removeAttribute("open");
    }
    document.getElementById("told").replaceChildren(...[...told.children].map((one) => document.importNode(one, true)));
    forgetTold();
    if (form.contains(document.activeElement) && !form.matches("[data-typed]")) document.activeElement.blur();
    const field = form.matches("[data-typed]") ? form.querySelector("textarea") : null;
    const waits = field && document.activeElement === field;
    if (waits) field.blur();
    show(page);
    if (field && !isRefused) document.getElementById(field.id)?.focus({ preventScroll: true });
    document.getElementById("thread")?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  function leave(form, submitter) {
    if (submitter?.name) {
      const said = document.createElement("input");
      said.type = "hidden";
      said.name = submitter.name;
      said.value = submitter.value;
      form.append(said);
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  function tell(words) {
    words.hidden = false;
    document.getElementById("told").replaceChildren(words);
  }

  function forgetTold() {
    const said = [...document.querySelectorAll("#told :is(.told-good, .told-warn)")];
    setTimeout(() => said.forEach((one) => one.remove()), SHOWN_SECONDS * 1000);
  }

  function hideOver() {
    for (const form of document.querySelectorAll("form[data-until]")) {
      if (Date.now() / 1000 > Number(form.dataset.until)) form.hidden = true;
    }
  }

  /* -- what is being typed ------------------------------------------------------------------------ */

  function keepTyped(form) {
    const EVERY_SECONDS = 2;
    const field = form.querySelector("textarea");
    let kept = field.value;
    let timer = 0;
    const keep = async () => {
      timer = 0;
      if (field.value === kept) return;
      kept = field.value;
      const body = new URLSearchParams({
        token: form.elements.token.value,
        kind: form.dataset.kind,
        text: field.value,
      });
      try {
        await fetch(form.dataset.typed, { method: "POST", body, keepalive: true, redirect: "error" });
      } catch {
        kept = "";
      }
    };
    keepers.set(form, keep);
    field.addEventListener("input", () => {
      timer ||= setTimeout(keep, EVERY_SECONDS * 1000);
    });
    addEventListener("pagehide", keep);
  }
}
