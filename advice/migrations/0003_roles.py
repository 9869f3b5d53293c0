"""Who answers readers, who publishes what others may learn from, who runs the desk."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDIT = ("add", "change", "view")
RIGHTS = {
    "Adviseur": [
        "handle_requests",
        *(f"{verb}_cannedreply" for verb in EDIT),
        "view_cannedreplyversion",
        *(f"{verb}_publicquestion" for verb in EDIT),
    ],
    "Eindredacteur": [*(f"{verb}_publicquestion" for verb in EDIT), "publish_question"],
    "Beheerder": [
        *("manage_desk", "erase_requests", "read_audit"),
        *(f"{verb}_{model}" for model in ("adviser", "topic", "cannedreply") for verb in EDIT),
        *("add_consenttext", "view_consenttext", "view_cannedreplyversion", "delete_cannedreply"),
    ],
}


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("advice"), verbosity=0, apps=apps, using=schema_editor.connection.alias)
    for name, codenames in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        found = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="advice", codename__in=codenames)
        if len(found) != len(codenames):
            raise LookupError(f"{name}: not all of {codenames} exist in advice")
        group.permissions.add(*found)


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="advice"))


class Migration(migrations.Migration):
    dependencies = [("advice", "0002_immutable"), ("articles", "0003_roles")]
    operations = [migrations.RunPython(grant, revoke)]
