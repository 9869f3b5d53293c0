"""A standard text may come with the project; nobody at the desk wrote it. The guard of the table is taken off and put back around it:
SQLite makes a changed table anew, and leaves its triggers behind."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

TABLE = "advice_cannedreplyversion"
immutable = import_module("advice.migrations.0002_immutable")


class Migration(migrations.Migration):
    dependencies = [
        ("advice", "0004_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(lambda apps, editor: immutable.drop(apps, editor, [TABLE]), lambda apps, editor: immutable.create(apps, editor, [TABLE])),
        migrations.AlterField(
            "cannedreplyversion",
            "created_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="geschreven door",
            ),
        ),
        migrations.RunPython(lambda apps, editor: immutable.create(apps, editor, [TABLE]), lambda apps, editor: immutable.drop(apps, editor, [TABLE])),
    ]
