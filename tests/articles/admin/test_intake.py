"""The page of an intake table: what it saves, what it refuses, and two editors at once."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from articles.admin.intake_forms import TableForm
from articles.drafts import store_source
from articles.intake_tables import change_table
from articles.models import Article, Publication
from articles.publishing import publish
from articles.rendering.source import SectionSource
from intake.models import Nutrient
from tests.factories import make_source, make_term
from tests.intake.tables import magnesium, make_magnesium, with_amount

pytestmark = pytest.mark.django_db
LIST = "/beheer/intake/nutrient/"
ROWS = magnesium().rows
MEN = 5  # the place of the row for men


@pytest.fixture
def nutrient():
    return make_magnesium()


@pytest.fixture
def article(nutrient, chief):
    body = "Zoveel:\n\n{{intake: magnesium}}"
    publish(store_source(make_source(sections=(SectionSource("Hoeveel?", "hoeveel", body),))), by=chief)
    return Article.objects.get()


def page_of(nutrient) -> str:
    return f"{LIST}{nutrient.pk}/change/"


def posted(nutrient, **changed) -> dict:
    """Return what the page sends when somebody changes these fields and nothing else."""
    form = TableForm(nutrient)
    data = {"opened_with": form.opened_with, "name": nutrient.name, "unit": nutrient.unit}
    data |= {field.html_name: field.value() for field in form.rows.management_form}
    for row in form.rows:
        values = {field.html_name: field.value() for field in row}
        data |= {name: value for name, value in values.items() if value is not None and value is not False}
    return data | changed


def errors_at(html: str) -> dict[str, str]:
    found = re.findall(r'id="id_rows-(\d+-\w+)_error"><li>(.*?)</li>', html)
    return dict(found)


def notes(response) -> list[str]:
    found = re.search(r'<div class="errornote".*?</div>', response.text, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found[0]) if found else []


def test_unchanged_page_saves_the_same_table(chief_client, nutrient):
    response = chief_client.post(page_of(nutrient), posted(nutrient))

    assert (response.status_code, Nutrient.objects.get().table()) == (302, magnesium())


def test_changed_value_reaches_readers_at_once(chief_client, article, nutrient):
    response = chief_client.post(page_of(nutrient), posted(nutrient, **{f"rows-{MEN}-amount": "375,5"}), follow=True)

    assert "De tabel is bewaard en opnieuw gepubliceerd in ‘Waar is water goed voor?’." in response.text
    assert ">375,5</td>" in chief_client.get("/artikelen/water/").text
    assert LogEntry.objects.get().change_message.startswith("Veranderd: ADH, Mannen, 14 jaar en ouder: van 350 milligram")
    assert Publication.objects.count() == 2


def test_row_is_added_and_another_removed(chief_client, nutrient):
    young = {"kind": "adh", "sex": "any", "state": "none", "months_from": "0", "months_to": "6", "amount": "60", "unit": "mg"}
    new = {f"rows-10-{name}": value for name, value in (young | {"source": "voedingscentrum-magnesium", "locator": "p. 3"}).items()}

    chief_client.post(page_of(nutrient), posted(nutrient, **new, **{"rows-9-DELETE": "on"}))

    rows = Nutrient.objects.get().table().rows
    assert (len(rows), rows[0].months_to, str(rows[0].amount), rows[0].locator) == (10, 6, "6E+1", "p. 3")
    assert rows[1:] == ROWS[:-1]


@pytest.mark.parametrize(
    ("changed", "place", "message"),
    [
        ({"rows-1-months_to": "23"}, "1-months_from", "ADH: voor mannen van 23 maanden is er geen waarde."),
        ({"rows-1-months_to": "25"}, "2-months_from", "overlappen elkaar"),
        ({"rows-1-months_to": "12"}, "1-months_to", "De leeftijd loopt niet op"),
        ({"rows-1-source": "weg"}, "1-source", "Deze bron bestaat niet."),
        ({"rows-1-source": ""}, "1-source", "heeft geen bron"),
        ({"rows-1-unit": "µg"}, "1-unit", "staat in microgram"),
        ({"rows-1-amount": "1.500"}, "1-amount", "zonder punt voor duizend"),
        ({"rows-1-amount": "NaN"}, "1-amount", "‘NaN’ is geen hoeveelheid"),
        ({"rows-1-amount": "0"}, "1-amount", "hoger zijn dan 0"),
        ({"rows-1-state": "pregnant"}, "1-sex", "hoort het geslacht ‘vrouw’"),
        ({"rows-1-locator": "=1+1"}, "1-locator", "De vindplaats mag"),
        ({"unit": "µg"}, "0-unit", "staat in milligram, maar magnesium in microgram"),
    ],
)
def test_mistake_is_told_at_its_place_and_what_was_typed_is_kept(chief_client, article, nutrient, changed, place, message):
    response = chief_client.post(page_of(nutrient), posted(nutrient, **changed))

    assert (response.status_code, Nutrient.objects.get().table()) == (200, magnesium())
    assert message in errors_at(response.text)[place]
    assert "Er is niets bewaard" in response.text
    assert Publication.objects.count() == 1
    for name, value in changed.items():
        assert re.search(rf'name="{name}" value="{re.escape(value)}"|<option value="{value}" selected>', response.text) or not value


def test_article_that_can_t_be_published_holds_the_change_back(chief_client, article, nutrient):
    make_term("nat")

    response = chief_client.post(page_of(nutrient), posted(nutrient, **{f"rows-{MEN}-amount": "375"}))

    assert notes(response)[0].startswith("Het artikel ‘Waar is water goed voor?’ toont deze tabel, maar kan nu niet opnieuw")
    assert f'name="rows-{MEN}-amount" value="375"' in response.text
    assert Nutrient.objects.get().table() == magnesium()


def test_looking_first_saves_nothing_and_shows_what_would_change(chief_client, article, nutrient):
    response = chief_client.post(page_of(nutrient), posted(nutrient, **{f"rows-{MEN}-amount": "375", "_preview": "1"}))

    assert "<ins>375 milligram (bron voedingscentrum-magnesium)</ins>" in response.text
    assert '<td class="align-right">375</td>' in response.text
    assert Nutrient.objects.get().table() == magnesium()


def test_second_editor_overwrites_nothing_that_the_form_did_not_show(chief_client, chief, nutrient):
    mine = posted(nutrient, **{f"rows-{MEN}-amount": "375"})
    theirs = posted(nutrient, **{"rows-0-amount": "81"})
    chief_client.post(page_of(nutrient), theirs)

    response = chief_client.post(page_of(nutrient), mine)

    assert response.status_code == 409
    assert notes(response)[0].startswith("Er is niets bewaard, want eindredacteur heeft om ")
    assert Nutrient.objects.get().table().rows == with_amount(ROWS, ROWS[0], "81")
    assert response.text.count("<del>") == 2  # the value of the other, and the one that was to change
    again = mine | {"opened_with": re.search(r'name="opened_with" value="(\w+)"', response.text)[1]}
    assert chief_client.post(page_of(nutrient), again).status_code == 302
    assert Nutrient.objects.get().table().rows == with_amount(ROWS, ROWS[MEN], "375")


def test_same_form_twice_is_no_conflict(chief_client, article, nutrient):
    data = posted(nutrient, **{f"rows-{MEN}-amount": "375"})

    assert [chief_client.post(page_of(nutrient), data).status_code for _ in range(2)] == [302, 302]
    assert Publication.objects.count() == 2


def test_change_by_a_command_is_told_without_a_name(chief_client, nutrient):
    data = posted(nutrient, **{f"rows-{MEN}-amount": "375"})
    change_table(nutrient, with_amount(ROWS, ROWS[0], "81"), by=None)

    assert "want iemand anders heeft de tabel intussen veranderd" in notes(chief_client.post(page_of(nutrient), data))[0]


def test_writer_looks_and_changes_nothing(writer_client, article, nutrient):
    response = writer_client.get(page_of(nutrient))

    assert "<form method" not in response.text.split('id="content-main"')[1]
    assert '<td class="align-right">350</td>' in response.text
    assert writer_client.post(page_of(nutrient), posted(nutrient, name="zink")).status_code == 403
    assert Nutrient.objects.get().table() == magnesium()


def test_new_table_starts_empty_and_says_so(chief_client, nutrient):
    response = chief_client.post(f"{LIST}add/", {"key": "zink", "name": "zink", "unit": "mg"}, follow=True)

    assert "De tabel is gemaakt. Vul nu de waarden in." in response.text
    assert chief_client.post(f"{LIST}add/", {"key": "Zink!", "name": "zink", "unit": "mg"}).status_code == 200
    assert sorted(Nutrient.objects.values_list("key", flat=True)) == ["magnesium", "zink"]
    assert "in orde" in chief_client.get(LIST).text


def test_page_names_the_articles_and_the_findings_of_what_is_saved(chief_client, article, nutrient):
    nutrient.values.filter(months_from=24).delete()

    html = chief_client.get(page_of(nutrient)).text

    assert "ADH: voor mannen van 2-5 jaar is er geen waarde." in html
    assert f'<a href="/beheer/articles/article/{article.pk}/change/">Waar is water goed voor?</a>' in html
    assert "2 fouten" in chief_client.get(LIST).text


def test_list_asks_the_same_number_of_queries_for_more_tables(chief_client, nutrient, django_assert_num_queries):
    chief_client.get(LIST)
    for count in (1, 3):
        for number in range(count):
            Nutrient.objects.get_or_create(key=f"stof-{number}", defaults={"name": f"stof {number}"})
        with django_assert_num_queries(8):
            chief_client.get(LIST)
