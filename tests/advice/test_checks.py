"""A set-up of mail that would send it twice is refused."""

import pytest
from django.core.checks import run_checks

LEDGER = "imaps://archief:geheim@mail.example.org/INBOX"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"MAIL_GRACE_SECONDS": 20}, ["advice.E001"]),
        ({"MAIL_GRACE_SECONDS": 21}, []),
        ({"MAIL_LEDGER_URL": LEDGER}, ["advice.E002"]),
        ({"MAIL_LEDGER_URL": LEDGER, "MAIL_ARCHIVE": "archief@example.org"}, []),
        ({"MAIL_ARCHIVE": "archief@example.org"}, []),
        ({"MAIL_LEDGER_URL": "https://mail.example.org", "MAIL_ARCHIVE": "archief@example.org"}, ["advice.E003"]),
    ],
)
def test_a_wrong_set_up_gets_a_number(settings, values, found):
    for name, value in values.items():
        setattr(settings, name, value)
    errors = run_checks(tags=["mail"])
    assert [error.id for error in errors] == found
    assert "geheim" not in str(errors)
