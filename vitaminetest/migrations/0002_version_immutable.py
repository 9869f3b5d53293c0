"""A version never changes: the database itself refuses an UPDATE, whoever asks."""

from django.db import migrations

TABLE, NAME = "vitaminetest_version", "vitaminetest_version_immutable"
MESSAGE = "vitaminetest_version is immutable: publish a new version instead"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END;")
        return
    schema_editor.execute(
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;"
    )
    schema_editor.execute(f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}();")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {NAME};")
    else:
        schema_editor.execute(f"DROP TRIGGER {NAME} ON {TABLE}; DROP FUNCTION {NAME};")


class Migration(migrations.Migration):
    dependencies = [("vitaminetest", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
