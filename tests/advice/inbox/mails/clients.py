"""What mail programs make of a reply, in Dutch and English."""

from advice.inbox.reading import ReadMail
from tests.advice.inbox.mails.writing import OURS, READ_HEAD, eml, replied

CLIENTS = {
    "gmail-web-nl": (
        replied(
            f"""\
References: <first@example.org> <{OURS}>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="0000"

--0000
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

Dank je wel! Mag ik er ook melk bij drinken? Ik ben 35 jaar =E2=80=93 en zwange=
r.

Op di 24 nov 2026 om 10:00 schreef Magsite <advies@example.org>:

> Beste Jan,
>
> In een banaan zit 30 mg.
>
--0000
Content-Type: text/html; charset="UTF-8"

<div dir="ltr">Dank je wel!</div>
--0000--
"""
        ),
        ReadMail(
            **READ_HEAD | {"answers": (OURS, "first@example.org")},
            text=(
                "Dank je wel! Mag ik er ook melk bij drinken? Ik ben 35 jaar – en zwanger.\n\n"
                "Op di 24 nov 2026 om 10:00 schreef Magsite <advies@example.org>:\n\n> Beste Jan,\n>\n> In een banaan zit 30 mg.\n>"
            ),
        ),
    ),
    "gmail-android-en": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="11"

--11
Content-Type: text/plain; charset="UTF-8"

Thanks, that helps.

On Tue, 24 Nov 2026, 10:00 Magsite, <advies@example.org> wrote:

> Dear Jan,

--11
Content-Type: text/html; charset="UTF-8"

<div dir="auto">Thanks, that helps.</div>

--11--
"""),
        ReadMail(
            **READ_HEAD,
            text=("Thanks, that helps.\n\nOn Tue, 24 Nov 2026, 10:00 Magsite, <advies@example.org> wrote:\n\n> Dear Jan,\n"),
        ),
    ),
    "outlook-desktop-nl": (
        replied("""\
Thread-Topic: Er is een antwoord
X-MS-Has-Attach:
MIME-Version: 1.0
Content-Language: nl-NL
Content-Type: multipart/alternative; boundary="_000_AM"

--_000_AM
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Beste adviseur,

Ik ben geboren in Itali=EB en betaal =80 5 per potje.

Van: Magsite <advies@example.org>
Verzonden: dinsdag 24 november 2026 10:00
Aan: Jan Jansen
Onderwerp: Er is een antwoord op je vraag

Beste Jan,

--_000_AM
Content-Type: text/html; charset="iso-8859-1"

<p>Beste adviseur,</p>

--_000_AM--
"""),
        ReadMail(
            **READ_HEAD,
            text=(
                "Beste adviseur,\n\nIk ben geboren in Italië en betaal € 5 per potje.\n\nVan: Magsite <advies@example.org>\n"
                "Verzonden: dinsdag 24 november 2026 10:00\nAan: Jan Jansen\nOnderwerp: Er is een antwoord op je vraag\n\n"
                "Beste Jan,\n"
            ),
        ),
    ),
    "outlook-web-en-html-only": (
        replied("""\
MIME-Version: 1.0
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<html><head><style type="text/css">P {margin-top:0;}</style></head><body dir="ltr">
<div class="elementToProof" style="font-size: 12pt">Thanks!&nbsp;Is café au lait <b>OK</b>?</div>
<div id="appendonsend"></div><hr tabindex="-1">
<div id="divRplyFwdMsg"><b>From:</b> Magsite &lt;advies@example.org&gt;<br>
<b>Sent:</b> Tuesday, November 24, 2026 10:00 AM<br><b>To:</b> Jan<br><b>Subject:</b> An answer</div>
<div>Dear Jan,</div></body></html>
"""),
        ReadMail(
            **READ_HEAD,
            text=(
                "Thanks!\xa0Is café au lait OK?\nFrom: Magsite <advies@example.org>\nSent: Tuesday, November 24, 2026 10:00 AM\n"
                "To: Jan\nSubject: An answer\nDear Jan,\n"
            ),
        ),
    ),
    "apple-mail-nl": (
        replied("""\
X-Mailer: Apple Mail (2.3826)
MIME-Version: 1.0 (Mac OS X Mail 16.0)
Content-Type: multipart/alternative; boundary="Apple-Mail=_A"

--Apple-Mail=_A
Content-Transfer-Encoding: quoted-printable
Content-Type: text/plain;
	charset=utf-8

Prima, dank!

> Op 24 nov 2026, om 10:00 heeft Magsite <advies@example.org> het =
volgende geschreven:
>=20
> Beste Jan,

--Apple-Mail=_A
Content-Type: multipart/related; type="text/html"; boundary="Apple-Mail=_B"

--Apple-Mail=_B
Content-Type: text/html; charset=utf-8

<body>Prima, dank!</body>
--Apple-Mail=_B
Content-Type: image/png; name="logo.png"
Content-Transfer-Encoding: base64
Content-Disposition: inline; filename="logo.png"
Content-Id: <logo>

iVBORw0KGgo=
--Apple-Mail=_B--
--Apple-Mail=_A--
"""),
        ReadMail(
            **READ_HEAD,
            attachments=1,
            text=(
                "Prima, dank!\n\n> Op 24 nov 2026, om 10:00 heeft Magsite <advies@example.org> het volgende geschreven:\n"
                "> \n> Beste Jan,\n"
            ),
        ),
    ),
    "iphone-nl": (
        replied("""\
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Mime-Version: 1.0 (1.0)
X-Mailer: iPhone Mail (23B)

Graag gedaan =F0=9F=98=80

Verstuurd vanaf mijn iPhone

> Op 24 nov 2026 om 10:00 heeft Magsite <advies@example.org> het volgende ges=
chreven:
> =EF=BB=BFBeste Jan,
"""),
        ReadMail(
            **READ_HEAD,
            text=(
                "Graag gedaan 😀\n\nVerstuurd vanaf mijn iPhone\n\n"
                "> Op 24 nov 2026 om 10:00 heeft Magsite <advies@example.org> het volgende geschreven:\n> \ufeffBeste Jan,\n"
            ),
        ),
    ),
    "iphone-text-around-a-photo": (
        replied("""\
Content-Type: multipart/mixed; boundary=Apple-Mail-1
Mime-Version: 1.0

--Apple-Mail-1
Content-Type: text/plain; charset=us-ascii

Dit is mijn potje:

--Apple-Mail-1
Content-Type: image/jpeg; name=IMG_1.jpeg
Content-Disposition: inline; filename=IMG_1.jpeg
Content-Transfer-Encoding: base64

/9j/4A==
--Apple-Mail-1
Content-Type: text/plain; charset=us-ascii

Is dat genoeg?

--Apple-Mail-1--
"""),
        ReadMail(**READ_HEAD, attachments=1, text="Dit is mijn potje:\n\nIs dat genoeg?\n"),
    ),
    "thunderbird-nl-between-the-lines": (
        replied("""\
User-Agent: Mozilla Thunderbird
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8; format=flowed
Content-Transfer-Encoding: 8bit

Op 24-11-2026 om 10:00 schreef Magsite:
> Slik je medicijnen?

Ja, plaspillen – al jaren.

> Hoe lang al?

Sinds 2019.

-- 
Jan Jansen
"""),
        ReadMail(
            **READ_HEAD,
            text=(
                "Op 24-11-2026 om 10:00 schreef Magsite:\n> Slik je medicijnen?\n\nJa, plaspillen – al jaren.\n\n> Hoe lang al?\n\n"
                "Sinds 2019.\n\n-- \nJan Jansen\n"
            ),
        ),
    ),
    "k9-nl": (
        replied("""\
User-Agent: K-9 Mail for Android
MIME-Version: 1.0
Content-Type: text/plain;
 charset=utf-8
Content-Transfer-Encoding: base64

SGVsZGVyLCBkYW5rIQoKTWFnc2l0ZSA8YWR2aWVzQGV4YW1wbGUub3JnPiBzY2hyZWVmIG9wIDI0
IG5vdmVtYmVyIDIwMjYgMTA6MDA6MDQgQ0VUOgo+IEJlc3RlIEphbiwK
"""),
        ReadMail(
            **READ_HEAD,
            text=("Helder, dank!\n\nMagsite <advies@example.org> schreef op 24 november 2026 10:00:04 CET:\n> Beste Jan,\n"),
        ),
    ),
    "samsung-html": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="--_com.samsung"

----_com.samsung
Content-Type: text/plain; charset=utf-8


----_com.samsung
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PGh0bWw+PGJvZHk+PGRpdiBkaXI9ImF1dG8iPkRhbmsgamUuPC9kaXY+PGRpdj48YnI+PC9kaXY+PGRpdiBpZD0iY29tcG9zZXJfc2lnbmF0dXJlIj5WZXJz
dHV1cmQgdmFuYWYgR2FsYXh5PC9kaXY+PC9ib2R5PjwvaHRtbD4=
----_com.samsung--
"""),
        ReadMail(**READ_HEAD, text="Dank je.\n\nVerstuurd vanaf Galaxy\n"),
    ),
    "yahoo-en": (
        eml(
            f"""\
Received: from sonic by example.com; Tue, 24 Nov 2026 09:00:00 +0000
Date: Tue, 24 Nov 2026 09:00:00 +0000 (UTC)
From: "Jansen, J." <Jan.Jansen@Example.COM>
Reply-To: someone.else@example.net
To: Magsite <Advies+K7MD3QXAabcdefghijklmnop@Example.org>
Cc: "Huisarts, De" <arts@example.net>, undisclosed-recipients:;
Message-ID: <1234.5678@mail.yahoo.com>
In-Reply-To: <{OURS}>
Subject: =?UTF-8?Q?Re:_caf=C3=A9_en_?=
 =?UTF-8?B?bWFnbmVzaXVt?=
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 7bit

 Sure.

    On Tuesday, November 24, 2026 at 10:00:00 AM GMT+1, Magsite <advies@example.org> wrote:

 Dear Jan,
"""
        ),
        ReadMail(
            sender="Jan.Jansen@Example.COM",
            recipients=("advies+k7md3qxaabcdefghijklmnop@example.org", "arts@example.net"),
            subject="Re: café en magnesium",
            message_id="1234.5678@mail.yahoo.com",
            answers=(OURS,),
            text=(
                " Sure.\n\n    On Tuesday, November 24, 2026 at 10:00:00 AM GMT+1, Magsite <advies@example.org> wrote:\n"
                "\n Dear Jan,\n"
            ),
        ),
    ),
    "webmail-iso-8859-1": (
        replied("""\
MIME-Version: 1.0
Content-Type: text/plain; charset=ISO-8859-1
Content-Transfer-Encoding: quoted-printable

Co=F6rdinatie, na=EFef, =E9=E9n.
"""),
        ReadMail(**READ_HEAD, text="Coördinatie, naïef, één.\n"),
    ),
    "webmail-windows-1252-8bit": (
        replied(
            """\
MIME-Version: 1.0
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: 8bit

“Eén” kost € 5 – niet veel.
""",
            "cp1252",
        ),
        ReadMail(**READ_HEAD, text="“Eén” kost € 5 – niet veel.\n"),
    ),
    "old-program-without-mime": (
        replied("\nGewoon tekst.\nMet twee regels.\n"),
        ReadMail(**READ_HEAD, text="Gewoon tekst.\nMet twee regels.\n"),
    ),
    "auto-submitted-no": (
        replied("Auto-Submitted: no\nX-Auto-Response-Suppress: None\nReturn-Path: <jan@example.com>\n\nIk ben een mens.\n"),
        ReadMail(**READ_HEAD, text="Ik ben een mens.\n"),
    ),
    "delivered-to-the-address-of-the-request": (
        replied("Delivered-To: advies+k7md3qxaabcdefghijklmnop@example.org\n\nHoi.\n"),
        ReadMail(
            **READ_HEAD | {"recipients": ("advies@example.org", "advies+k7md3qxaabcdefghijklmnop@example.org")}, text="Hoi.\n"
        ),
    ),
    "references-over-many-lines": (
        replied(f"References: <a@example.org>\n <b@example.org>\n\t<{OURS}>\n\nHoi.\n"),
        ReadMail(**READ_HEAD | {"answers": (OURS, "b@example.org", "a@example.org")}, text="Hoi.\n"),
    ),
}
