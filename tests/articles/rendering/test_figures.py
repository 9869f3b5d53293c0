from dataclasses import replace

from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.rendered import Picture, PictureSource
from articles.rendering.source import Library, LibraryPicture

PICTURE = Picture(
    "blad", "/m/b.jpg", "/m/b.jpg 800w", (PictureSource("image/avif", "/m/b.avif 800w"),), 800, 600, "Een blad", credit="Studio"
)
RECORDS = {"a": {"id": "a", "type": "book", "title": "A"}}


def render(text: str, **library) -> tuple[str, list[str]]:
    line = replace(PICTURE, alt="")
    known = {
        "pictures": {"blad": LibraryPicture(PICTURE), "lijn": LibraryPicture(line, is_decorative=True)},
        "references": RECORDS,
    }
    page = Page(Library(**known | library))
    return render_block(text, page), [finding.code for finding in page.findings]


def test_image_by_itself_is_a_figure_with_size_formats_and_caption():
    html, findings = render('![Groen blad](media:blad "Let op de *nerf*[@a]")')

    assert findings == []
    assert html.startswith('<figure class="figure"><picture><source type="image/avif" srcset="/m/b.avif 800w" sizes="')
    assert 'width="800" height="600" alt="Groen blad" loading="lazy" decoding="async"' in html
    assert '<figcaption>Let op de <em>nerf</em><sup class="cite"><a id="cite-a-1"' in html
    assert html.endswith('<span class="credit">Studio</span></figcaption></figure>\n')


def test_image_inside_a_sentence_is_no_figure():
    html, _ = render("Zie ![x](media:blad) hier.")

    assert "<figure" not in html
    assert html.startswith("<p>Zie <picture>")


def test_alt_text_comes_from_the_library_when_none_is_typed():
    assert 'alt="Een blad"' in render("![](media:blad)")[0]


def test_missing_alt_text_is_an_error():
    bare = LibraryPicture(Picture("kaal", "/k.jpg", "", (), 1, 1, ""))

    assert render("![](media:kaal)", pictures={"kaal": bare})[1] == ["missing-alt"]


def test_decorative_image_is_silent():
    html, findings = render("![](media:lijn)")

    assert (' alt=""' in html, findings) == (True, [])


def test_decorative_image_may_carry_meaning_somewhere():
    html, findings = render("![Zo loopt de nerf](media:lijn)")

    assert (' alt="Zo loopt de nerf"' in html, findings) == (True, [])


def test_unknown_image_stays_visible_and_is_an_error():
    html, findings = render("![x](media:weg)")

    assert ("[afbeelding: media:weg]" in html, findings) == (True, ["unknown-image"])


def test_image_from_elsewhere_is_refused():
    html, findings = render("![x](https://elders.example/x.png)")

    assert ("<img" in html, findings) == (False, ["unknown-image"])
