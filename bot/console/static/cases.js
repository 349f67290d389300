/* What is typed into a sheet is kept while it is typed, sealed to whoever types it; without this
   script it is kept when it is sent. */

"use strict";

const KEEP_SECONDS = 3;

for (const form of document.querySelectorAll("form[data-keep-form]")) {
  let timer = 0;
  let isSent = false;
  const keep = async () => {
    timer = 0;
    if (isSent) return;
    try {
      const body = new URLSearchParams(new FormData(form));
      await fetch(form.dataset.keepForm, { method: "POST", body, keepalive: true, redirect: "error" });
      form.querySelector("[data-kept]").hidden = false;
    } catch {
      // The line is gone for a moment: what is typed next is kept with it.
    }
  };
  form.addEventListener("input", () => {
    timer ||= setTimeout(keep, KEEP_SECONDS * 1000);
  });
  form.addEventListener("submit", () => {
    isSent = true;
  });
  addEventListener("pagehide", () => {
    if (timer) keep();
  });
}
