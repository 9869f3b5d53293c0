"""Pictures in use: where they stand, another file under the same name, and safe deletion. What was published stays what it was."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles.drafts import index_citations, store_source
from articles.images import (
    DeleteRefused,
    ImageRejected,
    add_image,
    delete_image,
    outdated_articles,
    replace_file,
    restore_file,
    to_picture,
)
from articles.images.replacing import Outdated
from articles.images.sharing import cut_box, make_share
from articles.images.usage import UseCount, count_uses
from articles.models import Article, EarlierFile, Image, ImageUse
from articles.publishing import publish
from articles.rendering.snapshot import from_data, to_data
from articles.rendering.source import BenefitSource, HeroSource, SectionSource
from tests.articles import hostile_images as hostile
from tests.factories import make_article, make_image, make_source, png

pytestmark = pytest.mark.django_db
EVERYWHERE = {
    "hero": HeroSource("blad", "Blad in de zon"),
    "intro": "Zie:\n\n![](media:blad)",
    "sections": (SectionSource("Wat is water?", "wat", "Water. ![Nerf](media:blad) En ![x](media:weg).", shows_benefits=True),),
    "benefits": (BenefitSource("Slaap", "slaap", "Goed.", image="blad", image_alt="Blad bij slaap", field=""),),
}


def uses(**fields) -> list[tuple]:
    rows = ImageUse.objects.filter(**fields).order_by("position")
    return [(row.image_id, row.place, row.heading, row.anchor, row.alt) for row in rows]


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def files_of(html: str) -> set[str]:
    return {piece.split('"')[0].split(" ")[0] for piece in html.split("/media/")[1:]}


def test_draft_has_a_row_for_every_place_also_for_a_picture_that_is_not_there_yet():
    make_image()
    make_article(**EVERYWHERE)

    assert uses(publication=None) == [
        ("blad", "hero", "Openingsbeeld", "", "Blad in de zon"),
        ("blad", "text", "Inleiding", "", ""),
        ("blad", "text", "Wat is water?", "wat", "Nerf"),
        ("weg", "text", "Wat is water?", "wat", "x"),
        ("blad", "benefit", "1. Slaap", "slaap", "Blad bij slaap"),
    ]
    fields = ["hero", "intro", "sections-0-body", "sections-0-body", "benefits-0-image"]
    assert [row.field for row in ImageUse.objects.order_by("position")] == fields


def test_picture_that_comes_later_is_used_from_the_start():
    make_article(intro="![Straks](media:blad)")

    with pytest.raises(DeleteRefused, match="in de tekst onder ‘Inleiding’"):
        delete_image(make_image(), by=None)


def test_index_follows_the_draft_and_writes_nothing_twice():
    make_image()
    article = make_article(**EVERYWHERE)
    index_citations(article)
    assert ImageUse.objects.count() == 5

    store_source(make_source())
    assert not ImageUse.objects.exists()


def test_publication_keeps_the_words_and_the_file_that_readers_got(chief):
    image = make_image(alt="Een groen blad")
    publication = publish(make_article(intro="![](media:blad)"), by=chief)

    row = publication.image_uses.get()
    assert (row.alt, row.src) == ("Een groen blad", from_data(publication.rendered).intro.split('src="')[1].split('"')[0])
    store_source(make_source())
    assert count_uses([image]) == {"blad": UseCount(drafts=0, live=1)}


def test_article_counts_once_however_often_it_shows_a_picture(chief, django_assert_num_queries):
    image = make_image()
    publish(make_article(intro="![](media:blad) ![](media:blad)", hero=HeroSource("blad")), by=chief)
    make_article(slug="ander", hero=HeroSource("blad"))

    with django_assert_num_queries(1):
        assert count_uses([image]) == {"blad": UseCount(drafts=2, live=1)}


def test_replaced_file_shows_in_drafts_and_not_in_what_was_published(client, chief):
    image = make_image()
    article = make_article(hero=HeroSource("blad"), intro="![](media:blad)")
    publish(article, by=chief)
    before, page = Image.objects.get(), client.get("/artikelen/water/").content
    files = {name: stored(name) for name in files_of(page.decode())}

    assert replace_file(image, png(900, 300, "red"), by=chief) is True

    assert client.get("/artikelen/water/").content == page
    assert {name: b"".join(client.get(f"/media/{name}").streaming_content) for name in files} == files
    assert outdated_articles(image) == ([Outdated(article.pk, article.title, is_other_file=True)], 1)
    publish(article, by=chief)
    assert outdated_articles(image) == ([], 0)
    now = client.get("/artikelen/water/").content.decode()
    assert ("media/" + before.file.name in now, 'width="900" height="300"' in now) == (False, True)
    old = client.get("/artikelen/water/v/1/").content.decode()
    assert files_of(old) & {rendition["file"] for rendition in before.renditions}


def test_earlier_files_stay_and_come_back(chief):
    image = make_image()
    first = image.file.name
    replace_file(image, png(900, 300, "red"), by=chief)
    earlier = EarlierFile.objects.get()
    assert (earlier.file, earlier.width, earlier.replaced_by) == (first, 640, chief)

    assert restore_file(earlier, by=chief) is True

    image = Image.objects.get()
    assert (image.file.name, image.width, image.height) == (first, 640, 404)
    assert [row.width for row in image.earlier_files.all()] == [900]
    replace_file(image, png(900, 300, "red"), by=chief)
    assert [row.width for row in image.earlier_files.all()] == [640]


def test_same_file_replaces_nothing(chief):
    image = make_image()

    assert replace_file(image, png(640, 404), by=chief) is False
    assert not EarlierFile.objects.exists()


def test_file_of_another_image_is_refused(chief):
    image, other = make_image(), make_image("zon-en-zee")

    with pytest.raises(ImageRejected, match="als ‘blad’"):
        replace_file(other, png(640, 404), by=chief)
    other.refresh_from_db()
    assert other.digest != image.digest


@pytest.mark.parametrize("data", [b"", hostile.HTML, b"<svg onload='x'/>", b"\xff\xd8\xff" + b"\0" * 100, png()[:-40]])
def test_hostile_file_replaces_nothing(chief, data):
    image = make_image()

    with pytest.raises(ImageRejected):
        replace_file(image, data, by=chief)
    assert (Image.objects.get().digest, EarlierFile.objects.count()) == (image.digest, 0)


def test_file_that_is_gone_from_the_disk_does_not_come_back(chief):
    image = make_image()
    replace_file(image, png(900, 300, "red"), by=chief)
    earlier = EarlierFile.objects.get()
    EarlierFile.objects.update(file="images/0000000000000000-480.jpg")
    earlier.refresh_from_db()

    with pytest.raises(ImageRejected, match="is er niet meer"):
        restore_file(earlier, by=chief)
    assert Image.objects.get().width == 900


def test_who_may_not_change_or_delete_is_refused_by_the_verbs(adviser):
    image = make_image()
    replace_file(image, png(900, 300, "red"), by=None)

    for attempt in (
        lambda: replace_file(image, png(30, 30), by=adviser),
        lambda: restore_file(EarlierFile.objects.get(), by=adviser),
        lambda: delete_image(image, by=adviser),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Image.objects.get().width == 900


def test_deleted_image_leaves_published_pages_as_they_were(client, chief):
    image = make_image()
    article = make_article(hero=HeroSource("blad"))
    publish(article, by=chief)
    with pytest.raises(DeleteRefused, match="openingsbeeld"):
        delete_image(image, by=chief)
    store_source(make_source())
    publish(article, by=chief)
    old = client.get("/artikelen/water/v/1/").content
    files = {name: stored(name) for name in files_of(old.decode())}

    delete_image(image, by=chief)

    assert not Image.objects.exists()
    assert not ImageUse.objects.exists()
    assert len(files) > 3
    assert client.get("/artikelen/water/v/1/").content == old
    assert {name: b"".join(client.get(f"/media/{name}").streaming_content) for name in files} == files


@pytest.mark.parametrize(
    ("size", "point", "box"),
    [
        ((1200, 630), (0, 100), (0, 0, 1200, 630)),
        ((2400, 1350), (50, 50), (0, 45, 2400, 1305)),
        ((2400, 1350), (50, 0), (0, 0, 2400, 1260)),
        ((1000, 2000), (0, 100), (0, 1475, 1000, 2000)),
        ((3000, 630), (100, 50), (1800, 0, 3000, 630)),
        ((16, 16), (50, 50), (0, 4, 16, 12)),
    ],
)
def test_cut_holds_the_focal_point(size, point, box):
    assert cut_box(*size, *point) == box


def test_share_image_is_cut_around_the_focal_point():
    pixels = Pillow.new("RGB", (1300, 1300), "white")
    pixels.paste("red", (0, 0, 1300, 650))
    buffer = BytesIO()
    pixels.save(buffer, "PNG")
    image = add_image(buffer.getvalue(), name="half", alt="Half rood")
    found = {}
    for y in (0, 100):
        image.focal_y = y
        share = make_share(image)
        cut = Pillow.open(BytesIO(stored(share["file"])))
        assert (share["type"], cut.size) == ("image/jpeg", (1200, 630))
        found[y] = [round(channel, -1) for channel in cut.getpixel((600, 315))]
    assert found == {0: [250, 0, 0], 100: [260, 260, 260]}


def test_see_through_picture_is_shared_on_paper():
    buffer = BytesIO()
    Pillow.new("RGBA", (1200, 630), (0, 0, 0, 0)).save(buffer, "PNG")
    image = add_image(buffer.getvalue(), name="glas", is_decorative=True)

    cut = Pillow.open(BytesIO(stored(image.share["file"])))
    assert all(abs(a - b) < 4 for a, b in zip(cut.getpixel((9, 9)), (250, 247, 240), strict=True))


def test_focal_point_reaches_readers_by_publishing(client, chief):
    make_image()
    article = make_article(hero=HeroSource("blad"))
    publish(article, by=chief)
    page = client.get("/artikelen/water/").content
    assert b"focal-" not in page

    image = Image.objects.get()
    image.focal_x, image.focal_y = 12, 51
    image.share = make_share(image)
    image.save()

    assert client.get("/artikelen/water/").content == page
    assert outdated_articles(image) == ([Outdated(article.pk, article.title, is_other_file=False)], 1)
    publish(article, by=chief)
    now = client.get("/artikelen/water/").content.decode()
    assert 'class="focal-x-10"' in now
    assert f'<meta property="og:image" content="http://testserver/media/{image.share["file"]}">' in now
    assert 'class="focal-x-10"' in client.get("/artikelen/").content.decode()
    assert outdated_articles(image) == ([], 0)


def test_publication_from_before_the_focal_point_is_read(chief):
    make_image()
    publication = publish(make_article(hero=HeroSource("blad")), by=chief)
    data = publication.rendered
    new = {"focal_x", "focal_y", "share_src", "share_width", "share_height"}
    data["hero"] = {name: value for name, value in data["hero"].items() if name not in new}

    rendered = from_data(data)
    assert (rendered.hero.focal_class, rendered.hero.share_src) == ("", "")
    assert to_data(rendered)["hero"].keys() == data["hero"].keys() | new


def test_every_class_for_a_focal_point_has_its_rule(settings):
    css = (settings.BASE_DIR / "static/css/base.css").read_text()
    picture = make_image()
    for value in range(101):
        picture.focal_x = picture.focal_y = value
        for name in to_picture(picture).focal_class.split():
            assert f".{name} {{ --{name.rpartition('-')[0]}: {name.rpartition('-')[2]}%; }}" in css


def test_uses_go_with_their_article():
    make_image()
    article = make_article(hero=HeroSource("blad"))
    Article.objects.get(pk=article.pk).delete()

    delete_image(Image.objects.get(), by=None)
    assert not Image.objects.exists()
