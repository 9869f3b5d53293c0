"""What search knows of an article and of a source, from what a live publication shows of them and nothing else. Pure."""

from dataclasses import asdict, dataclass
from html import escape

from articles.rendering.rendered import NumberedSource, RenderedArticle, RenderedBenefit
from articles.search.text import read_sentences, split_sentences
from articles.search.words import split_words, stems

KINDS = ("article", "source")


@dataclass(frozen=True)
class Passage:
    """A part of a text that a link can lead to; without an anchor it is the start of the page.

    `sentences` are pairs: what a reader reads, and the stems of its words with a space between.
    """

    heading: str
    anchor: str
    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    kind: str
    key: str
    title: str
    lang: str
    passages: tuple[Passage, ...]


def passage(sentences: list[str], *, heading: str = "", anchor: str = "") -> Passage:
    return Passage(heading, anchor, tuple((sentence, " ".join(stems(sentence))) for sentence in sentences))


def article_entry(article: RenderedArticle) -> Entry:
    """Return an article: its summary and introduction, chapters and benefits."""
    caption = article.hero.caption_html if article.hero else ""
    passages = [passage(split_sentences(article.summary) + read_sentences(f"<p>{caption}</p>{article.intro}"))]
    for section in article.sections:
        passages.append(passage(read_sentences(section.html), heading=section.heading, anchor=section.anchor))
        passages += [_benefit(benefit) for benefit in section.benefits]
    return Entry("article", article.slug, article.title, article.lang, tuple(passages))


def _benefit(benefit: RenderedBenefit) -> Passage:
    html = benefit.html + "".join(f"<p>{escape(claim.text)}</p>" for claim in benefit.claims)
    html += f"<p>{benefit.picture.caption_html}</p>" if benefit.picture else ""
    return passage(read_sentences(html), heading=benefit.title, anchor=benefit.anchor)


def source_entry(source: NumberedSource) -> Entry:
    """Return a source: its line in the list, in which a masked title is masked."""
    lang = str(source.record.get("language", ""))
    return Entry("source", source.key, str(source.record.get("title", "")), lang, (passage([source.text]),))


def passages_to_data(entry: Entry) -> list[dict]:
    return [asdict(item) for item in entry.passages]


def passages_from_data(data: list[dict]) -> tuple[Passage, ...]:
    return tuple(
        Passage(item["heading"], item["anchor"], tuple((text, stemmed) for text, stemmed in item["sentences"])) for item in data
    )


def words_of(title: str, passages: tuple[Passage, ...]) -> set[str]:
    """Return every word of an entry once."""
    texts = [title, *(item.heading for item in passages), *(text for item in passages for text, _ in item.sentences)]
    return set(split_words("\n".join(texts)))


@dataclass(frozen=True)
class Stemmed:
    """The stems of an entry, by how much they tell: those of its title, of its headings, and of its text."""

    title: str
    headings: str
    text: str


def stemmed(title: str, passages: tuple[Passage, ...]) -> Stemmed:
    headings = " ".join(" ".join(stems(item.heading)) for item in passages)
    text = " ".join(line for item in passages for _, line in item.sentences)
    return Stemmed(" ".join(stems(title)), headings, text)
