/** Puts the page together: hears what happens at the local Telegram, asks how things stand, shows it. */

import { Forum } from "./forum.js";
import { FIRST_PEOPLE, personSheet, Switcher } from "./people.js";
import { Phone } from "./phone.js";
import { Travels } from "./travels.js";
import { LineError, wire } from "./wire.js";

const NOTICE_MS = 6000;
const TYPING_ENDS_MS = 5200; // Telegram shows "typing" for five seconds, and no event tells its end.

const deck = document.getElementById("deck");
const nobody = document.getElementById("nobody");
const notice = document.getElementById("notice");
const phones = new Map(); // person id → Phone
const forum = new Forum(act);
const switcher = new Switcher(document.getElementById("switcher"));
const travels = new Travels(document.getElementById("travels"), act);
let noticeTimer = 0;
let typingTimer = 0;
let looking = null;
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
function look() {
  lookAgain = looking !== null;
  looking ??= lookUntilQuiet();
  return looking;
}

async function lookUntilQuiet() {
  try {
    do {
      lookAgain = false;
      show(await wire.state());
      lineChanged(true);
    } while (lookAgain);
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    lineChanged(false);
  } finally {
    looking = null; // In the same breath as the last question, so that no wish falls between.
  }
}

function show(state) {
  const group = state.groups[0];
  const people = withPhones(state.people, group);
  removeGone(people);
  const nobodyBegan = people.every((person) => !person.started);
  people.forEach((person, at) => phoneOf(person).show(person, state, nobodyBegan && at === 0));
  forum.show(group, state.people, state.console);
  document.getElementById("console-step").hidden = !forum.leadsToConsole;
  nobody.hidden = people.length > 0;
  const screens = people.map((person) => ({ key: person.id, name: person.first_name, node: phones.get(person.id).node }));
  if (group) screens.push({ key: "forum", name: "Operators", node: forum.node });
  switcher.show(screens);
  travels.show(state);
  deck.removeAttribute("aria-busy");
  clearTimeout(typingTimer);
  if (people.some((person) => person.chat.typing)) typingTimer = setTimeout(look, TYPING_ENDS_MS);
}

/** Operators write in the group; they have a phone here only if they spoke with the bot themselves. */
function withPhones(people, group) {
  const members = new Set((group?.members ?? []).map((member) => member.id));
  return people.filter((person) => person.started || !members.has(person.id));
}

function removeGone(people) {
  const here = new Set(people.map((person) => person.id));
  for (const [id, phone] of phones) {
    if (here.has(id)) continue;
    phone.node.remove();
    phones.delete(id);
  }
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
  const place = phones.get(event.chat) ?? forum;
  if (event.type === "popup") place.popup(event.text, event.show_alert);
  if (event.type === "reset") travels.forget();
  look();
  travels.refresh();
}

function lineChanged(whole) {
  document.getElementById("line").hidden = whole;
}

async function addPerson(person) {
  const added = await act("people", person);
  phones.get(added?.id)?.node.scrollIntoView({ inline: "center", block: "nearest" });
}

function sheets() {
  const real = document.getElementById("real");
  document.getElementById("real-open").addEventListener("click", () => real.showModal());
  personSheet(document.getElementById("person"), document.getElementById("person-open"), addPerson);
  document.getElementById("first-people").addEventListener("click", async () => {
    for (const person of FIRST_PEOPLE) await act("people", person);
    deck.querySelector(".wide")?.focus();
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
