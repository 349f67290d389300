/* What the pages of the reports do by themselves: they tell of news and keep what is typed.
   Without this script everything works too: the list has a link to look again. */

"use strict";

const QUEUE_SECONDS = 30;
const TYPED_SECONDS = 4;

watchTheQueue();
keepWhatIsTyped();

function watchTheQueue() {
  const list = document.querySelector("[data-mark]");
  const news = document.querySelector("[data-news]");
  if (!list || !news) return;
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/reports-news", { cache: "no-store", redirect: "error" });
      if (answer.ok && (await answer.json()).mark !== list.dataset.mark) news.hidden = false;
    } catch {
      // The line is gone for a moment, or the page is locked: it is looked again.
    }
  };
  setInterval(look, QUEUE_SECONDS * 1000);
  document.addEventListener("visibilitychange", look);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...list.querySelectorAll("a")];
    const next = links[links.indexOf(document.activeElement) + step];
    if (step && next) {
      event.preventDefault();
      next.focus();
    }
  });
}

function keepWhatIsTyped() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const field = form.querySelector("textarea");
    let kept = field.value;
    let timer = 0;
    let isSent = false;
    const keep = async () => {
      timer = 0;
      if (isSent || field.value === kept) return;
      kept = field.value;
      const body = new URLSearchParams({
        token: form.elements.token.value,
        kind: form.dataset.kind,
        text: field.value,
      });
      try {
        await fetch(form.dataset.keep, { method: "POST", body, keepalive: true, redirect: "error" });
      } catch {
        kept = "";
      }
    };
    field.addEventListener("input", () => {
      timer ||= setTimeout(keep, TYPED_SECONDS * 1000);
    });
    form.addEventListener("submit", () => {
      isSent = form.dataset.kind === "note"; // a reply is looked at once more before it goes
    });
    addEventListener("pagehide", keep);
  }
}
