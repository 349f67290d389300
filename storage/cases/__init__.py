"""Contact sheets and cases: what is kept of them. The way to one leads through `storage.access`."""
