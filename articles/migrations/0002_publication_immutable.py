"""A publication never changes: the database itself refuses an UPDATE, whoever asks."""

from django.db import migrations

MESSAGE = "articles_publication is immutable: publish a new version instead"

SQLITE = f"""
CREATE TRIGGER articles_publication_immutable BEFORE UPDATE ON articles_publication
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END;
"""

POSTGRESQL = f"""
CREATE FUNCTION articles_publication_refuse_update() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER articles_publication_immutable BEFORE UPDATE ON articles_publication
FOR EACH ROW EXECUTE FUNCTION articles_publication_refuse_update();
"""

UNDO = {
    "sqlite": "DROP TRIGGER articles_publication_immutable;",
    "postgresql": "DROP TRIGGER articles_publication_immutable ON articles_publication; DROP FUNCTION articles_publication_refuse_update();",
}


def create(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def drop(apps, schema_editor):
    schema_editor.execute(UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
