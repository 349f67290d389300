"""Runs the migrations on the connection handed in; there is no other way to run them."""

from __future__ import annotations

from alembic import context

from storage.reports_schema import metadata

# No fileConfig here: it would take the logging away from the shell.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
