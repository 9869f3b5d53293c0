"""Measures the search page with many articles: `python -m bench.search`; DATABASE_URL may name an empty PostgreSQL database.

Everything is made from one seed: words and compounds spread as Zipf's law says, chapters, sources. It goes through the index that
publishing uses, and the queries through the whole of Django. Prints rows for docs/performance.md.
"""

import argparse
import itertools
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

_SYLLABLES = "ma mi ne ka le ti so ver ge be on sta ren der vit ijz koe bla dru pel gro spier bot nier voed zout stof cel hart"
SYLLABLES = _SYLLABLES.split()
WORDS, SECTIONS, WORDS_PER_SECTION, SOURCES, SOURCES_PER_ARTICLE = 60_000, 7, 170, 20_000, 8
KINDS = ("common word", "rare word", "two words", "four words", "phrase", "typing error", "start of a word", "nothing")
QUERIES = 500


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--articles", type=int, default=10_000)
    articles = options.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "magsite.settings"
        import django

        django.setup()
        measure(articles)


def measure(articles: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from articles.models import Article, SearchWord
    from articles.search.index import index_article, rebuild

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    language = Language(random.Random(1))
    make_articles(language, 10)
    rebuild()
    among_few = timed(lambda: index_article(first := Article.objects.first(), first.live))
    make_articles(language, articles, already=10)
    filling = timed(rebuild)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    among_many = timed(lambda: index_article(first := Article.objects.first(), first.live))
    print(f"{connection.vendor}: {articles} articles, {SearchWord.objects.count()} words; load average {os.getloadavg()[0]:.1f}")
    print(f"index made in {filling:.0f} s; one article {among_few * 1000:.0f} ms among 10, {among_many * 1000:.0f} ms among all")
    ask_all(language)


def timed(call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


class Language:
    """Words that look like Dutch, in a fixed order from common to rare; half of the rare ones are compounds."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        short = {"".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(WORDS // 4)}
        simple = sorted(short, key=lambda word: (len(word), word))
        found = dict.fromkeys(simple)
        while len(found) < WORDS:
            found["".join(chance.sample(simple, 2)) if chance.random() < 0.5 else chance.choice(simple) + "en"] = None
            found["".join(chance.choices(SYLLABLES, k=4))] = None
        self.words = list(found)
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def text(self, count: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=count))

    def sentences(self, count: int) -> str:
        return " ".join(self.text(17).capitalize() + "." for _ in range(count // 17))


def make_articles(language: Language, total: int, already: int = 0) -> None:
    """Make live publications without the checks: those cost the most, and search has no part in them."""
    from django.utils import timezone

    from articles.models import Article, Publication

    pool = [(f"bron{n}", language.text(9)) for n in range(SOURCES)]
    for start in range(already, total, 500):
        numbers = range(start, min(start + 500, total))
        made = Article.objects.bulk_create([Article(title=language.text(6).capitalize(), slug=f"artikel-{n}") for n in numbers])
        publications = Publication.objects.bulk_create(_publication(language, pool, article) for article in made)
        for article, publication in zip(made, publications, strict=True):
            article.live, article.status, article.first_published_at = publication, "published", timezone.now()
        Article.objects.bulk_update(made, ["live", "status", "first_published_at"])


def _publication(language: Language, pool: list[tuple[str, str]], article):
    from django.utils import timezone

    from articles.models import Publication
    from articles.rendering.rendered import Adviser, NumberedSource, RenderedArticle, RenderedSection
    from articles.rendering.snapshot import to_card, to_data

    sections = tuple(
        RenderedSection(language.text(4), f"deel-{n}", f"<p>{language.sentences(WORDS_PER_SECTION)}</p>") for n in range(SECTIONS)
    )
    sources = tuple(
        NumberedSource(
            n, key, f"ref-{key}", "", f"Jansen, A. (2020). {title}. Tijdschrift.", "", {"title": title, "language": "en"}
        )
        for n, (key, title) in enumerate(language.chance.sample(pool, SOURCES_PER_ARTICLE), start=1)
    )
    summary, intro = language.text(20), f"<p>{language.sentences(60)}</p>"
    text = RenderedArticle(
        article.title, article.slug, "nl", summary, None, intro, sections, (), sources, Adviser(), "", 0, 1
    )  # fmt: skip
    now, data = timezone.now(), to_data(text)
    return Publication(
        article=article,
        number=1,
        title=article.title,
        slug=article.slug,
        rendered=data,
        card=to_card(data),
        published_at=now,
        modified_at=now,
    )


def queries(language: Language) -> Iterator[tuple[str, str]]:
    """Yield a kind and a query of that kind, in turn, from a sentence that some article has where that matters."""
    from articles.models import SearchEntry

    chance = random.Random(2)
    entries = list(SearchEntry.objects.filter(kind="article").order_by("pk").values_list("passages", flat=True)[:200])
    for number in range(QUERIES):
        kind = KINDS[number % len(KINDS)]
        words = chance.choice(chance.choice(entries)[1]["sentences"])[0].rstrip(".").lower().split()
        rare = max(words, key=language.words.index)
        yield (
            kind,
            {
                "common word": chance.choice(language.words[:100]),
                "rare word": rare,
                "two words": " ".join(chance.sample(words, 2)),
                "four words": " ".join(chance.sample(words, 4)),
                "phrase": f'"{" ".join(words[3:6])}"',
                "typing error": misspelt(max(words, key=len), chance),
                "start of a word": rare[: max(4, len(rare) // 2)],
                "nothing": "q" + "".join(chance.choices("xqwz", k=9)),
            }[kind],
        )


def misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (word[:place] + word[place + 1 :], word[:place] + "x" + word[place:], word[:place] + "x" + word[place + 1 :])
    )


def cpu_time() -> float:
    """Return the seconds that this process and the one that PostgreSQL runs for it were on a processor (Linux)."""
    from django.db import connection

    if connection.vendor != "postgresql" or connection.connection is None:
        return time.process_time()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + int(stat.read_text().split()[0]) / 1e9


def ask_all(language: Language) -> None:
    from django.conf import settings
    from django.test import Client

    client, times = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0]), {kind: [] for kind in KINDS}
    asked = list(queries(language))
    for _, query in asked[:: QUERIES // 50]:  # templates and connection are warm; most words are not
        client.get("/zoeken/", {"q": query})
    cpu = []
    for kind, query in asked:
        start, busy = time.perf_counter(), cpu_time()
        response = client.get("/zoeken/", {"q": query})
        times[kind].append((time.perf_counter() - start) * 1000)
        cpu.append((cpu_time() - busy) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{query} gave {response.status_code}")
    together = [("**all**", [one for each in times.values() for one in each]), ("all, CPU time only", cpu)]
    for kind, found in [*times.items(), *together]:
        cuts = quantiles(found, n=20)
        print(f"| {kind} | {len(found)} | {cuts[9]:.1f} | {cuts[18]:.1f} | {max(found):.1f} |")


if __name__ == "__main__":
    main()
