"""The roles of the house, as groups: who writes, who publishes, who answers readers."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITE = ["add", "change", "view"]
WRITING = {
    "articles": {
        "article": WRITE,
        "section": [*WRITE, "delete"],
        "benefit": [*WRITE, "delete"],
        "image": [*WRITE, "delete"],
        "publication": ["view"],
    },
    "references": {"reference": [*WRITE, "delete"], "healthclaim": ["view"]},
}
ROLES = {
    "Redacteur": WRITING,
    "Eindredacteur": {
        "articles": WRITING["articles"] | {"article": [*WRITE, "publish"]},
        "references": WRITING["references"] | {"healthclaim": ["change", "view"]},
    },
    "Adviseur": {"references": {"reference": ["view"], "healthclaim": ["view"]}},
    "Beheerder": {"auth": {"user": [*WRITE, "delete"], "group": ["view"]}},
}


def create_roles(apps, schema_editor):
    for label in ("articles", "references", "auth", "contenttypes"):
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        for app, models in rights.items():
            for model, actions in models.items():
                codenames = [f"{action}_{model}" for action in actions]
                found = Permission.objects.filter(content_type__app_label=app, codename__in=codenames)
                if len(found) != len(codenames):
                    raise LookupError(f"{name}: not all of {codenames} exist in {app}")
                group.permissions.add(*found)


def drop_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_publication_immutable"),
        ("references", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_roles, drop_roles)]
