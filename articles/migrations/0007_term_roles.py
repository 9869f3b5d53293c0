"""Who may look at the list of watched words, and who may change it."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

# Nobody deletes a word: `is_active` puts it aside, and the next import would only bring it back.
RIGHTS = {"Redacteur": ["view"], "Eindredacteur": ["add", "change", "view"]}


def _permissions(apps, actions):
    codenames = [f"{action}_forbiddenterm" for action in actions]
    return apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles", codename__in=codenames)


def grant(apps, schema_editor):
    create_permissions(
        installed.get_app_config("articles"), verbosity=0, apps=apps, using=schema_editor.connection.alias
    )
    for name, actions in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*_permissions(apps, actions))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*_permissions(apps, ["add", "change", "view"]))


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_terms_and_review")]
    operations = [migrations.RunPython(grant, revoke)]
