/** Puts the page together: hears what happens at the local Telegram, asks how things stand, shows it. */

import { Forum } from "./forum.js";
import { personSheet, Switcher } from "./people.js";
import { Phone } from "./phone.js";
import { Travels } from "./travels.js";
import { wire } from "./wire.js";

const NOTICE_MS = 6000;

const deck = document.getElementById("deck");
const notice = document.getElementById("notice");
const phones = new Map(); // person id → Phone
const forum = new Forum(act);
const switcher = new Switcher(document.getElementById("switcher"));
const travels = new Travels(document.getElementById("travels"), act);
let noticeTimer = 0;
let looking = false;
let lookAgain = false;

/** Do something at the local Telegram; a refusal is told to the person and returns undefined. */
async function act(what, body) {
  try {
    const answer = await (typeof what === "function" ? what() : wire.act(what, body));
    await look();
    return answer;
  } catch (refused) {
    tell(refused.message);
    return undefined;
  }
}

function tell(words) {
  clearTimeout(noticeTimer);
  notice.textContent = words;
  noticeTimer = setTimeout(() => (notice.textContent = ""), NOTICE_MS);
}

/** Ask how things stand and show it. Wishes that come meanwhile become one more look. */
async function look() {
  if (looking) {
    lookAgain = true;
    return;
  }
  looking = true;
  try {
    do {
      lookAgain = false;
      show(await wire.state());
    } while (lookAgain);
    lineChanged(true);
  } catch {
    lineChanged(false);
  } finally {
    looking = false;
  }
}

function show(state) {
  const people = state.people ?? [];
  const here = new Set(people.map((person) => person.id));
  for (const [id, phone] of phones) {
    if (here.has(id)) continue;
    phone.node.remove();
    phones.delete(id);
  }
  const nobodyBegan = people.every((person) => (person.chat?.messages ?? []).length === 0);
  people.forEach((person, at) => phoneOf(person).show(person, state, nobodyBegan && at === 0));
  forum.show(state.groups?.[0]);
  const screens = people.map((person) => ({ key: person.id, name: person.first_name, node: phones.get(person.id).node }));
  if (state.groups?.length) screens.push({ key: "forum", name: "Operators", node: forum.node });
  switcher.show(screens);
  travels.showFaults(state.faults);
  deck.removeAttribute("aria-busy");
}

function phoneOf(person) {
  if (!phones.has(person.id)) {
    const phone = new Phone(person, act);
    phones.set(person.id, phone);
    deck.insertBefore(phone.node, forum.node);
  }
  return phones.get(person.id);
}

function heard(event) {
  if (event.type === "popup") (phones.get(event.person) ?? forum).popup(event.text, event.show_alert);
  if (event.type === "reset") travels.forget();
  if (event.type !== "call") look();
  travels.refresh();
}

function lineChanged(whole) {
  document.getElementById("line").hidden = whole;
}

function sheets() {
  const real = document.getElementById("real");
  document.getElementById("real-open").addEventListener("click", () => real.showModal());
  personSheet(document.getElementById("person"), document.getElementById("person-open"), async (person) => {
    const added = await act("people", person);
    if (!added?.id || !phones.has(added.id)) return;
    phones.get(added.id).node.scrollIntoView({ inline: "center", block: "nearest" });
  });
}

deck.append(forum.node);
sheets();
look();
travels.refresh();
wire.listen(heard, (whole) => {
  lineChanged(whole);
  if (whole) look();
});
