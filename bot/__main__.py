"""The `antenna` command: `python -m bot run|demo|check|…`, in short `./antenna run`."""

from __future__ import annotations

import sys

from bot.commands.line import main

if __name__ == "__main__":
    sys.exit(main())
