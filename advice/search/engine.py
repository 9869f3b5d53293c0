"""The index of the database, behind one small interface: advice.search.sqlite or advice.search.postgresql.

Both are given tokens (letters and digits only) and find the same. Each has

- create(execute), drop(execute): make and unmake the index; `execute` takes one statement
- put(rows), remove(numbers), clear(): keep it; a row is (number of the request, tokens in order)
- add(number, tokens): the same for one request that it doesn't have yet
- find(phrases, limit, before): the numbers of the newest requests that have every phrase, below `before` when that is given
"""

from types import ModuleType

from django.db import connection

from advice.search import postgresql, sqlite

_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
Phrase = tuple[str, ...]


def engine(vendor: str = "") -> ModuleType:
    """Return the module for the database in use. Raises KeyError on a database that the site doesn't know."""
    return _ENGINES[vendor or connection.vendor]
