"""A crowd of articles and sources to measure with: deterministic, and made of rows that the site's own verbs made.

A few articles are written, published and published again by the real services, with marks where a title, an address, a link or
a source stands. Their rows, of every table that hangs on an article, are the moulds; every article of the crowd is a cast of one,
with the marks filled in. So a new column or table of the site is in the crowd without a word here.
"""

import json
import random
import re
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from articles.drafts import store_source
from articles.models import Article, Image, ImageWord, SearchEntry
from articles.publishing import publish
from articles.rendering.source import ArticleSource, BenefitSource, HeroSource, SectionSource
from articles.search.index import rebuild
from references.models import HealthClaim, Reference

SOURCES_PER_ARTICLE = 10  # as many as there are references for every article in the crowd
MOULDS, BATCH = 6, 200
MOST_REMARKS = 60  # more than a page of the list, in any crowd
FIRST_YEAR, YEARS = 1980, 45
_MARK = re.compile(r"[Zz]q(?:titel|adres|link|(?:bron|naam|werk)[a-z]{2})")

SUBJECTS = ["magnesium", "zink", "ijzer", "calcium", "kalium", "jodium", "seleen", "koper", "mangaan", "chroom", "fosfor"]
PEOPLE = ["sporters", "ouderen", "kinderen", "vrouwen", "mannen", "studenten", "vegetariërs", "veganisten", "lopers"]
TIMES = ["de winter", "de zomer", "het voorjaar", "de ochtend", "de avond", "een drukke week", "de vakantie"]
FAMILIES = ["Jansen", "Vries", "Berg", "Bakker", "Visser", "Smit", "Meijer", "Boer", "Mulder", "Groot", "Bos", "Vos", "Peters"]
WORDS = re.findall(
    r"\w+",
    "intake status absorption muscle bone sleep energy diet elderly athletes children randomized trial review cohort serum "
    "supplement exercise recovery protein enzyme balance mineral water grain leaf nut seed dose safety label survey method",
)
JOURNALS = ["Nutrients", "Voeding Nu", "The Journal of Nutrition", "Clinical Biochemistry", "Food Chemistry", "Public Health"]
CAPTION = "Hoeveel er in zit"
TABLE = f"| Voeding | Milligram |\n| --- | ---: |\n| Noten | 80 |\n| Zaden | 120 |\n: {CAPTION}"


def make_crowd(count: int) -> None:
    """Fill an empty, seeded site with `count` articles and images, and ten times as many sources."""
    moulds = [_mould(number) for number in range(MOULDS)]
    references = _make_references(max(count * SOURCES_PER_ARTICLE, YEARS))
    _make_images(count)
    Caster(moulds, references, count).cast_all()
    rebuild()


# Sources and images


def _make_references(count: int) -> dict[int, tuple[int, str, str, str]]:
    """Store sources; return their pk, key, family name and title by number."""
    made = {}
    for start in range(0, count, 2_000):
        rows = [_reference(number) for number in range(start, min(start + 2_000, count))]
        Reference.objects.bulk_add(rows)
        made |= {start + i: (row.pk, row.key, row.authors[0]["family"], row.title) for i, row in enumerate(rows)}
    return made


def _reference(number: int) -> Reference:
    chance = random.Random(number)
    family, year = f"{chance.choice(FAMILIES)}{chance.choice(FAMILIES).lower()}", FIRST_YEAR + number % YEARS
    title = f"{chance.choice(SUBJECTS)} {' '.join(chance.sample(WORDS, 7))}".capitalize()
    return Reference(
        key=f"{family.lower()}{year}n{number}",
        title=title,
        authors=[{"family": family, "given": "A. B."}, *({"family": chance.choice(FAMILIES), "given": "C."} for _ in range(3))],
        container_title=chance.choice(JOURNALS),
        volume=str(chance.randint(1, 80)),
        pages=f"{chance.randint(1, 400)}-{chance.randint(401, 900)}",
        issued_year=year,
        doi=f"10.1000/crowd.{number}",
        language="en",
        remark="Nog eens nakijken." if number < MOST_REMARKS else "",
    )


