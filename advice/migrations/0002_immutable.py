"""What never changes: the log, the wording that readers agreed to, and the wording of a standard text. The database itself refuses."""

from django.db import migrations

# What each table refuses. Versions of a standard text go when their text does.
REFUSED = {
    "advice_auditevent": ("UPDATE", "DELETE"),
    "advice_consenttext": ("UPDATE",),
    "advice_cannedreplyversion": ("UPDATE",),
}


def _names(tables):
    return [(table, verb, f"{table}_refuse_{verb.lower()}") for table in tables for verb in REFUSED[table]]


def create(apps, schema_editor, tables=tuple(REFUSED)):
    for table, verb, name in _names(tables):
        message = f"{table} is immutable: no {verb.lower()}"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END;")
            continue
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$;"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();")


def drop(apps, schema_editor, tables=tuple(REFUSED)):
    for table, _, name in _names(tables):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name};")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name};")


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
