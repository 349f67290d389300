"""The translators' and editors' room: every message there is, how it stands, files out and in."""
