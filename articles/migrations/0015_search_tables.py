"""On PostgreSQL, articles and sources each get a table in the full text index: one table for both was slow.

A new database has got them from migration 0014. Here is for one that was made before.
"""

from django.db import migrations

from articles.search import postgresql
from articles.search.entries import KINDS

OLD = "articles_search_index"


def split(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql" or OLD not in connection.introspection.table_names():
        return
    postgresql.create(schema_editor.execute)
    for kind in KINDS:
        schema_editor.execute(
            f"INSERT INTO articles_search_{kind} (entry_id, head, body) "  # noqa: S608
            f"SELECT entry_id, head, body FROM {OLD} WHERE kind = '{kind}' ORDER BY entry_id"
        )
    schema_editor.execute(f"DROP TABLE {OLD}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_search")]
    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
