"""Intake tables through a spreadsheet: the difference first, then a second press."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.drafts import store_source
from articles.intake_tables import change_table
from articles.models import Publication
from articles.publishing import publish
from articles.rendering.source import SectionSource
from intake.csv_file import COLUMNS
from intake.models import Nutrient
from tests.factories import make_source, make_term
from tests.intake.tables import FILE, magnesium, make_magnesium, with_amount

pytestmark = pytest.mark.django_db
LIST = "/beheer/intake/nutrient/"
ROWS = magnesium().rows
CHANGED = FILE.read_text(encoding="utf-8").replace(";350;", ";375;")


@pytest.fixture
def nutrient(chief):
    nutrient = make_magnesium()
    body = "Zoveel:\n\n{{intake: magnesium}}"
    publish(store_source(make_source(sections=(SectionSource("Hoeveel?", "hoeveel", body),))), by=chief)
    return nutrient


def upload(client, text: str | bytes):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(f"{LIST}inlezen/", {"file": SimpleUploadedFile("tabel.csv", data, "text/csv")})


def confirm(client, response):
    text = re.search(r'<textarea name="text" hidden>(.*?)</textarea>', response.text, re.DOTALL)[1]
    return client.post(f"{LIST}inlezen/", {"text": text, "opened_with": re.search(r'opened_with" value="(\w+)"', response.text)[1]})


def problems(response) -> list[str]:
    found = re.search(r'<div class="errornote".*?</div>', response.text, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found[0]) if found else []


@pytest.mark.parametrize("address", ["csv/", "{}/csv/"])
def test_download_is_what_the_command_writes(writer_client, nutrient, address):
    response = writer_client.get(LIST + address.format(nutrient.pk))

    assert response.content == b"\xef\xbb\xbf" + FILE.read_bytes()
    assert response.headers["Content-Disposition"].startswith('attachment; filename="innametabel')


def test_download_comes_back_without_a_difference(chief_client, nutrient):
    response = upload(chief_client, chief_client.get(f"{LIST}csv/").content)

    assert "Geen verschil." in response.text
    assert "Zo bewaren" not in response.text


def test_first_the_difference_then_the_change(chief_client, nutrient):
    looked = upload(chief_client, CHANGED)

    assert "<del>350 milligram (bron voedingscentrum-magnesium)</del>" in looked.text
    assert "Wordt meteen opnieuw gepubliceerd: ‘Waar is water goed voor?’." in looked.text
    assert (Nutrient.objects.get().table(), Publication.objects.count()) == (magnesium(), 1)

    assert confirm(chief_client, looked).status_code == 302
    assert Nutrient.objects.get().table().rows == with_amount(ROWS, ROWS[5], "375")
    assert ">375</td>" in chief_client.get("/artikelen/water/").text
    assert LogEntry.objects.get().change_message.startswith("CSV: Veranderd: ADH, Mannen")


def test_change_of_somebody_else_is_shown_before_it_is_overwritten(chief_client, nutrient):
    looked = upload(chief_client, CHANGED)
    change_table(nutrient, with_amount(ROWS, ROWS[0], "81"), by=None)

    again = confirm(chief_client, looked)

    assert problems(again) == [
        "De tabellen zijn intussen veranderd. Dit is het verschil met wat er nu bewaard is; druk opnieuw als het klopt."
    ]
    assert again.text.count("<del>") == 2
    assert Nutrient.objects.get().table().rows == with_amount(ROWS, ROWS[0], "81")
    assert confirm(chief_client, again).status_code == 302
    assert Nutrient.objects.get().table().rows == with_amount(ROWS, ROWS[5], "375")


def test_new_table_comes_with_its_rows(chief_client, nutrient):
    text = f"{';'.join(COLUMNS)}\nvitamine-b12;ADH;iedereen;geen;0;;2,8;µg;;voedingscentrum-magnesium;\n"

    confirm(chief_client, upload(chief_client, text))

    made = Nutrient.objects.get(key="vitamine-b12")
    assert (made.name, made.unit, made.values.count(), Nutrient.objects.get(key="magnesium").table()) == (
        "vitamine b12",
        "µg",
        1,
        magnesium(),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CHANGED.replace(";350;375;", ";x;").replace(";375;", ";=1;"), "Regel 7: ‘hoeveelheid’ begint met ‘=’"),
        (CHANGED.replace("voedingscentrum-magnesium", "weg"), "Deze bron bestaat niet: weg."),
        (CHANGED.replace(";168;;", ";180;;"), "ADH: voor mannen van 14 jaar is er geen waarde."),
        ("PK\x03\x04\0\0", "dit is geen tekst"),
    ],
)
def test_file_that_is_wrong_changes_nothing(chief_client, nutrient, text, message):
    response = upload(chief_client, text)

    assert message in problems(response)[0]
    assert (Nutrient.objects.get().table(), Publication.objects.count()) == (magnesium(), 1)


def test_nothing_at_all_is_told_too(chief_client, nutrient):
    assert "verplicht" in chief_client.post(f"{LIST}inlezen/", {}).text
    assert "leeg" in upload(chief_client, "").text


def test_article_that_can_t_be_published_is_told_before_the_second_press(chief_client, nutrient):
    make_term("nat")

    assert problems(upload(chief_client, CHANGED))[0].startswith("Het artikel ‘Waar is water goed voor?’ toont deze tabel")
