"""Changes to how the desk is set up are for managers, and are written down."""

import pytest
from django.core.exceptions import PermissionDenied

from advice.models import Adviser, AuditEvent, ConsentText, Topic
from advice.setting_up import add_consent_text, save_adviser, save_topic
from tests.advice.factories import NOW, make_consent

pytestmark = pytest.mark.django_db


def test_every_change_is_written_down(manager, writer):
    save_adviser(Adviser(user=writer, name="Kim"), by=manager)
    save_topic(Topic(slug="slaap", name="Slaap"), by=manager)
    make_consent()
    made = add_consent_text("Een andere tekst.", by=manager, now=NOW)
    assert (made.number, made.text, made.created_by, ConsentText.objects.count()) == (2, "Een andere tekst.", manager, 2)
    events = AuditEvent.objects.order_by("number").values_list("actor", "action", "detail")
    assert list(events) == [
        ("beheerder", "settings", {"what": "adviseur", "name": "schrijver"}),
        ("beheerder", "settings", {"what": "onderwerp", "name": "slaap"}),
        ("beheerder", "settings", {"what": "toestemmingstekst", "name": "2"}),
    ]


def test_an_adviser_sets_up_nothing(britt):
    for change in (
        lambda: save_adviser(britt.adviser, by=britt),
        lambda: save_topic(Topic(slug="slaap", name="Slaap"), by=britt),
        lambda: add_consent_text("Tekst.", by=britt, now=NOW),
    ):
        with pytest.raises(PermissionDenied, match="Alleen een beheerder"):
            change()
    assert not Topic.objects.exists()
    assert not AuditEvent.objects.exists()
