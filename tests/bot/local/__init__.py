"""The local Telegram is as strict, and as forgetful, as the real one."""
