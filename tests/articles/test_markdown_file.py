from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import articles
from articles.markdown_file import ArticleFileError, dump, parse
from articles.rendering.rendered import Adviser
from articles.rendering.source import ArticleSource, BenefitSource, HeroSource, SectionSource

CONTENT = Path(articles.__file__).parent / "content"

TEXT = """---
title: "Water: \\"nat\\" & goed"
slug: water
lang: nl
summary: "Kort."
bibliography: water.csl.json
hero:
  image: "blad"
  alt: "Een blad"
adviser:
  name: "Britt"
---

Inleiding.

## Wat is water? {#wat-is-water}

Nat.[@a]

### Hoeveel? {#hoeveel}

Veel.

```
## geen kop
```

## Waarom van&nbsp;belang? {#voordelen .benefits}

Kort.

### Tegen dorst {#dorst claims="een twee" image="glas"}

Het lest.

### Zonder meer {#meer image="glas" image-alt="Een &#34;glas&#34; &#38; meer" image-caption="Zie ook.[@a]"}

Niets.
"""

SOURCE = ArticleSource(
    title='Water: "nat" & goed',
    slug="water",
    lang="nl",
    summary="Kort.",
    bibliography="water.csl.json",
    hero=HeroSource("blad", "Een blad"),
    adviser=Adviser("Britt"),
    intro="Inleiding.",
    sections=(
        SectionSource("Wat is water?", "wat-is-water", "Nat.[@a]\n\n### Hoeveel? {#hoeveel}\n\nVeel.\n\n```\n## geen kop\n```"),
        SectionSource("Waarom van\u00a0belang?", "voordelen", "Kort.", shows_benefits=True),
    ),
    benefits=(
        BenefitSource("Tegen dorst", "dorst", "Het lest.", "glas", ("een", "twee")),
        BenefitSource("Zonder meer", "meer", "Niets.", "glas", image_alt='Een "glas" & meer', image_caption="Zie ook.[@a]"),
    ),
)


def test_parse_reads_every_part():
    assert parse(TEXT) == SOURCE


def test_dump_writes_the_same_bytes():
    assert dump(SOURCE) == TEXT


def test_the_article_of_the_site_is_in_canonical_form():
    text = (CONTENT / "waar-is-magnesium-goed-voor.md").read_text(encoding="utf-8")

    assert dump(parse(text)) == text


def test_windows_line_ends_are_read():
    assert parse(TEXT.replace("\n", "\r\n")) == SOURCE


def test_heading_without_attributes_gets_an_anchor():
    assert parse('---\ntitle: "T"\nslug: t\n---\n\n## Één & twee\n').sections == (SectionSource("Één & twee", "een-twee"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Geen kop", "begint niet met een kop"),
        ("---\ntitle: [\n---\n", "geen geldige YAML"),
        ("---\n- a\n---\n", "geen regels van de vorm"),
        ("---\nslug: t\n---\n", "ontbreekt ‘title’"),
        ('---\ntitle: "T"\nslug: t\nkleur: rood\n---\n', "kent deze regel niet: kleur"),
        ("---\ntitle: 3\nslug: t\n---\n", "‘title’ een tekst zijn"),
        ('---\ntitle: "T"\nslug: t\nhero: blad\n---\n', "‘hero’ alleen dit bevatten"),
        ('---\ntitle: "T"\nslug: t\n---\n\n### Los\n', "Regel 6: de kop ‘Los’"),
    ],
)
def test_what_is_wrong_is_said(text, message):
    with pytest.raises(ArticleFileError, match=message.replace("(", r"\(")):
        parse(text)


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"], exclude_characters="#{}`~\u0085\u00a0"), min_size=1
).map(lambda text: "a" + text.strip())
ANCHOR = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
SECTIONS = st.lists(st.builds(SectionSource, LINE, ANCHOR, LINE | st.just("")), max_size=4).map(tuple)
WORDS = st.text(st.sampled_from("a \"'{}&#;.=\\\n\r\t\u2028é") | st.characters(codec="utf-8"))  # typed into one quoted value
CLAIMS = st.lists(ANCHOR, max_size=3).map(tuple)
BENEFITS = st.lists(st.builds(BenefitSource, LINE, ANCHOR, LINE, ANCHOR, CLAIMS, WORDS, WORDS), max_size=3).map(tuple)


@given(
    st.builds(ArticleSource, LINE, ANCHOR, st.just("nl"), LINE, ANCHOR, st.builds(HeroSource, LINE, LINE, LINE), sections=SECTIONS),
    BENEFITS,
)
def test_round_trip(source, benefits):
    if source.sections:
        last = source.sections[-1]
        sections = (*source.sections[:-1], SectionSource(last.heading, last.anchor, last.body, shows_benefits=True))
        source = ArticleSource(**vars(source) | {"sections": sections, "benefits": benefits})

    assert parse(dump(source)) == source
    assert dump(parse(dump(source))) == dump(source)