def _make_images(count: int) -> None:
    first = Image.objects.order_by("pk").first()
    values = {field.attname: getattr(first, field.attname) for field in Image._meta.concrete_fields if not field.primary_key}
    rows = Image.objects.bulk_create(
        (Image(**values | {"name": f"beeld-{i}", "digest": f"{i:064x}"}) for i in range(count)), batch_size=500
    )
    words = (ImageWord(image=row, word=word) for row in rows for word in row.index_words())
    ImageWord.objects.bulk_create(words, batch_size=1_000)


# Moulds


@transaction.atomic
def _mould(number: int) -> list[tuple[models.Model, dict]]:
    """Write and publish one article with marks in it; return every row that hangs on it and its values, the article first.

    None of it stays in the database.
    """
    keys = [_marked_reference(slot).key for slot in range(SOURCES_PER_ARTICLE)]
    source = _marked_source(number, keys)
    article = store_source(source)
    for version in range(1 + number % 3):
        article.intro = f"{source.intro}\n\nDit is tekst {version + 1}."
        article.save()
        article = publish(article, by=None, reason="De tekst is bijgewerkt.").article
    rows = [article, *_hanging_on(article, {(Article, article.pk)})]
    found = [(row, _prepare(row)) for row in rows]
    transaction.set_rollback(True)
    return found


def _hanging_on(row: models.Model, seen: set) -> Iterator[models.Model]:
    """Yield every row that has a foreign key to this one, and what hangs on those."""
    for relation in row._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.one_to_many and relation.related_model is not SearchEntry:  # see `rebuild`
            for other in relation.related_model._default_manager.filter(**{relation.field.name: row}):
                if (type(other), other.pk) not in seen:
                    seen.add((type(other), other.pk))
                    yield other
                    yield from _hanging_on(other, seen)


