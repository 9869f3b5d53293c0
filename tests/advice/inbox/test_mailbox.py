"""What INBOX_URL may look like. How a mailbox behaves is tried on a real server: test_fetch."""

import pytest

from advice.inbox.checks import check_inbox
from advice.inbox.mailbox import Address, AddressWrong, read_address


def test_an_address_is_read_whole():
    assert read_address("imaps://advies%40example.org:ge%3Aheim@mail.example.org/Advies%2FNieuw") == Address(
        "mail.example.org", 993, "advies@example.org", "ge:heim", "Advies/Nieuw", True
    )
    assert read_address("imap://a:b@localhost") == Address("localhost", 143, "a", "b", "INBOX", False)
    assert read_address("imaps://a:b@host:1993/INBOX").port == 1993


def test_the_password_is_in_no_name():
    address = read_address("imaps://advies:geheim@mail.example.org/INBOX")
    assert (address.name, "geheim" in repr(address)) == ("advies@mail.example.org/INBOX", False)


@pytest.mark.parametrize(
    "url",
    [
        "imap://a:geheim@mail.example.org/INBOX",  # without encryption, over a network
        "pop3://a:geheim@mail.example.org",
        "imaps://mail.example.org/INBOX",
        "imaps://a@mail.example.org/INBOX",
        "imaps://a:geheim@/INBOX",
        "imaps://a:geheim@mail.example.org:poort/INBOX",
        "geheim",
    ],
)
def test_a_wrong_address_is_refused_without_telling_the_password(url, settings):
    with pytest.raises(AddressWrong) as caught:
        read_address(url)
    assert "geheim" not in str(caught.value)
    settings.INBOX_URL = url
    assert [error.id for error in check_inbox(None)] == ["advice.E010"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("advies@example.org", []),
        ("", ["advice.E011"]),
        ("advies", ["advice.E011"]),
        ("@example.org", ["advice.E011"]),
        (f"{'a' * 39}@example.org", []),
        (f"{'a' * 40}@example.org", ["advice.E011"]),
    ],
)
def test_the_address_must_bear_a_code(settings, address, found):
    settings.INBOX_ADDRESS = address
    assert [error.id for error in check_inbox(None)] == found


def test_nothing_is_asked_of_a_site_that_reads_no_mailbox(settings):
    settings.INBOX_URL = settings.INBOX_ADDRESS = ""
    assert check_inbox(None) == []
