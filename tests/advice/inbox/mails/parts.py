"""Mails put together from parts: files, mails within mails, signatures, and HTML that has to be read as text."""

from advice.inbox.reading import ReadMail
from tests.advice.inbox.mails.writing import READ_HEAD, replied

_DEEP = (
    "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(40))
    + "Content-Type: text/plain\n\nDiep.\n"
)

PARTS = {
    "winmail": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="w"

--w
Content-Type: text/plain; charset="us-ascii"

Zie de bijlage.

--w
Content-Type: application/ms-tnef; name="winmail.dat"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="winmail.dat"

eJ8+IgAA
--w--
"""),
        ReadMail(**READ_HEAD, attachments=1, text="Zie de bijlage.\n"),
    ),
    "only-a-file": (
        replied("""\
MIME-Version: 1.0
Content-Type: application/pdf; name="uitslag.pdf"
Content-Disposition: attachment; filename="uitslag.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
"""),
        ReadMail(**READ_HEAD, attachments=1),
    ),
    "text-files-are-files": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="m"

--m
Content-Type: text/plain

Hier is het.
--m
Content-Type: text/plain; name="lijst.txt"

geheim
--m
Content-Type: text/html
Content-Disposition: ATTACHMENT

<p>pagina</p>
--m--
"""),
        ReadMail(**READ_HEAD, attachments=2, text="Hier is het."),
    ),
    "forwarded-as-attachment": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="m"

--m
Content-Type: text/plain

Dit kreeg ik van het lab.
--m
Content-Type: message/rfc822

From: lab@example.net
Subject: Uitslag
Auto-Submitted: auto-generated

Niet voor jullie.
--m--
"""),
        ReadMail(**READ_HEAD, attachments=1, text="Dit kreeg ik van het lab."),
    ),
    "signed": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary="s"

--s
Content-Type: multipart/mixed; boundary="i"

--i
Content-Type: text/plain; charset=utf-8

Ondertekend.
--i--
--s
Content-Type: application/pgp-signature; name="signature.asc"

-----BEGIN PGP SIGNATURE-----
--s--
"""),
        ReadMail(**READ_HEAD, attachments=1, text="Ondertekend."),
    ),
    "encrypted": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="e"

--e
Content-Type: application/pgp-encrypted

Version: 1
--e
Content-Type: application/octet-stream

-----BEGIN PGP MESSAGE-----
--e--
"""),
        ReadMail(**READ_HEAD, attachments=2, is_encrypted=True),
    ),
    "answer-to-an-invitation": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain

Ik bel terug.
--c
Content-Type: text/calendar; method=REPLY

BEGIN:VCALENDAR
--c--
"""),
        ReadMail(**READ_HEAD, attachments=1, text="Ik bel terug."),
    ),
    "html-with-everything": (
        replied("""\
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<!DOCTYPE html><html><head><title>weg</title><script>alert(1)</script></head>
<!-- <p>weg</p> --><body><h1>Hoi &amp; dag</h1><p>Eerste
alinea &lt;3.</p><p>Zie <a href="https://example.net/pot?a=1&amp;b=2">dit potje</a> of
<a href="https://example.net/">example.net</a>.<br>Einde</p>
<ul><li>één</li><li>twee</li></ul>
<table><tr><th>Merk</th><th>mg</th></tr><tr><td>A</td><td>100</td></tr></table>
<pre>  recht
    toe</pre><blockquote><p>Beste Jan,</p><blockquote>ouder</blockquote></blockquote>Onder &quot;het&quot; citaat<3 of <b</body>
"""),
        ReadMail(
            **READ_HEAD,
            text=(
                "Hoi & dag\n\nEerste alinea <3.\n\nZie dit potje (https://example.net/pot?a=1&b=2) of example.net.\nEinde\n\n"
                "- één\n- twee\n\nMerk | mg\nA | 100\n\n  recht\n    toe\n\n> Beste Jan,\n>\n"
                '> > ouder\nOnder "het" citaat<3 of <b\n'
            ),
        ),
    ),
    "html-that-hides-its-end": (
        replied("Content-Type: text/html\n\n<p>Voor</p><style>p { color: red } <p>Na</p><script>alert(1)"),
        ReadMail(**READ_HEAD, text="Voor\n\np { color: red }\n\nNa\n\nalert(1)\n"),
    ),
    "deeply-nested": (
        replied("MIME-Version: 1.0\n" + _DEEP),
        ReadMail(**READ_HEAD, attachments=1),
    ),
    "huge": (
        replied("\n" + "Veel tekst. " * 200_000),
        ReadMail(**READ_HEAD, text="Veel tekst. " * 200_000),
    ),
}
