"""Reading a mail: whole results for mails of every kind, and anything at all for the rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.inbox.charsets import clean
from advice.inbox.html_text import html_to_text
from advice.inbox.reading import ReadMail, read_mail
from advice.quoting import split_quoted
from tests.advice.inbox.mails import MAILS
from tests.advice.scaling import check_linear


def test_there_are_mails_of_every_kind():
    assert len(MAILS) >= 60


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_read_whole(name):
    raw, expected = MAILS[name]
    assert read_mail(raw) == expected


def test_what_is_written_stays_in_view_and_the_rest_is_folded():
    shown = {
        name: "".join(part.text for part in split_quoted(read.text) if not part.is_quoted) for name, (_, read) in MAILS.items()
    }
    assert shown["gmail-web-nl"] == "Dank je wel! Mag ik er ook melk bij drinken? Ik ben 35 jaar – en zwanger.\n\n"
    assert shown["outlook-web-en-html-only"] == "Thanks!\xa0Is café au lait OK?\n"
    assert shown["apple-mail-nl"] == "Prima, dank!\n\n"
    assert shown["thunderbird-nl-between-the-lines"] == "Ja, plaspillen – al jaren.\n\nSinds 2019.\n\n"


SAMPLES = [raw for name, (raw, _) in MAILS.items() if name not in ("huge", "deeply-nested") and "too-many" not in name]


@st.composite
def mutated(draw) -> bytes:
    """Draw a mail with pieces cut out, doubled, moved and written over."""
    mail = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(mail)))
        end = min(len(mail), start + draw(st.integers(0, 60)))
        piece = draw(
            st.binary(max_size=20)
            | st.just(bytes(mail[start:end]) * 2)
            | st.sampled_from([b"\r\n", b'"', b"=?", b"(", b"\0", b"<"])
        )
        mail[start:end] = piece
    return bytes(mail)


@settings(max_examples=400)
@given(mutated() | st.binary(max_size=300))
def test_nothing_makes_reading_fail_and_nothing_is_lost_from_view(raw):
    read = read_mail(raw)
    assert isinstance(read, ReadMail)
    assert clean(read.text) == read.text
    assert "".join(part.text for part in split_quoted(read.text)) == read.text
    assert read.unreadable == "" or read == ReadMail(unreadable=read.unreadable)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<br>", "woord", " en ", "<b>", "</blockquote>", "<blockquote>", "<td>", "<pre>", "\n", "<"]
        )
    )
)
def test_no_word_of_html_is_lost(pieces):
    assert html_to_text("".join(pieces)).count("woord") == pieces.count("woord")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            "<a ",
            "<!--",
            "<style>",
            "x<td>",
            "<blockquote>x",
            "x<a href='https://x.nl'>y</a>",
            "<pre>\n",
            "&#",
            "<p",
            "</style",
        ),
    ],
)
def test_html_costs_what_it_is_long(piece):
    check_linear(html_to_text, piece)


@pytest.mark.parametrize(
    "head",
    [
        *("From: (", 'From: "', "From: <", "From: a@", "From: =?utf-8?q?", "From: a,"),
        *(
            "Subject: =?utf-8?q?a?= ",
            "References: <",
            "References: a@b ",
            "To: a@b,",
            "To: <",
            'Content-Type: text/plain; a="',
            "Auto-Submitted: (",
        ),
    ],
)
def test_a_head_costs_what_it_is_long(head):
    name, _, piece = head.partition(": ")
    check_linear(lambda text: read_mail(f"{name}: {text}\r\nTo: x@example.org\r\n\r\nHoi.\r\n".encode()), piece, short=4_000)
