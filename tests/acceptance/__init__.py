"""The whole bot over the local Telegram, as people meet it."""
