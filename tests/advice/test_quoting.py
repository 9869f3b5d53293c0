from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.quoting import Part, split_quoted
from tests.advice.scaling import check_linear

GMAIL = "Op ma 3 nov. 2026 om 10:12 schreef Adviesbalie <advies@example.org>:\n"
OUTLOOK = (
    "Van: Adviesbalie <advies@example.org>\nVerzonden: maandag 3 november 2026 10:12\nAan: Jan Jansen\nOnderwerp: Je vraag\n\n"
)
HEADERS = [
    GMAIL,
    "Op 3-11-2026 om 10:12 schreef Adviesbalie:\n",
    "Op 3 nov 2026, om 10:12 heeft Adviesbalie <advies@example.org> het volgende geschreven:\n",
    "Op ma 3 nov. 2026 om 10:12 schreef Adviesbalie van het voedingscentrum <\nadvies@example.org>:\n",
    "Op maandag 3 november 2026 om 10.12 uur schreef\nde Adviesbalie van Magsite\n<advies@example.org>:\n",
    "Adviesbalie <advies@example.org> schreef op 3 november 2026 10:12:04 CET:\n",
    "On Mon, 3 Nov 2026 at 10:12, Advice <advies@example.org> wrote:\n",
    "On Nov 3, 2026, at 10:12 AM, Advice\n<advies@example.org> wrote:\n",
    "On 03/11/2026 10:12, Advice wrote:\r\n",
    "-----Oorspronkelijk bericht-----\n" + OUTLOOK,
    "-----Original Message-----\nFrom: Advice\nSent: Monday, November 3, 2026 10:12 AM\nTo: Jan\nSubject: RE: x\n",
    OUTLOOK,
    "________________________________\n" + OUTLOOK,
    "________________________________\n\nFrom: Advice <a@example.org>\nDate: Monday\nTo: Jan\n",
    "*Van:* Adviesbalie\n*Verzonden:* maandag 3 november 2026\n*Aan:* Jan\n*Onderwerp:* RE: Je vraag\n",
]
LINES = st.sampled_from(
    [
        *HEADERS,
        *("Dank je wel!\n", "> Neem het bij de maaltijd.\n", ">> ouder\n", "> \n", "\n", " \n", "\r\n", "-- \n", "--\n", "Jan\n"),
        *(
            "Op vakantie schreef ik:\n",
            "Van: 3 tot 5\n",
            "Op\n",
            "Begin doorgestuurd bericht:\n",
            "schreef\n",
            "zonder einde",
            "10:12:",
        ),
    ]
)
MAILS = st.lists(LINES | st.text(max_size=12), max_size=25).map("".join)


@given(MAILS | st.text())
def test_the_parts_together_are_the_mail(mail):
    parts = split_quoted(mail)

    assert "".join(part.text for part in parts) == mail
    assert all(part.text for part in parts)
    assert all(one.is_quoted != next_one.is_quoted for one, next_one in pairwise(parts))
    assert not mail.strip() or any(part.text.strip() for part in parts if not part.is_quoted)


@given(st.lists(st.sampled_from(["> gevraagd\n", ">\n", "\n", "Mijn antwoord.\n", "En nog een.\n"]), min_size=1), st.booleans())
def test_answers_between_quoted_lines_stay_in_view(lines, has_header):
    mail = "Hallo.\n" + (GMAIL + "> begin\n" if has_header else "") + "".join(lines)
    shown = "".join(part.text for part in split_quoted(mail) if not part.is_quoted)

    assert [line for line in shown.splitlines() if line.strip()] == [
        "Hallo.",
        *(line.strip() for line in lines if line.strip() and line[0] != ">"),
    ]


@pytest.mark.parametrize("header", HEADERS)
def test_an_earlier_mail_without_marks_is_folded_to_its_end(header):
    assert split_quoted(f"Dank je wel!\n\n{header}Beste Jan,\n\nNeem het bij de maaltijd.\n") == (
        Part("Dank je wel!\n\n", is_quoted=False),
        Part(f"{header}Beste Jan,\n\nNeem het bij de maaltijd.\n", is_quoted=True),
    )


