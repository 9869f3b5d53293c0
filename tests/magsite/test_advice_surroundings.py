"""What the desk is told of the site around it."""

import pytest
from django.test import RequestFactory

from advice.ports import Origin, surroundings
from articles.publishing import publish
from articles.rendering.source import BenefitSource, SectionSource
from tests.factories import make_article


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_network_is_wide_enough_to_name_nobody(address, network):
    assert surroundings().network_of(RequestFactory(REMOTE_ADDR=address).get("/")) == network


@pytest.mark.django_db
def test_an_article_is_found_with_its_parts_when_readers_find_it(chief):
    sections = (SectionSource("Wat?", "wat", "Water."), SectionSource("Voordelen", "voordelen", "", shows_benefits=True))
    article = make_article(sections=sections, benefits=(BenefitSource("Dorst", "dorst", "Weg."),))
    assert surroundings().find_article("water") is None
    publish(article, by=chief)
    origin = surroundings().find_article("water")
    assert isinstance(origin, Origin)
    assert (origin.slug, origin.title, origin.url) == ("water", "Waar is water goed voor?", "/artikelen/water/")
    assert [(part.anchor, part.heading) for part in origin.sections] == [
        ("wat", "Wat?"),
        ("voordelen", "Voordelen"),
        ("dorst", "Dorst"),
    ]
    assert (origin.heading("dorst"), origin.heading("weg")) == ("Dorst", "")
