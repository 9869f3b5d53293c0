"""Who writes the questionnaire, who publishes it, who may look. The parts of a draft follow the questionnaire (vitaminetest/admin)."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITE = ["add_questionnaire", "change_questionnaire", "view_questionnaire"]
RIGHTS = {
    "Redacteur": WRITE,
    "Eindredacteur": [*WRITE, "publish_questionnaire"],
    "Adviseur": ["view_questionnaire"],
    "Beheerder": ["view_questionnaire"],
}


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("vitaminetest"), verbosity=0, apps=apps, using=schema_editor.connection.alias)
    for name, codenames in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        found = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="vitaminetest", codename__in=codenames)
        if len(found) != len(codenames):
            raise LookupError(f"{name}: not all of {codenames} exist in vitaminetest")
        group.permissions.add(*found)


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="vitaminetest"))


class Migration(migrations.Migration):
    dependencies = [("vitaminetest", "0002_version_immutable"), ("articles", "0003_roles")]
    operations = [migrations.RunPython(grant, revoke)]