@pytest.mark.parametrize("header", HEADERS[:9])
def test_an_answer_below_a_marked_quote_stays_in_view(header):
    assert split_quoted(f"{header}\n> Beste Jan,\n> \n\n> Groet\n\nDank je wel!\n") == (
        Part(f"{header}\n> Beste Jan,\n> \n\n> Groet\n\n", is_quoted=True),
        Part("Dank je wel!\n", is_quoted=False),
    )


def test_interleaved_answers():
    mail = f"Hoi,\n\n{GMAIL}> Slik je medicijnen?\n\nJa, twee.\n\n> Welke?\nPlaspillen.\n>> Ouder\n-- \nJan\n06 12345678"

    assert split_quoted(mail) == (
        Part("Hoi,\n\n", is_quoted=False),
        Part(f"{GMAIL}> Slik je medicijnen?\n\n", is_quoted=True),
        Part("Ja, twee.\n\n", is_quoted=False),
        Part("> Welke?\n", is_quoted=True),
        Part("Plaspillen.\n", is_quoted=False),
        Part(">> Ouder\n-- \nJan\n06 12345678", is_quoted=True),
    )


def test_a_signature_ends_where_a_quote_begins_and_an_answer_below_it_shows():
    assert split_quoted("Dank!\n-- \nJan\nUtrecht\n\n> Groet\nNog iets.\n") == (
        Part("Dank!\n", is_quoted=False),
        Part("-- \nJan\nUtrecht\n\n> Groet\n", is_quoted=True),
        Part("Nog iets.\n", is_quoted=False),
    )
    assert split_quoted("Dank!\r\n-- \r\nJan\r\n") == (Part("Dank!\r\n", is_quoted=False), Part("-- \r\nJan\r\n", is_quoted=True))


@pytest.mark.parametrize(
    "mail",
    [
        "Dank je wel, dat is duidelijk.\n",
        "Op maandag schreef mijn huisarts:\nneem 300 mg.\nKlopt dat?\n",
        "Op 3 november 2026 schreef mijn arts het volgende:\n\nmagnesium helpt.\n",
        "Op 3.11.2026 schreef mijn arts:\nmagnesium helpt.\n",
        "Ik heb op internet gelezen wat men schreef: dat het helpt.\nOm 10:12 at ik een banaan.\n",
        "Van: 3 tot 5 tabletten\nWat raad je aan?\n",
        "Van: mij\nAan: jullie\nIk heb een vraag.\n",
        "Vraag 1: hoeveel?\n--\nVraag 2: wanneer?\n",
        "Lijst:\n- -- \n  -- \nKlaar\n",
        "Is 3 > 2?\nWaarde: 0,7\n",
        "Kijk.\n\n---------- Doorgestuurd bericht ---------\nVan: Lab\nDatum: 3 nov\nAan: mij\n\n> uitslag\n-- \nLab\n",
        "Zie:\n\nBegin doorgestuurd bericht:\n\nVan: Lab\nDatum: 3 nov 2026 om 10:12\nOnderwerp: Uitslag\n",
        "> alles\n> is een citaat\n",
        f"{GMAIL}> Welke?\n",
        "-- \nJan\n",
        "\n\n",
    ],
)
def test_what_was_written_stays_in_view(mail):
    assert split_quoted(mail) == (Part(mail, is_quoted=False),)


def test_an_empty_mail_has_no_parts():
    assert split_quoted("") == ()


@pytest.mark.parametrize(
    "piece", ["Op\n", "Op 10:12 schreef ", "Van: x\n", "_", "> ", "\n", "- ", "-- \n", "a schreef op ", " ", "Op 1.11:\n"]
)
def test_a_hostile_mail_costs_no_more_than_its_length(piece):
    check_linear(split_quoted, piece)
