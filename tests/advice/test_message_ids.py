"""A Message-ID of ours is known without looking it up; nobody else's is."""

from advice.message_ids import is_ours, make_message_id
from tests.advice.factories import make_request


def test_ours_are_known_and_all_different(settings):
    settings.MAIL_DOMAIN = "magsite.example"
    one, other = make_message_id(), make_message_id()
    assert one != other
    assert one.endswith("@magsite.example>")
    assert is_ours(one)
    assert is_ours(one.strip("<>").upper())


def test_a_new_domain_or_key_forgets_nothing(settings):
    message_id = make_message_id()
    settings.MAIL_DOMAIN = "elders.example"
    assert is_ours(message_id)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next key"
    assert is_ours(message_id)
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_ours(message_id)


def test_others_are_not_ours(settings):
    number, _, rest = make_message_id().partition(".")
    others = [
        "<5f0a1c1e-6d0b-4f0e-9a53-3a3f6e1f5a10@testserver>",
        "",
        "<>",
        f"{number}.0000000000000000@testserver>",
        f"<{'0' * 32}.{rest}",
        f"{number}.{rest} <x@example.org>",
    ]
    assert not any(map(is_ours, others))


def test_every_mail_of_the_outbox_has_one(db):
    assert [is_ours(mail.rfc_message_id) for mail in make_request().mails.all()] == [True]
