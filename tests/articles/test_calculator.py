"""“Hoeveel heb jij nodig?”: what it answers, what it asks for, and that it agrees with the table that readers see."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from articles.drafts import store_source
from articles.models import Article, Publication
from articles.publishing import publish
from articles.rendering.source import SectionSource
from intake.lookup import find_values
from intake.models import Nutrient
from intake.table import Sex, State
from tests.factories import make_masked_reference, make_source
from tests.intake.tables import magnesium, make_magnesium

pytestmark = pytest.mark.django_db
ADDRESS = "/hoeveel-heb-jij-nodig/"
HUNDRED = 1_200
WHO = {
    (Sex.MALE, State.NONE): "Mannen",
    (Sex.FEMALE, State.NONE): "Vrouwen",
    (Sex.FEMALE, State.PREGNANT): "Vrouwen die zwanger zijn",
    (Sex.FEMALE, State.BREASTFEEDING): "Vrouwen die borstvoeding geven",
}
AGE = re.compile(r"(\d+)(?:-(\d+))? (maanden|jaar)( en ouder)?")


@pytest.fixture
def article(chief):
    make_magnesium()
    body = "Zoveel:\n\n{{intake: magnesium}}\n\nEn verder."
    publish(store_source(make_source(sections=(SectionSource("Hoeveel?", "hoeveel", body),))), by=chief)
    return Article.objects.get()


class TableReader(HTMLParser):
    """Reads a table as a screen reader does: (group, age, amount) of each row, with the group from its row header."""

    def __init__(self, html: str):
        super().__init__()
        self.rows, self.cells, self.group, self.cell = [], [], "", None
        self.feed(html[html.index("<tbody>") : html.rindex("</table>")])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.cells = []
        elif tag in ("th", "td"):
            self.cell = ""

    def handle_data(self, data):
        self.cell = None if self.cell is None else self.cell + data

    def handle_endtag(self, tag):
        if tag == "th":
            self.group = self.cell
        elif tag == "td":
            self.cells.append(self.cell)
        elif tag == "tr":
            self.rows.append((self.group, *self.cells))


def printed(client) -> list[tuple[str, str, str]]:
    return TableReader(client.get("/artikelen/water/").content.decode()).rows


def holds(age: str, months: int) -> bool:
    """Whether somebody of this age in months is in a group of the printed table, by its words alone."""
    if not age:
        return True
    first, last, unit, is_open = AGE.fullmatch(age).groups()
    step = 12 if unit == "jaar" else 1
    return int(first) * step <= months and (bool(is_open) or months < (int(last or first) + 1) * step)


def by_the_table(rows, months: int, sex: Sex, state: State) -> list[str]:
    groups = [WHO[sex, state], *(["Kinderen"] if state == State.NONE else [])]
    return [amount for group, age, amount in rows if group in groups and holds(age, months)]


def ask(client, **typed):
    return client.post(ADDRESS, {"nutrient": "magnesium", "age_in": "months"} | typed)


def amounts(response) -> list[str]:
    return re.findall(r"<dd><strong>(\S+) milligram</strong> magnesium per dag</dd>", response.content.decode())


def wrong(response) -> dict[str, str]:
    said = r'id="magnesium-(\w+)_error"><span class="visually-hidden">Fout: </span>([^<]+)</p>'
    return dict(re.findall(said, response.content.decode()))


def test_lookup_agrees_with_the_printed_table_for_every_month_sex_and_situation(client, article):
    rows, table = printed(client), magnesium()

    assert len(rows) == 10
    for months in range(6, HUNDRED + 1):
        for sex, state in WHO:
            found = [f"{row.amount:f}" for row in find_values(table, months=months, sex=sex, state=state)]
            assert found == by_the_table(rows, months, sex, state), (months, sex, state)
            assert len(found) == 1


def test_answer_agrees_with_the_printed_table(client, article):
    rows = printed(client)

    for months in (6, 11, 12, 23, 24, 71, 72, 119, 120, 167, 168, 215, 216, 407, HUNDRED):
        for sex, state in WHO:
            response = ask(client, age=months, sex=sex, state=state)
            assert (response.status_code, amounts(response)) == (200, by_the_table(rows, months, sex, state)), (months, sex, state)
    for years in (2, 5, 6, 13, 14, 17, 18, 100):
        answered = amounts(ask(client, age=years, age_in="years", sex="female", state="none"))
        assert answered == by_the_table(rows, years * 12, Sex.FEMALE, State.NONE)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"age": "8", "age_in": "years"}, ["200"]),
        ({"age": " 30 jaar ", "age_in": "years", "sex": "male"}, ["350"]),
        ({"age": "30", "age_in": "years", "state": "pregnant"}, ["300"]),
        ({"age": "30", "age_in": "years", "sex": "untold", "state": "none"}, ["350", "300"]),
        ({"age": "30", "age_in": "years", "sex": "untold", "state": "untold"}, ["350", "300", "300", "280"]),
        ({"age": "30", "age_in": "years", "sex": "female", "state": "untold"}, ["300", "300", "280"]),
        ({"age": "1", "age_in": "years"}, ["85"]),
    ],
)
def test_no_more_is_asked_than_the_table_needs(client, article, typed, expected):
    response = ask(client, **typed)

    assert (response.status_code, amounts(response), wrong(response)) == (200, expected, {})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, {"age": "Vul je leeftijd in: een heel getal, zoals 34."}),
        ({"age": "-3"}, {"age": "Vul je leeftijd in: een heel getal, zoals 34."}),
        ({"age": "1,5"}, {"age": "Vul je leeftijd in: een heel getal, zoals 34."}),
        ({"age": "٣٠"}, {"age": "Vul je leeftijd in: een heel getal, zoals 34."}),
        ({"age": "9" * 5000}, {"age": "Vul je leeftijd in: een heel getal, zoals 34."}),
        ({"age": "120", "age_in": "years"}, {"age": "Vul een leeftijd in onder 120 jaar."}),
        ({"age": "0", "age_in": "years"}, {"age": "Bij deze leeftijd telt de maand. Vul de leeftijd in maanden in."}),
        ({"age": "30", "age_in": "x"}, {"age_in": "Kies een van de mogelijkheden."}),
        ({"age": "30", "sex": "x"}, {"sex": "Kies een van de mogelijkheden."}),
        (
            {"age": "300", "sex": "male", "state": "pregnant"},
            {"state": "Je koos ‘man’ en deze situatie. Die groep staat niet in de tabel. Verander een van de twee."},
        ),
    ],
)
def test_mistake_is_told_at_its_field_and_on_top(client, article, typed, expected):
    response = ask(client, **typed)
    html = response.content.decode()

    assert (response.status_code, wrong(response), amounts(response)) == (422, expected, [])
    assert "<title>Fout: Hoeveel heb jij nodig?" in html
    for name, message in expected.items():
        assert f'<a href="#magnesium-{name}">{message}</a>' in html
        assert f'aria-describedby="magnesium-{name}' in html


def test_what_makes_a_difference_is_asked_for(client, article):
    assert set(wrong(ask(client, age="360"))) == {"sex", "state"}
    assert set(wrong(ask(client, age="360", state="none"))) == {"sex"}
    assert set(wrong(ask(client, age="360", sex="female"))) == {"state"}


@pytest.mark.parametrize("age", ["0", "5"])
def test_baby_gets_no_value_and_a_sentence(client, article, age):
    response = ask(client, age=age)

    assert (response.status_code, amounts(response)) == (200, [])
    assert f"<strong>Voor een kind van {age} maanden is er geen waarde.</strong> De tabel begint bij 6 maanden." in response.text


def test_answer_says_what_it_means_where_it_comes_from_and_leads_back(client, article):
    response = ask(client, age="400", sex="female", state="pregnant", back="water#tabel-1")

    assert "<dt>Vrouwen die zwanger zijn</dt>" in response.text
    assert "Overleg met je verloskundige, huisarts of apotheker." in response.text
    assert '<p class="answer-source">Bron: Jansen, A. (2020). Over voedingscentrum-magnesium.' in response.text
    assert '<a href="/artikelen/water/#tabel-1">Bekijk de tabel in ‘Waar is water goed voor?’</a>' in response.text
    assert '<option value="pregnant" selected>' in response.text
    assert 'value="400"' in response.text


@pytest.mark.parametrize("back", ["", "weg#tabel-1", "water#x", "//evil.example#tabel-1", 'water#tabel-1"><script>'])
def test_way_back_is_only_to_an_article_of_ours(client, article, back):
    response = ask(client, age="8", back=back)

    assert response.status_code == 200
    assert "Bekijk de tabel" not in response.text
    assert "<script>" not in response.text


def test_masked_source_stays_masked(client, article):
    make_masked_reference()
    Nutrient.objects.get().values.update(source=make_masked_reference("mask2015"))

    response = ask(client, age="8")

    assert "Magnesium in prevention and [...]" in response.text
    assert "therapy" not in response.text


def test_nothing_is_kept_and_nobody_needs_a_cookie_or_a_token(article, django_assert_num_queries):
    client = Client(enforce_csrf_checks=True)
    answers = [client.get(ADDRESS), ask(client, age="8"), ask(client, age="")]

    for response in answers:
        assert response.headers["Cache-Control"] == "no-store, private"
        assert "csrf" not in response.text
        assert "Set-Cookie" not in response.headers
    assert client.cookies == {}
    with django_assert_num_queries(4):
        ask(client, age="8")


def test_address_fills_in_nothing(client, article):
    plain, asked = client.get(ADDRESS), client.get(f"{ADDRESS}?nutrient=magnesium&age=8&sex=female")

    assert plain.content == asked.content
    assert amounts(asked) == []
    assert client.put(ADDRESS).status_code == 405


def test_unknown_table_is_not_found_and_no_table_is_said(client, db):
    assert client.post(ADDRESS, {"nutrient": "zink", "age": "8"}).status_code == 404
    assert "Er is nog geen tabel" in client.get(ADDRESS).text


def test_form_stands_under_the_table_and_is_no_part_of_what_was_published(client, chief_client, article):
    html = client.get("/artikelen/water/").content.decode()

    assert html.count("data-calculator") == 1
    assert re.search(r'</table>\n</div>\s+<form class="calculator"', html)
    assert 'name="back" value="water#tabel-1"' in html
    assert "js/calculator.js" in html
    assert "<form" not in str(Publication.objects.get().rendered)
    feed = client.get("/artikelen/atom.xml").text
    old = client.get("/artikelen/water/v/1/").content.decode()
    assert ("<table>" in old, "data-calculator" in old, "js/calculator.js" in old) == (True, False, False)
    assert "data-calculator" in chief_client.get(f"/beheer/articles/article/{article.pk}/voorbeeld/").text
    assert ("&lt;table&gt;" in feed, "data-calculator" in feed) == (True, False)
    assert not any("data-intake" in text for text in (html, old, feed))


def test_table_that_is_printed_twice_has_one_form(client, article, chief):
    body = "{{intake: magnesium}}\n\nEn nog eens:\n\n{{intake: magnesium}}"
    publish(store_source(make_source(sections=(SectionSource("Hoeveel?", "hoeveel", body),))), by=chief)

    html = client.get("/artikelen/water/").content.decode()
    assert (html.count("<table>"), html.count("data-calculator")) == (2, 1)
