"""The demo accounts: one for each kind of person behind the scenes, with passwords that are made once and kept in a file."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from advice.models import Adviser


@dataclass(frozen=True)
class DemoAccount:
    username: str
    role: str
    groups: tuple[str, ...] = ()
    is_superuser: bool = False
    signs_as: str = ""  # the name under the answers of an adviser


# The demo editor may publish too: who tries out the site alone has nobody to ask.
DEMO_ACCOUNTS = (
    DemoAccount("redacteur", "redactie", ("Redacteur", "Eindredacteur")),
    DemoAccount("adviseur", "advies", ("Adviseur",), signs_as="Britt"),
    DemoAccount("beheerder", "beheer", is_superuser=True),
)


def make_demo_accounts(*, password_file: Path) -> dict[str, str | None]:
    """Make the demo accounts that don't exist yet and return the password of each by username.

    An account that exists is never changed. Its password is None when the file no longer tells it.
    Raises Group.DoesNotExist when the migrations that make the groups have not run.
    """
    known = read_passwords(password_file)
    existing = set(
        get_user_model().objects.filter(username__in=[a.username for a in DEMO_ACCOUNTS]).values_list("username", flat=True)
    )
    missing = [account for account in DEMO_ACCOUNTS if account.username not in existing]
    passwords = known | {account.username: secrets.token_urlsafe(12) for account in missing if account.username not in known}
    if passwords != known:
        write_passwords(password_file, passwords)  # first, so that a crash in between leaves no account without a password
    with transaction.atomic():
        for account in missing:
            create_account(account, passwords[account.username])
    return {account.username: passwords.get(account.username) for account in DEMO_ACCOUNTS}


def create_account(account: DemoAccount, password: str) -> None:
    groups = [Group.objects.get(name=name) for name in account.groups]
    user = get_user_model().objects.create_user(
        account.username, password=password, is_staff=True, is_superuser=account.is_superuser
    )
    user.groups.set(groups)
    if account.signs_as:
        Adviser.objects.create(user=user, name=account.signs_as, role="productadviseur")


def read_passwords(path: Path) -> dict[str, str]:
    """Return the passwords by username; nothing when there is no file. Each line holds a name and a password."""
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2}


def write_passwords(path: Path, passwords: dict[str, str]) -> None:
    """Replace the file in one step; only the owner may read it, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{username} {password}\n" for username, password in passwords.items())
    draft.replace(path)
