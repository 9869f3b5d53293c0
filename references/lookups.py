"""A lookup for the beginning of a word that both databases answer from a plain index."""

from django.db.models import CharField, Lookup
from django.db.models.lookups import StartsWith


class BeginsWith(Lookup):
    """`startswith`, but on SQLite a range: its LIKE folds letters and therefore reads no index.

    PostgreSQL reads the index when that has the operator class `varchar_pattern_ops`.
    """

    lookup_name = "begins_with"

    def as_sql(self, compiler, connection) -> tuple[str, tuple]:
        return StartsWith(self.lhs, self.rhs).as_sql(compiler, connection)

    def as_sqlite(self, compiler, connection) -> tuple[str, tuple]:
        column, params = compiler.compile(self.lhs)
        return f"({column} >= %s AND {column} < %s)", (*params, self.rhs, *params, f"{self.rhs}\U0010ffff")


CharField.register_lookup(BeginsWith)
