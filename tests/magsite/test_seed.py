import stat
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from advice.models import Adviser
from articles.models import Article
from magsite.accounts import make_demo_accounts
from references.models import HealthClaim, Reference

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def no_content(monkeypatch):
    """The accounts don't depend on the content, and its pictures take seconds."""
    monkeypatch.setattr("magsite.management.commands.seed.CONTENT", ())


def seed(**options) -> str:
    out = StringIO()
    call_command("seed", stdout=out, **options)
    return out.getvalue()


def roles(username: str) -> tuple[list[str], bool, bool]:
    user = User.objects.get(username=username)
    return sorted(user.groups.values_list("name", flat=True)), user.is_staff, user.is_superuser


def test_seed_publishes_the_article_and_a_second_time_changes_nothing():
    seed()
    article = Article.objects.get(slug="waar-is-magnesium-goed-voor")
    first = (article.live_id, article.title, Reference.objects.count(), HealthClaim.objects.count())
    assert article.live_id is not None
    assert first[2:] == (19, 10)
    seed()
    article.refresh_from_db()
    assert (article.live_id, article.title, Reference.objects.count(), HealthClaim.objects.count()) == first


def test_seed_keeps_what_an_editor_changed():
    seed()
    Article.objects.update(title="De titel van de redactie")
    seed()
    assert Article.objects.get(slug="waar-is-magnesium-goed-voor").title == "De titel van de redactie"


def test_seed_alone_makes_no_accounts(tmp_path, no_content):
    seed()
    assert not User.objects.exists()
    assert not (tmp_path / "demo-accounts.txt").exists()


def test_demo_accounts_have_the_roles_of_their_name(no_content):
    seed(demo=True)
    assert roles("redacteur") == (["Eindredacteur", "Redacteur"], True, False)
    assert roles("adviseur") == (["Adviseur"], True, False)
    assert roles("beheerder") == ([], True, True)


def test_demo_adviser_signs_as_britt(no_content):
    seed(demo=True)
    seed(demo=True)
    assert [(adviser.user.username, adviser.name, adviser.role) for adviser in Adviser.objects.all()] == [
        ("adviseur", "Britt", "productadviseur")
    ]


def test_demo_passwords_are_printed_work_and_are_kept_where_only_the_owner_reads(tmp_path, no_content):
    printed = seed(demo=True)
    path = tmp_path / "demo-accounts.txt"
    passwords = dict(line.split() for line in path.read_text().splitlines())
    assert list(passwords) == ["redacteur", "adviseur", "beheerder"]
    assert len(set(passwords.values())) == 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for username, password in passwords.items():
        assert User.objects.get(username=username).check_password(password)
        assert password in printed


def test_second_time_prints_the_same_passwords_and_changes_no_account(no_content):
    first = seed(demo=True).split("De site:")[1]
    Group.objects.get(name="Redacteur").user_set.clear()
    assert seed(demo=True).split("De site:")[1] == first
    assert roles("redacteur") == (["Eindredacteur"], True, False)


def test_lost_password_file_is_said_and_nothing_is_reset(tmp_path, no_content):
    seed(demo=True)
    before = list(User.objects.values_list("username", "password"))
    (tmp_path / "demo-accounts.txt").unlink()
    printed = seed(demo=True)
    assert "(onbekend; manage.py changepassword redacteur geeft een nieuw)" in printed
    assert list(User.objects.values_list("username", "password")) == before
    assert not (tmp_path / "demo-accounts.txt").exists()


def test_new_database_gets_the_passwords_that_the_file_already_tells(tmp_path):
    path = tmp_path / "demo-accounts.txt"
    first = make_demo_accounts(password_file=path)
    Adviser.objects.all().delete()
    User.objects.all().delete()
    assert make_demo_accounts(password_file=path) == first
    assert User.objects.get(username="adviseur").check_password(first["adviseur"])


def test_demo_accounts_are_refused_on_a_public_address(settings, no_content):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="demo-accounts horen daar niet"):
        seed(demo=True)
    assert not User.objects.exists()
    seed(demo=True, force=True)
    assert User.objects.count() == 3


def test_missing_groups_are_said_in_one_line(no_content):
    Group.objects.all().delete()
    with pytest.raises(CommandError, match="draai eerst manage"):
        seed(demo=True)
    assert not User.objects.exists()
