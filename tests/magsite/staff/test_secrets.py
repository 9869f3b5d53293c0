import pytest

from magsite.staff.secrets import close, disclose
from tests.magsite.staff.people import SECRET, code_of, give_app, give_code, give_recovery_codes, is_signed_in, sign_in


def test_what_was_closed_opens_again_and_tells_nothing_meanwhile():
    closed = close(SECRET)
    assert disclose(closed) == SECRET
    assert SECRET not in closed
    assert close(SECRET) != closed


def test_earlier_key_still_opens_and_no_longer_closes(settings):
    settings.SECRET_KEY = "vroeger"
    closed = close(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nu", ["vroeger"]
    assert disclose(closed) == SECRET
    newly_closed = close(SECRET)
    settings.SECRET_KEY_FALLBACKS = []
    assert disclose(newly_closed) == SECRET


@pytest.mark.parametrize("closed", ["", "x", "gAAAAA", SECRET])
def test_what_does_not_open_is_a_secret_that_nobody_knows(closed, caplog):
    first, second = disclose(closed), disclose(closed)
    assert first != second
    assert len(first) == 32
    assert "another SECRET_KEY" in caplog.text


@pytest.mark.django_db
def test_database_holds_no_secret_in_the_clear(adviser):
    app = give_app(adviser)
    codes = give_recovery_codes(adviser)
    stored = str(list(type(app).objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert not any(code in stored for code in codes)


@pytest.mark.django_db
def test_after_a_change_of_key_no_code_fits_and_nothing_breaks(client, adviser, settings):
    give_app(adviser)
    codes = give_recovery_codes(adviser)
    settings.SECRET_KEY = "een andere"
    sign_in(client)
    for code in (code_of(), codes[0], ""):
        assert give_code(client, code).status_code == 200
    assert not is_signed_in(client)
