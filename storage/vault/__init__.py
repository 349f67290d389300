"""Keeps the keys of this deployment and does all sealing; nothing else touches cryptography."""

from __future__ import annotations

from storage.vault.host import Vault as Vault
from storage.vault.keys import Key as Key
from storage.vault.keys import Purpose as Purpose
from storage.vault.keys import open_key as open_key
from storage.vault.keys import open_sealed as open_sealed
from storage.vault.keys import random_id as random_id
from storage.vault.keys import seal as seal
from storage.vault.keys import sync_folder as sync_folder
