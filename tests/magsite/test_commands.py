from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class

OURS = sorted(name for name, app in get_commands().items() if (settings.BASE_DIR / str(app).split(".")[0]).is_dir())


def test_our_own_commands_are_found():
    assert {"backup", "import_article", "import_references", "seed", "worker"} <= set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_command_says_what_it_does(name):
    assert load_command_class(get_commands()[name], name).help.endswith(".")


@pytest.mark.django_db
def test_models_and_migrations_agree():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert out.getvalue() == "No changes detected\n"


def test_procfile_starts_the_web_and_the_worker():
    lines = [line for line in Path(settings.BASE_DIR / "Procfile").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line.split(":")[0] for line in lines] == ["web", "worker"]
    assert "--no-control-socket" in lines[0]
    assert "manage.py worker" in lines[1]
