"""The full text index of the database, behind one small interface: articles.search.sqlite or articles.search.postgresql.

Both are given stems, so both find the same. Each has

- create(execute), drop(execute): make and unmake the index; `execute` takes one statement
- add(entries), remove(entries), clear(): keep it; the caller is inside a transaction
- find(kind, clauses, limit): the numbers of the best entries of a kind, best first
- starts(field, beginning): a condition that the database answers from the index on `field`

A clause is a choice of phrases, each a tuple of stems; an entry must have one of every clause.
"""

from types import ModuleType

from django.db import connection

from articles.search import postgresql, sqlite

Phrase = tuple[str, ...]
Clause = tuple[Phrase, ...]
_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def engine(vendor: str = "") -> ModuleType:
    """Return the module for the database in use. Raises KeyError on a database that the site doesn't know."""
    return _ENGINES[vendor or connection.vendor]
