"""The operators' room: pages to sign in, to read reports and to look after who may.

How to add a page:

- Write its module: an async function that takes a `Visit` and answers with `visit.page("x.html",
  …)` or `visit.go("/x?done=kept")`, and its `PAGES`, made with `get` and `post` (`visit.py`). Each
  says who may, from `Access.ANTENNA` to `Access.ADMINISTRATOR`. Who may see this one object, you
  ask yourself, and of a case or a conversation `storage.access`; what is not for somebody is
  `web.HTTPNotFound`, as if it were not there.
- Add `PAGES` to those in `app.py`; pages that need more than the `Room` are made by a function, as
  in `reports/ways.py`, and added in `opening.py`. A line in `PLACES` (`pages.py`) puts it into the
  menu, and a drawing for it into `icons.html`.
- Read with `visit.room.read`, change with `visit.room.write` and write the deed into the audit in
  the same transaction (`storage.audit.write`); what is only looked at, `visit.note` before. A new
  `Action` gets its words in `record.py`.
- The template extends `frame.html` and fills `title` and `main`: `header.head`, `section.sheet`,
  `form.stack` with `.field`, buttons `.strong`, `.quiet`, `.grave`, `table.rows`; `told` and
  `pager` are in `parts.html`. Words are `_()`, and `{{ text|say }}` for a `Text`; a day is `|day`,
  a moment `|moment`. No style and no script in it: they are files in `static`.
- A POST form carries `<input type="hidden" name="token" value="{{ token }}">`. Host, origin, size,
  token and session are checked before your function; `visit.value("field")` is what was typed.
  `typed="field"`, or several, gives long words back where the session had ended. A form of many
  fields keeps them while they are typed with `data-keep-form` (`cases.js`, `drafts.py`).
- What a script asks for by itself is `asks_itself=True`, or the lock would never come.
- A page that shows what is happening now carries `data-lively`, where it is told that something
  has changed, and `data-now`, where it looks anew; `static/talks.js` puts every part that says
  `data-live` (it needs an id) in its place, row by row where it says `data-rows`, and never one
  that somebody is using. A form with `data-stay` is sent without leaving the page. What carries a
  new value in every page, and is no news, says `data-fresh`.
- Its test takes the fixture `console` (`tests/bot/console`): `browser = await
  console.signed_in(console.reader("Anna", Role.ADMINISTRATOR))`, `await browser.get("/x")` (which
  also finds the token), `await browser.post("/x", field="…")`, `browser.text`. Pages in `PAGES` are
  in `test_rights.py` without a word; open yours in a browser as `test_case_browser.py`
  does, with `looks.py` (axe, phone, dark).
"""
