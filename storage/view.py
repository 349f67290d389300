"""What one job knows: its own layer over the batch's, over what the database says."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from storage import people
from storage.batch import Batch, Layer
from storage.conversations import NO_TALK, Talk
from storage.people import Kept
from storage.schema import person


class View:
    """Answers from the nearest layer that knows, and reads the database only when none does."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.mine = Layer()

    def restart(self) -> None:
        """Know nothing of what the job itself read and changed."""
        self.mine = Layer()

    def handled(self, update_id: int) -> bool:
        """Whether an update already had its effect."""
        known = self.mine.handled.get(update_id)
        if known is None:
            known = self.batch.layer.handled.get(update_id)
        if known is None:
            among = self.batch.statements.handled_among
            found = among.find(self.batch.connection, [update_id])
            known = self.mine.handled[update_id] = bool(found)
        return known

    def person_id(self, chat_id: int) -> int | None:
        """Who writes in a chat."""
        for chats in (self.mine.chats, self.batch.layer.chats):
            if chat_id in chats:
                return chats[chat_id]
        batch = self.batch
        batch.locked_anew()
        found = people.find_people(batch.connection, batch.statements, [batch.lookup(chat_id)])
        if not found:
            self.mine.chats[chat_id] = None
            return None
        self._know(found[0])
        self.mine.chats[chat_id] = found[0].kept.person.id
        return found[0].kept.person.id

    def chat_id(self, person_id: int) -> int | None:
        """Where to write to a person."""
        batch = self.batch
        born = self.mine.born.get(person_id) or batch.layer.born.get(person_id)
        query = select(person.c.chat).where(person.c.id == person_id)
        sealed = born["chat"] if born else batch.connection.execute(query).scalar()
        return None if sealed is None else batch.vault.open_chat(sealed, person_id)

    def kept(self, person_id: int) -> Kept | None:
        """A person as they are now; None where nobody is kept."""
        for layer in (self.mine, self.batch.layer):
            if person_id in layer.people:
                return layer.people[person_id]
        self._find(person_id)
        return self.mine.people[person_id]

    def talk(self, person_id: int) -> Talk:
        """A conversation as it is now."""
        found = self.mine.talks.get(person_id) or self.batch.layer.talks.get(person_id)
        if found is None:
            self._find(person_id)
            found = self.mine.talks[person_id]
        return found

    def draft(self, person_id: int) -> bytes | None:
        """What somebody began that is secret, as it is now."""
        for layer in (self.mine, self.batch.layer):
            if person_id in layer.drafts:
                return layer.drafts[person_id]
        self.batch.find_drafts([person_id])
        return self.batch.layer.drafts[person_id]

    def _find(self, person_id: int) -> None:
        batch = self.batch
        batch.locked_anew()
        found = people.find_person(batch.connection, batch.statements, person_id)
        if found is None:
            self.mine.people[person_id] = None
            self.mine.talks[person_id] = NO_TALK
        else:
            self._know(found)

    def _know(self, found: people.Found) -> None:
        """Remember who was read, under what this transaction already changed."""
        person_id = found.kept.person.id
        talk = found.talk
        for layer in (self.batch.layer, self.mine):
            if person_id in layer.livings:
                talk = replace(talk, living=layer.livings[person_id])
        self.mine.people.setdefault(person_id, found.kept)
        self.mine.talks.setdefault(person_id, talk)

    def set_living(self, person_id: int, message_id: int | None) -> None:
        """From now on this is the living message of a chat."""
        self.mine.livings[person_id] = message_id
        talk = self.mine.talks.get(person_id) or self.batch.layer.talks.get(person_id)
        if talk is not None:
            self.mine.talks[person_id] = replace(talk, living=message_id)
