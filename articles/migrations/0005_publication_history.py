"""Every publication says why it was made, and whether readers should notice.

SQLite makes the table anew for a new column, and a table that is made anew has lost its trigger. So the trigger of migration 0002 goes
first and comes back last; between the two, publications from before get their date.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

immutable = import_module("articles.migrations.0002_publication_immutable")


def date_what_is_there(apps, schema_editor):
    publications = apps.get_model("articles", "Publication").objects.using(schema_editor.connection.alias)
    publications.update(modified_at=F("published_at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_generation")]
    operations = [
        migrations.RunPython(immutable.drop, immutable.create),
        migrations.AddField(
            "publication",
            "reason",
            models.CharField("reden", max_length=300, blank=True, default="", help_text="Wat is er veranderd?"),
            preserve_default=False,
        ),
        migrations.AddField("publication", "is_substantive", models.BooleanField("inhoudelijke wijziging", default=True)),
        migrations.AddField(
            "publication",
            "modified_at",
            models.DateTimeField(
                "laatst bijgewerkt",
                default=timezone.now,
                help_text="De tijd van de nieuwste inhoudelijke publicatie, deze meegerekend.",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "publication",
            models.CheckConstraint(condition=Q(is_substantive=True) | Q(number__gt=1), name="publication_first_is_substantive"),
        ),
        migrations.RunPython(date_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(immutable.create, immutable.drop),
    ]