def _letters(number: int) -> str:
    return chr(97 + number // 26) + chr(97 + number % 26)


def _marked_reference(slot: int) -> Reference:
    mark = _letters(slot)
    return Reference.objects.create(
        key=f"zqbron{mark}",
        title=f"Zqwerk{mark}",
        authors=[{"family": f"Zqnaam{mark}", "given": "A. B."}],
        container_title="Nutrients",
        issued_year=FIRST_YEAR + slot,
        doi=f"10.1000/crowd.{slot}",
        language="en",
    )


def _marked_source(number: int, keys: list[str]) -> ArticleSource:
    chance = random.Random(number)
    images = list(Image.objects.order_by("name").values_list("name", flat=True))
    claims = list(HealthClaim.objects.order_by("key").values_list("key", flat=True))
    benefits = tuple(
        BenefitSource(f"Voordeel {i}", f"voordeel-{i}", _text(chance, keys, 2), images[i % len(images)], (claims[i % len(claims)],))
        for i in range(1, 3 + number)
    )
    chapters = [
        SectionSource(f"Hoofdstuk {i}: zqtitel", f"hoofdstuk-{i}", _text(chance, keys, 2 + number % 3))
        for i in range(1, 4 + number % 4)
    ]
    chapters[0] = SectionSource("Waar zit het in?", "waar-zit-het-in", f"{_text(chance, keys, 3)}\n\n{TABLE}")
    return ArticleSource(
        title="Zqtitel",
        slug="zqadres",
        summary="Wat is er bekend over zqtitel? Lees het hier, met de bronnen erbij, zodat je alles zelf kunt nagaan.",
        hero=HeroSource(images[number % len(images)]),
        intro=_text(chance, keys, 1),
        sections=(*chapters, SectionSource("De voordelen", "voordelen", _text(chance, keys, 1), shows_benefits=True)),
        benefits=benefits,
    )


def _text(chance: random.Random, keys: list[str], paragraphs: int) -> str:
    """Return paragraphs of plain Dutch, each with a source, the last one with a link to another article."""
    found = []
    for _ in range(paragraphs):
        found.append(f"{' '.join(_sentence(chance) for _ in range(4))}[@{chance.choice(keys)}]")
    return "\n\n".join([*found, "Lees ook [[zqlink|het andere artikel]]."])


def _sentence(chance: random.Random) -> str:
    one, other = chance.sample(SUBJECTS, 2)
    return f"Voor {chance.choice(PEOPLE)} telt {one} in {chance.choice(TIMES)} mee, net als {other}."


# Casts


class Caster:
    """Makes articles 0, 1, 2 … of the moulds. Primary keys are given out here, so that rows can name each other at once."""

    def __init__(self, moulds: list, references: dict, count: int):
        self.moulds, self.references, self.count = moulds, references, count
        self.next_pk: dict[type, int] = {}

    def cast_all(self) -> None:
        for start in range(0, self.count, BATCH):
            by_model: dict[type, list[models.Model]] = {}
            for number in range(start, min(start + BATCH, self.count)):
                for row in self.cast(number):
                    by_model.setdefault(type(row), []).append(row)
            with transaction.atomic():
                for model, rows in by_model.items():
                    model._base_manager.bulk_create(rows, batch_size=500)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.next_pk)):
                cursor.execute(statement)

    def cast(self, number: int) -> list[models.Model]:
        """Return the unsaved rows of one article; one in twenty was withdrawn."""
        mould = self.moulds[number % len(self.moulds)]
        slots = [self._pick(number, slot) for slot in range(SOURCES_PER_ARTICLE)]
        marks = self._marks(number, slots)
        keys = {(type(row), row.pk): self._take_pk(type(row)) for row, _ in mould}
        sources = {f"zqbron{_letters(slot)}": self.references[i][0] for slot, i in enumerate(slots)}
        age = timedelta(hours=number)
        rows = [self._cast_row(row, prepared, marks, keys, sources, age) for row, prepared in mould]
        if number % 20 == 19:
            rows[0].status, rows[0].live_id = Article.Status.WITHDRAWN, None
        return rows

    def _pick(self, number: int, slot: int) -> int:
        """Return the number of a source from the year of this slot: its own, or for the first slot one that many cite."""
        block = number // 50 if slot == 0 else number * 7 + slot * 11
        return block % (len(self.references) // YEARS) * YEARS + slot

    def _marks(self, number: int, slots: list[int]) -> dict[str, str]:
        title, marks = title_of(number), {"zqadres": slug_of(number), "zqlink": slug_of((number + 1) % self.count)}
        marks |= {"zqtitel": title[0].lower() + title[1:], "Zqtitel": title}
        for slot, i in enumerate(slots):
            names = (f"{kind}{_letters(slot)}" for kind in ("zqbron", "Zqnaam", "Zqwerk"))
            marks |= dict(zip(names, self.references[i][1:], strict=True))
        return marks

    def _take_pk(self, model: type) -> int:
        if model not in self.next_pk:
            self.next_pk[model] = (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.next_pk[model] += 1
        return self.next_pk[model] - 1

    def _cast_row(self, row, prepared: dict, marks: dict, keys: dict, sources: dict, age: timedelta) -> models.Model:
        values = {}
        for field in row._meta.concrete_fields:
            value = prepared[field.attname]
            if field.primary_key:
                value = keys[type(row), row.pk]
            elif field.is_relation and value is not None:
                value = sources[value] if field.related_model is Reference else keys.get((field.related_model, value), value)
            elif isinstance(value, str) and _MARK.search(value):
                value = _MARK.sub(lambda match: marks.get(match[0], match[0]), value)
            elif isinstance(field, models.DateTimeField) and value is not None:
                value -= age
            values[field.attname] = json.loads(value) if isinstance(field, models.JSONField) else value
        return type(row)(**values)


def _prepare(row: models.Model) -> dict:
    """Return the values of a row, JSON as text; a source is named by its mark."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.JSONField):
            values[field.attname] = json.dumps(values[field.attname])
        elif field.is_relation and field.related_model is Reference:
            values[field.attname] = getattr(row, field.name).key
    return values


def count_rows() -> dict:
    """Return how much there is: articles, sources, all rows, bytes of the database."""
    counts = {model: model._base_manager.count() for model in apps.get_models()}
    with connection.cursor() as cursor:
        pages = (
            "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()"
        )
        cursor.execute(pages if connection.vendor == "sqlite" else "SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    return {"articles": counts[Article], "references": counts[Reference], "rows": sum(counts.values()), "bytes": size}


def title_of(number: int) -> str:
    chance = random.Random(number)
    return f"Wat doet {chance.choice(SUBJECTS)} voor {chance.choice(PEOPLE)} in {chance.choice(TIMES)}? Deel {number}"


def slug_of(number: int) -> str:
    return f"wat-doet-het-deel-{number}"
