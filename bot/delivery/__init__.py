"""The one place from which anything leaves for Telegram: the sender of the outbox."""

from bot.delivery.delivery import Delivery
from bot.delivery.flow import Flow
from bot.delivery.ledger import Ledger, StorageLedger

__all__ = ["Delivery", "Flow", "Ledger", "StorageLedger"]
