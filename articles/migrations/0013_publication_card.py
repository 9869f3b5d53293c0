"""A publication carries its own card, and the orders of the lists have an index.

SQLite makes the table anew for the column, so the trigger of migration 0002 goes first and comes back last, as in 0005.
"""

from importlib import import_module

from django.db import migrations, models

immutable = import_module("articles.migrations.0002_publication_immutable")
BATCH = 100


def make_cards(apps, schema_editor):
    publications = apps.get_model("articles", "Publication").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(publications.filter(pk__gt=last).order_by("pk").only("rendered")[:BATCH]):
        last = batch[-1].pk
        for row in batch:
            data = row.rendered
            row.card = {
                "picture": data.get("hero"), "minutes": data.get("minutes", 0), "sources_count": len(data.get("sources", []))
            }
        publications.bulk_update(batch, ["card"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_links")]
    operations = [
        migrations.RunPython(immutable.drop, immutable.create),
        migrations.AddField(
            "publication",
            "card",
            models.JSONField(
                "kaartje", default=dict, help_text="Wat een lijst ervan laat zien. Zie articles.rendering.snapshot."
            ),
            preserve_default=False,
        ),
        migrations.RunPython(make_cards, migrations.RunPython.noop),
        migrations.RunPython(immutable.create, immutable.drop),
        migrations.AddIndex(
            "article", models.Index(fields=["first_published_at", "id", "status"], name="article_published_order")
        ),
        migrations.AddIndex("article", models.Index(fields=["updated_at"], name="article_updated_order")),
    ]
