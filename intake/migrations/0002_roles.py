"""Who may look at the intake tables, and who may change them: a change reaches readers at once, so whoever may publish."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {"Redacteur": ["view"], "Eindredacteur": ["add", "change", "view"]}


def _permissions(apps, actions):
    codenames = [f"{action}_nutrient" for action in actions]
    return apps.get_model("auth", "Permission").objects.filter(content_type__app_label="intake", codename__in=codenames)


def grant(apps, schema_editor):
    for label in ("intake", "auth", "contenttypes"):
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps, using=schema_editor.connection.alias)
    for name, actions in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*_permissions(apps, actions))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*_permissions(apps, ["add", "change", "view"]))


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("articles", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, revoke)]
