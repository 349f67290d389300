"""The conversations between people and operators: the truth that topics and the console show."""

from __future__ import annotations

from storage.handoffs.model import Claim as Claim
from storage.handoffs.model import Content as Content
from storage.handoffs.model import Handoff as Handoff
from storage.handoffs.model import Line as Line
from storage.handoffs.model import Note as Note
