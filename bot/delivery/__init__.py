"""The one place from which anything leaves for Telegram: the sender of the outbox."""

from bot.delivery.delivery import Delivery, Flow
from bot.delivery.ledger import Ledger, StorageLedger

__all__ = ["Delivery", "Flow", "Ledger", "StorageLedger"]
