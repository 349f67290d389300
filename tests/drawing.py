"""Draws the pictures of the sample papers: `python -m tests.drawing` makes the PNGs from the HTML.

It needs chromium. The pictures stand in the repository beside their sources, and each knows of
which source it was made, so that a test sees when one was forgotten.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.guides import PAPERS_FOLDER, PICTURE

FOLDER = Path(__file__).resolve().parent.parent / "locales" / "content" / PAPERS_FOLDER
STYLE = "paper.css"
SIZE = (1080, 1350)
COLOURS = 64
MADE_OF = "Source"
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def digest(source: Path) -> str:
    """What a drawing is made of, in a few signs: its own words and how they are set."""
    made_of = source.read_bytes() + source.with_name(STYLE).read_bytes()
    return hashlib.sha256(made_of).hexdigest()[:16]


def made_of(picture: Path) -> str:
    """The digest of the source a picture was made of."""
    with Image.open(picture) as image:
        return str(image.info.get(MADE_OF, ""))


def draw(source: Path) -> Path:
    """Make the picture of a paper from its source, with few colours, so that it stays small.

    Raises:
        subprocess.CalledProcessError, FileNotFoundError: chromium failed, or is not there.
    """
    picture = source.with_suffix(PICTURE)
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "shot.png"
        size = f"--window-size={SIZE[0]},{SIZE[1]}"
        command = (*CHROMIUM, size, f"--screenshot={shot}", source.resolve().as_uri())
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(shot) as image:
            small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    about = PngInfo()
    about.add_text(MADE_OF, digest(source))
    small.save(picture, optimize=True, pnginfo=about)
    return picture


def main() -> int:
    """Draw every paper."""
    for source in sorted(FOLDER.glob("*.html")):
        picture = draw(source)
        print(f"{picture.name}: {picture.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
