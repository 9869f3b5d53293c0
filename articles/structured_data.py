"""What machines read of an article: JSON-LD, Highwire tags and a citation of the article itself.

Pure, and made only of what readers may see.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from articles.rendering.rendered import NumberedSource, Picture, RenderedArticle
from references.bibliography import format_text


@dataclass(frozen=True)
class Site:
    """The site around an article; `url` is its address without a slash at the end."""

    name: str
    url: str
    publisher: str


@dataclass(frozen=True)
class ArticleCitation:
    """How to cite the article itself: one line of APA, a BibTeX entry, its address."""

    text: str
    bibtex: str
    url: str


@dataclass(frozen=True)
class ShareImage:
    url: str
    width: int
    height: int


def json_ld(article: RenderedArticle, *, url: str, published: datetime, modified: datetime, image: ShareImage, site: Site) -> str:
    """Return JSON-LD (schema.org Article and BreadcrumbList) that is safe inside a script element."""
    publisher = {"@type": "Organization", "name": site.publisher, "url": f"{site.url}/"}
    graph = [
        {
            "@type": "Article",
            "@id": f"{url}#artikel",
            "headline": article.title,
            "description": article.summary,
            "inLanguage": article.lang,
            "datePublished": published.isoformat(),
            "dateModified": modified.isoformat(),
            "wordCount": article.words,
            "timeRequired": f"PT{article.minutes}M",
            "isAccessibleForFree": True,
            "mainEntityOfPage": url,
            "image": {"@type": "ImageObject", "url": image.url, "width": image.width, "height": image.height},
            "author": publisher,
            "publisher": publisher,
            "publishingPrinciples": f"{site.url}/over/",
            "citation": [_scholarly(source) for source in article.sources],
        },
        _breadcrumbs(article, url, site),
    ]
    return script_safe(json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False))


def site_json_ld(site: Site, *, search_path: str) -> str:
    """Return JSON-LD of the site itself (schema.org WebSite), with its search field."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{site.url}{search_path}?q={{search_term_string}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    data = {"@type": "WebSite", "name": site.name, "url": f"{site.url}/", "inLanguage": "nl", "potentialAction": action}
    return script_safe(json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False))


def script_safe(text: str) -> str:
    """Return JSON in which no character can end a script element or a line of script."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _breadcrumbs(article: RenderedArticle, url: str, site: Site) -> dict:
    trail = [(site.name, f"{site.url}/"), ("Artikelen", f"{site.url}/artikelen/"), (article.title, url)]
    items = [{"@type": "ListItem", "position": i, "name": name, "item": item} for i, (name, item) in enumerate(trail, start=1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _scholarly(source: NumberedSource) -> dict:
    record = source.record
    kind = "ScholarlyArticle" if record.get("type") == "article-journal" else "CreativeWork"
    found = {"@type": kind, "name": record.get("title", ""), "author": [_author(name) for name in record.get("author", [])]}
    if year := _year(record):
        found["datePublished"] = year
    if container := record.get("container-title"):
        found["isPartOf"] = {"@type": "Periodical", "name": container}
    if source.url:
        found["sameAs"] = source.url
    if doi := record.get("DOI"):
        found["identifier"] = {"@type": "PropertyValue", "propertyID": "DOI", "value": doi}
    return found


def _author(name: dict) -> dict:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    return {
        "@type": "Person",
        "name": " ".join(filter(None, (name.get("given"), name.get("non-dropping-particle"), name.get("family")))),
    }


def _year(record: dict) -> str:
    parts = (record.get("issued") or {}).get("date-parts") or [[]]
    return str(parts[0][0]) if parts[0] else ""


def highwire(article: RenderedArticle, *, url: str, published: datetime, site: Site) -> list[tuple[str, str]]:
    """Return the citation_* meta tags that reference managers read."""
    tags = [
        ("citation_title", article.title),
        ("citation_author", site.publisher),
        ("citation_publisher", site.publisher),
        ("citation_publication_date", f"{published:%Y/%m/%d}"),
        ("citation_language", article.lang),
        ("citation_fulltext_html_url", url),
    ]
    return tags + [("citation_reference", _highwire_reference(source)) for source in article.sources]


def _highwire_reference(source: NumberedSource) -> str:
    record = source.record
    authors = [
        name.get("literal") or f"{name.get('family', '')}, {name.get('given', '')}".strip(", ") for name in record.get("author", [])
    ]
    pairs = [("citation_title", record.get("title", "")), *(("citation_author", author) for author in authors)]
    names = {"container-title": "journal_title", "volume": "volume", "issue": "issue", "DOI": "doi"}
    pairs += [(f"citation_{name}", record.get(key, "")) for key, name in names.items()]
    pairs.append(("citation_publication_date", _year(record)))
    return "; ".join(f"{name}={str(value).replace(';', ',')}" for name, value in pairs if value)


def citation(article: RenderedArticle, *, url: str, modified: datetime, site: Site) -> ArticleCitation:
    """Return how others cite this article."""
    record = {
        "id": article.slug,
        "type": "webpage",
        "title": article.title,
        "author": [{"literal": site.publisher}],
        "issued": {"date-parts": [[modified.year, modified.month, modified.day]]},
        "URL": url,
        "language": article.lang,
    }
    fields = {
        "title": f"{{{_tex(article.title)}}}",
        "author": f"{{{_tex(site.publisher)}}}",
        "year": str(modified.year),
        "month": str(modified.month),
        "url": url,
        "langid": "dutch",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    bibtex = f"@misc{{{article.slug}-{modified.year},\n{lines}\n}}"
    return ArticleCitation(text=format_text(record), bibtex=bibtex, url=url)


def _tex(text: str) -> str:
    return re.sub(r"([\\{}&%$#_~^])", r"\\\1", text)


def share_image(picture: Picture | None, *, site: Site, default: ShareImage) -> ShareImage:
    """Return what other sites show when an article is shared: the cut around the focal point.

    An older publication has no cut: then the fallback rendition that is nearest to 1,200 pixels wide.
    """
    if picture is None:
        return default
    if picture.share_src:
        return ShareImage(site.url + picture.share_src, picture.share_width, picture.share_height)
    candidates = [item.strip().rsplit(" ", 1) for item in picture.srcset.split(",") if item.strip().endswith("w")]
    if not candidates:
        return ShareImage(site.url + picture.src, picture.width, picture.height)
    address, width = min(((a, int(w.rstrip("w"))) for a, w in candidates), key=lambda item: abs(item[1] - 1200))
    return ShareImage(site.url + address, width, round(picture.height * width / picture.width))
