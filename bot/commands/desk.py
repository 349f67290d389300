"""`desk`: the places whose posters lead to Antenna, and the posters themselves."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.commands.place import LOCALES, Place, RefusedError, say
from bot.doctor.telegram import find_username
from bot.languages import Languages
from bot.poster import deep_link, invitations, poster_page, qr_code
from flows.hours import Calendar, HoursError
from flows.position import PositionError, read_position
from flows.reminding import StepsError, read_steps, write_steps
from storage import audit
from storage.desks import Desk, all_desks, find_helpers, new_key, save_desk
from storage.offices import find_office

WORDS = {"usual": None, "never": ""}


def add_commands(commands: Any) -> None:
    """Add `desk add`, `desk list`, `desk change`, `desk close` and `desk poster`."""
    desk = commands.add_parser("desk", help="the desks people come from, and their posters")
    kinds = desk.add_subparsers(dest="kind", required=True, metavar="add|list|change|close|poster")
    add = kinds.add_parser("add", help="add a desk; prints its key and its link")
    add.add_argument("--name", required=True, help="as people know the place")
    add.add_argument("--territory", default="", help="the ambito or the town")
    add.add_argument("--username", help="the bot's @username, where Telegram cannot be asked")
    _add_talking(add)
    add.set_defaults(carry_out=carry_out_add)
    kinds.add_parser("list", help="every desk").set_defaults(carry_out=carry_out_list)
    change = kinds.add_parser("change", help="who answers people in the chat, and when")
    change.add_argument("key", metavar="KEY")
    _add_talking(change)
    change.set_defaults(carry_out=carry_out_change)
    close = kinds.add_parser("close", help="its link becomes a plain start; nothing is deleted")
    close.add_argument("key", metavar="KEY")
    close.set_defaults(carry_out=carry_out_close)
    poster = kinds.add_parser("poster", help="a page to print, with a QR code")
    poster.add_argument("key", metavar="KEY")
    poster.add_argument("--output", type=Path, help="file.html, or file.svg for the code alone")
    poster.add_argument("--languages", default="", help="which, in which order: it,en,ar")
    poster.add_argument("--username", help="the bot's @username, where Telegram cannot be asked")
    poster.set_defaults(carry_out=carry_out_poster)


def _add_talking(parser: Any) -> None:
    """Add what is said of a desk whose people talk in the chat."""
    parser.add_argument("--office", help="key of the office that answers; empty: every office")
    parser.add_argument("--hours", help="'mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00'")
    parser.add_argument("--closed", help="days closed beside holidays: '2026-12-24, 12-07'")
    parser.add_argument("--place", help="where it is, as people are told: 'Via Roma 1, Desio'")
    parser.add_argument("--how", help="how one gets there: 'Bus z250, stop Municipio, bell 3'")
    parser.add_argument("--phone", help="which people may call: '0362 123 456'")
    parser.add_argument("--position", help="on the map: '45.6189, 9.2104'; empty: nowhere")
    reminds = "how long before people are reminded: '7d,1d,2h', 'usual', or 'never'"
    parser.add_argument("--reminds", help=reminds)
    talks = "people may ask in the chat for somebody there"
    parser.add_argument("--talks", action=BooleanOptionalAction, default=None, help=talks)


def carry_out_add(place: Place) -> int:
    """Add a desk and print what leads to it."""
    options = place.options
    desk = Desk(new_key(), _line(options.name), _line(options.territory), True, place.today)
    if not desk.name:
        raise RefusedError("A desk needs a name: --name 'Sportello Lavoro, Carate'.")
    desk = _talking(place, desk)
    _save(place, desk)
    print(f"Key:   {desk.key}")
    username = _username(place)
    if username is not None:
        print(f"Link:  {deep_link(username, desk.key)}")
    else:
        say("Telegram does not say the bot's name from here: for its link add --username NAME.")
    say(f"Its poster: ./antenna desk poster {desk.key}")
    _warn(place, desk)
    return 0


def carry_out_list(place: Place) -> int:
    """Print every desk, one a line."""
    with place.database() as database, database.reading() as connection:
        desks = all_desks(connection)
    for desk in desks:
        state = "  (answers in the chat)" if desk.talks else ""
        state = state if desk.active else "  (closed)"
        place_name = f"{desk.name}, {desk.territory}" if desk.territory else desk.name
        print(f"{desk.key}  {desk.created}  {place_name}{state}")
    if not desks:
        say("There are no desks yet: ./antenna desk add --name … --territory …")
    return 0


def carry_out_change(place: Place) -> int:
    """Change who answers at a desk, and when."""
    desk = _talking(place, _find(place))
    _save(place, desk)
    print(f"Kept: {desk.name}. {_answers(desk)}")
    _warn(place, desk)
    return 0


def _warn(place: Place, desk: Desk) -> None:
    """Say so where people do not see a desk that should talk: nobody is there to answer."""
    with place.database() as database, database.reading() as connection:
        offered = desk.key in {one.key for one in find_helpers(connection)}
    if desk.talks and desk.active and not offered:
        print(
            "⚠️  It is offered to nobody yet: no operator who would answer is ready. "
            "./antenna operator add, or give the office another: ./antenna office list"
        )


def _talking(place: Place, desk: Desk) -> Desk:
    """The desk with what was given on the command line; what was not given stays."""
    options = place.options
    given = {"office": options.office, "hours": options.hours, "closed": options.closed}
    given |= {"place": options.place, "how": options.how, "phone": options.phone}
    kept: dict[str, Any] = {
        name: _line(words) for name, words in given.items() if words is not None
    }
    changed = replace(desk, **kept)
    changed = _reminding(_placed(changed, options.position), options.reminds)
    if options.talks is not None:
        changed = replace(changed, talks=options.talks)
    try:
        Calendar.read(changed.hours, changed.closed)
    except HoursError as error:
        raise RefusedError(f"{error} Nothing was changed.") from error
    if changed.office and changed.office != desk.office and not _is_office(place, changed.office):
        raise RefusedError("No office has this key: ./antenna office list shows them.")
    return changed


def _placed(desk: Desk, written: str | None) -> Desk:
    if written is None:
        return desk
    try:
        latitude, longitude = read_position(written) or (None, None)
    except PositionError as error:
        raise RefusedError(f"{error} Nothing was changed.") from error
    return replace(desk, latitude=latitude, longitude=longitude)


def _reminding(desk: Desk, written: str | None) -> Desk:
    if written is None:
        return desk
    if written in WORDS:
        return replace(desk, steps=WORDS[written])
    try:
        steps = read_steps(written)
    except StepsError as error:
        raise RefusedError(
            f"{error} 'usual' is as everywhere, 'never' is none. Nothing was changed."
        ) from error
    return replace(desk, steps=write_steps(steps))


def _is_office(place: Place, key: str) -> bool:
    with place.database() as database, database.reading() as connection:
        return find_office(connection, key) is not None


def _answers(desk: Desk) -> str:
    if not desk.talks:
        return "Nobody answers people there in the chat: --talks opens it."
    return f"People may ask for somebody there; hours: {desk.hours or 'not said'}."


def carry_out_close(place: Place) -> int:
    """Close a desk: whoever scans its poster starts like anybody else."""
    desk = _find(place)
    _save(place, replace(desk, active=False))
    print(f"Closed: {desk.name}. From now on its link is a plain start.")
    return 0


def carry_out_poster(place: Place) -> int:
    """Write the poster of a desk, or its QR code alone."""
    options = place.options
    desk = _find(place)
    if not desk.active:
        raise RefusedError("This desk is closed: its poster would lead nowhere special.")
    username = _username(place)
    if username is None:
        raise RefusedError("Telegram does not say the bot's name from here: add --username NAME.")
    link = deep_link(username, desk.key)
    output: Path = options.output or Path(f"poster-{desk.key}.html")
    output.write_text(_drawn(place, desk, link, output), encoding="utf-8")
    print(f"{output}: open it in a browser and print it, A4, with background colours.")
    return 0


def _drawn(place: Place, desk: Desk, link: str, output: Path) -> str:
    if output.suffix == ".svg":
        return qr_code(link, border=4)
    if output.suffix != ".html":
        raise RefusedError("The poster is a page or a code: --output FILE.html or FILE.svg.")
    # On paper stands only what the bot speaks: whoever scans it must find their language there.
    languages = Languages.load(LOCALES, drafts=place.settings.draft_languages)
    wanted = [code.strip() for code in place.options.languages.split(",") if code.strip()]
    return poster_page(
        network=place.settings.network,
        desk=desk.name,
        territory=desk.territory,
        link=link,
        said=invitations(
            [languages.words(code) for code in languages.codes],
            {language.code: language.name for language in languages.all},
            wanted,
        ),
    )


def _find(place: Place) -> Desk:
    with place.database() as database, database.reading() as connection:
        found = [desk for desk in all_desks(connection) if desk.key == place.options.key]
    if not found:
        raise RefusedError("No desk has this key: ./antenna desk list shows them.")
    return found[0]


def _save(place: Place, desk: Desk) -> None:
    with place.database() as database, database.writing() as connection:
        save_desk(connection, desk)
        now, vault = place.clock.now(), database.vault
        audit.write(connection, vault, now, audit.TERMINAL, audit.Action.DESK_CHANGED, desk.name)
        connection.commit()


def _username(place: Place) -> str | None:
    given: str | None = place.options.username
    return given.removeprefix("@") if given else find_username(place.settings)


def _line(words: str) -> str:
    return " ".join(words.split())
