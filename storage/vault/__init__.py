"""Keeps the keys of this deployment and does all sealing; nothing else touches cryptography."""

from __future__ import annotations

from storage.vault.codes import CODE_DIGITS as CODE_DIGITS
from storage.vault.codes import LOCATOR_BYTES as LOCATOR_BYTES
from storage.vault.codes import CodeKey as CodeKey
from storage.vault.codes import Mailbox as Mailbox
from storage.vault.codes import new_code as new_code
from storage.vault.fleeting import MEMORY as MEMORY
from storage.vault.fleeting import Fleeting as Fleeting
from storage.vault.fleeting import fleeting_folder as fleeting_folder
from storage.vault.host import Vault as Vault
from storage.vault.keys import Key as Key
from storage.vault.keys import Purpose as Purpose
from storage.vault.keys import open_key as open_key
from storage.vault.keys import open_salt as open_salt
from storage.vault.keys import open_sealed as open_sealed
from storage.vault.keys import random_id as random_id
from storage.vault.keys import seal as seal
from storage.vault.keys import stamp as stamp
from storage.vault.keys import sync_folder as sync_folder
from storage.vault.padding import FILE_SIZES as FILE_SIZES
from storage.vault.padding import LABEL_SIZES as LABEL_SIZES
from storage.vault.padding import TEXT_SIZES as TEXT_SIZES
from storage.vault.padding import open_padded as open_padded
from storage.vault.padding import open_text as open_text
from storage.vault.padding import seal_padded as seal_padded
from storage.vault.padding import seal_text as seal_text
from storage.vault.pairs import FULL_EFFORT as FULL_EFFORT
from storage.vault.pairs import LIGHT_EFFORT as LIGHT_EFFORT
from storage.vault.pairs import Effort as Effort
from storage.vault.pairs import PrivateKey as PrivateKey
from storage.vault.pairs import PublicKey as PublicKey
from storage.vault.pairs import Recipient as Recipient
from storage.vault.pairs import make_pair as make_pair
from storage.vault.pairs import open_with as open_with
from storage.vault.pairs import seal_to as seal_to
from storage.vault.pairs import unwrap as unwrap
from storage.vault.pairs import wrap as wrap
from storage.vault.totp import new_totp_secret as new_totp_secret
from storage.vault.totp import totp_code as totp_code
from storage.vault.totp import totp_letters as totp_letters
from storage.vault.totp import totp_matches as totp_matches
from storage.vault.totp import totp_step as totp_step
