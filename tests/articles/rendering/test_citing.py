from articles.rendering import render_article
from articles.rendering.article import use_label
from articles.rendering.citing import last_sentence
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.rendered import Adviser, Picture
from articles.rendering.source import ArticleSource, BenefitSource, HeroSource, Library, LibraryPicture, SectionSource

RECORDS = {key: {"id": key, "type": "article-journal", "title": f"Titel {key}"} for key in ("a", "b", "c", "d", "e", "x.y", "x-y")}
LIBRARY = Library(references=RECORDS)


def render(text: str) -> tuple[str, Page]:
    page = Page(LIBRARY)
    return render_block(text, page), page


def article(**fields) -> ArticleSource:
    return ArticleSource(**{"title": "T", "slug": "t"} | fields)


def test_citation_is_a_numbered_link_with_a_spoken_name():
    html, _ = render("Zin.[@a]")

    assert html == (
        '<p>Zin.<sup class="cite"><a id="cite-a-1" href="#ref-a" role="doc-noteref" aria-label="Bron 1">1</a></sup></p>\n'
    )


def test_group_prints_every_number_as_its_own_link():
    html, _ = render("Zin.[@a; @b, p. 3]")

    assert html == (
        '<p>Zin.<sup class="cite"><a id="cite-a-1" href="#ref-a" role="doc-noteref" aria-label="Bron 1">1</a>'
        '<span aria-hidden="true">,</span>'
        '<a id="cite-b-1" href="#ref-b" role="doc-noteref" aria-label="Bron 2, p. 3">2</a></sup></p>\n'
    )


def test_second_use_keeps_the_number_and_gets_its_own_anchor():
    _, page = render("Een.[@a] Twee.[@b] Drie.[@a]")

    assert [(use.anchor, use.sentence) for use in page.uses["a"]] == [("cite-a-1", "Een."), ("cite-a-2", "Drie.")]
    assert page.numbering.keys == ("a", "b")


def test_keys_that_look_alike_in_an_address_keep_their_own_anchor():
    html, _ = render("[@x.y] [@x-y]")

    assert 'href="#ref-x-y"' in html
    assert 'href="#ref-x-y-"' in html


def test_unknown_key_stays_visible_and_is_a_finding_with_place_and_line():
    page = Page(LIBRARY)
    with page.at(field="sections-0-body", heading="Spieren", level=2):
        html = render_block("Regel één.\n\nRegel drie\nen vier.[@weg]", page)

    assert '<span class="cite-unknown">[@weg]</span>' in html
    (finding,) = page.findings
    assert (finding.code, finding.field, finding.heading, finding.line) == ("unknown-source", "sections-0-body", "Spieren", 4)
    assert finding.message == "De bron ‘weg’ in ‘Spieren’, regel 4, bestaat niet. Verbeter de sleutel of voeg de bron toe."


def test_unknown_key_takes_no_number():
    html, _ = render("[@weg] en [@a]")

    assert ">1</a>" in html


def test_citation_in_code_stays_text():
    html, page = render("`[@a]` en\n\n    [@b]\n")

    assert "doc-noteref" not in html
    assert page.numbering.keys == ()


def test_escaped_bracket_is_no_citation():
    assert "doc-noteref" not in render(r"\[@a]")[0]


def test_citation_inside_a_link_is_a_finding():
    _, page = render("[tekst [@a]](/elders/)")

    assert [finding.code for finding in page.findings] == ["citation-in-link"]


def test_numbers_follow_reading_order_over_the_whole_article():
    picture = LibraryPicture(Picture("p", "/p.jpg", "", (), 10, 10, "alt"), caption="Onderschrift[@c]")
    source = article(
        hero=HeroSource("p", "", "Beeld[@a]"),
        intro="Intro[@b]",
        sections=(
            SectionSource("Een", "een", "Tekst\n\n![](media:p)\n\n| k |\n| - |\n| cel[@e] |\n: Kop[@d]"),
            SectionSource("Twee", "twee", "Kort[@a]", shows_benefits=True),
        ),
        benefits=(BenefitSource("V", "v", "Voordeel[@x.y]"),),
    )

    rendered = render_article(source, Library(references=RECORDS, pictures={"p": picture}))

    assert [source.key for source in rendered.sources] == ["a", "b", "c", "d", "e", "x.y"]
    assert [source.number for source in rendered.sources] == [1, 2, 3, 4, 5, 6]


def test_ways_back_have_different_names():
    source = article(
        sections=(SectionSource("Een", "een", "A.[@a]\n\n### Deel\n\nB.[@a, p. 3]"), SectionSource("Twee", "twee", "C.[@b]"))
    )

    first, second = render_article(source, LIBRARY).sources

    assert [(use.label, use.spoken) for use in first.uses] == [
        ("a", "Terug naar ‘Een’, gebruik a van 2"),
        ("b", "Terug naar ‘Deel’, gebruik b van 2 (p. 3)"),
    ]
    assert [(use.label, use.spoken) for use in second.uses] == [("", "Terug naar ‘Twee’")]


def test_only_cited_sources_are_listed():
    assert render_article(article(intro="Niets."), LIBRARY).sources == ()


def test_use_labels_go_on_after_z():
    assert [use_label(n) for n in (1, 2, 26, 27, 52, 53)] == ["a", "b", "z", "aa", "az", "ba"]


def test_last_sentence():
    assert last_sentence("Een. Twee! Drie") == "Drie"
    assert last_sentence("Een zin.") == "Een zin."
    assert last_sentence("Van 1.5 mg. Soms meer:") == "Soms meer:"
    assert last_sentence("") == ""


def test_adviser_travels_through():
    adviser = Adviser("Britt", "Productadviseur", "Meer?", "Vraag het.")

    assert render_article(article(adviser=adviser), LIBRARY).adviser == adviser
