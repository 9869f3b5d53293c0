"""An index of words, so that a search does not read every source.

The text that a search compares becomes a list of words too, each with a space before it.
"""

import django.db.models.deletion
from django.db import migrations, models

from references.words import as_search_text, key_word, words_of

COLUMNS = ("key", "title", "public_title", "authors", "issued_year", "container_title")
BATCH = 500


def index_what_is_there(apps, schema_editor):
    references = apps.get_model("references", "Reference").objects.using(schema_editor.connection.alias)
    words = apps.get_model("references", "ReferenceWord").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(references.filter(pk__gt=last).order_by("pk").only("search_text", *COLUMNS)[:BATCH]):
        last, found = batch[-1].pk, []
        for row in batch:
            row.search_text = as_search_text(words_of({name: getattr(row, name) for name in COLUMNS}))
            found += [words.model(reference=row, word=word) for word in {*row.search_text.split(), key_word(row.key)}]
        references.bulk_update(batch, ["search_text"], batch_size=BATCH)
        words.bulk_create(found, batch_size=1_000)


class Migration(migrations.Migration):
    dependencies = [("references", "0002_is_retracted")]
    operations = [
        migrations.CreateModel(
            name="ReferenceWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=200, verbose_name="woord")),
                (
                    "reference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="references.reference",
                        verbose_name="bron",
                    ),
                ),
            ],
            options={
                "verbose_name": "zoekwoord",
                "verbose_name_plural": "zoekwoorden",
                "indexes": [
                    models.Index(
                        fields=["word", "reference"], name="referenceword_word", opclasses=["varchar_pattern_ops", "int8_ops"]
                    )
                ],
            },
        ),
        migrations.AddIndex("reference", models.Index(fields=["type", "key"], name="reference_type")),
        migrations.AddIndex("reference", models.Index(fields=["key"], name="reference_remark", condition=~models.Q(remark=""))),
        migrations.AddIndex(
            "reference", models.Index(fields=["key"], name="reference_masked", condition=~models.Q(public_title=""))
        ),
        migrations.AddIndex(
            "reference", models.Index(fields=["key"], name="reference_retracted", condition=models.Q(is_retracted=True))
        ),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
    ]
