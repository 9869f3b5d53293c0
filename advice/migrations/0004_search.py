"""The index of all requests for advisers, in the way of the database.."""

from django.db import migrations

from advice.search.engine import engine


def create(apps, schema_editor):
    engine(schema_editor.connection.vendor).create(schema_editor.execute)


def drop(apps, schema_editor):
    engine(schema_editor.connection.vendor).drop(schema_editor.execute)


class Migration(migrations.Migration):
    dependencies = [("advice", "0003_roles")]
    operations = [migrations.RunPython(create, drop)]
