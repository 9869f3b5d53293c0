"""Two empty databases for two sites: files of their own, or on the PostgreSQL server of DATABASE_URL, dropped afterwards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def databases(url: str, folder: Path) -> Iterator[Mapping[int, str]]:
    """Give the address of the database for a number of articles. `url` is that of a PostgreSQL database, which is left alone."""
    if not url.startswith("postgres"):
        yield defaultdict(str)  # every site has its own file
        return
    made: dict[int, str] = Postgres(url)
    try:
        yield made
    finally:
        made.drop_all()


class Postgres(dict):
    """Makes a database when its address is asked for."""

    def __init__(self, url: str):
        super().__init__()
        self.url = url

    def __missing__(self, count: int) -> str:
        parts = urlsplit(self.url)
        name = f"{parts.path.strip('/')}_bench_{count}"
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
        self[count] = urlunsplit(parts._replace(path=f"/{name}"))
        return self[count]

    def drop_all(self) -> None:
        for address in self.values():
            self._run(f'DROP DATABASE IF EXISTS "{urlsplit(address).path.strip("/")}" WITH (FORCE)')

    def _run(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
