/* A chosen file is put into the field beside it; without this script its words are put there by hand. */

"use strict";

for (const chooser of document.querySelectorAll("[data-file-into]")) {
  const field = document.getElementById(chooser.dataset.fileInto);
  const tooLong = document.querySelector("[data-file-too-long]");
  chooser.closest("[data-file-row]").hidden = false;
  chooser.addEventListener("change", async () => {
    const file = chooser.files[0];
    if (!file) return;
    const bytes = await file.arrayBuffer();
    let words;
    try {
      words = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      words = new TextDecoder("windows-1252").decode(bytes);
    }
    tooLong.hidden = String(new URLSearchParams({ file: words })).length <= Number(chooser.dataset.most);
    if (tooLong.hidden) field.value = words;
  });
}
