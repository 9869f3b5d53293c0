"""Links between articles as rows, related articles, redirects that editors make, and who may make them.

What was there is written down too: the links of live publications from their frozen HTML, those of drafts from what was typed.
"""

import html
import re

import django.db.models.deletion
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

RIGHTS = {"Redacteur": ["view"], "Eindredacteur": ["add", "change", "delete", "view"]}
TYPED = re.compile(r"\[\[([a-z0-9][a-z0-9-]*)(?:#([A-Za-z0-9_-]+))?(?:\|([^\[\]\n|]+))?\]\]")
FROZEN = re.compile(r'<a data-article="([^"]*)"(?: data-anchor="([^"]*)")?>')
BLOCK_END = re.compile(r"</(?:p|li|td|th|caption|figcaption|blockquote|h[2-6])>")
UNREAD = re.compile(r'<sup class="cite">.*?</sup>|<a class="anchor".*?</a>|<[^>]*>', re.DOTALL)
CITATION = re.compile(r"\[@[^\]\n]{0,1000}\]")
HEADING = re.compile(r"#{3,6}[ \t]+(.*?)[ \t]*(?:\{[^{}]*\})?[ \t]*$")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")


def fill_links(apps, schema_editor):
    Article, ArticleLink = apps.get_model("articles", "Article"), apps.get_model("articles", "ArticleLink")
    for article in Article.objects.select_related("live").prefetch_related("sections", "benefits").iterator(chunk_size=100):
        rows = [ArticleLink(article=article, position=i, **link) for i, link in enumerate(_in_draft(article), start=1)]
        if article.live:
            found = enumerate(_in_publication(article.live.rendered), start=1)
            rows += [ArticleLink(article=article, publication=article.live, position=i, **link) for i, link in found]
        ArticleLink.objects.bulk_create(rows)


def _in_draft(article):
    texts = [("hero_caption", "Openingsbeeld", article.hero_caption), ("intro", "Inleiding", article.intro)]
    texts += [(f"sections-{i}-body", row.heading, row.body) for i, row in enumerate(article.sections.all())]
    texts += [(f"benefits-{i}-body", f"{i + 1}. {row.title}", row.body) for i, row in enumerate(article.benefits.all())]
    for field, heading, text in texts:
        for line in text.splitlines():
            if under := HEADING.match(line):
                heading = under[1].replace("*", "")
            for match in TYPED.finditer(line):
                before, after = (TYPED.sub(_words, CITATION.sub("", part)) for part in (line[: match.start()], line[match.start() :]))
                yield _link(match, field, heading, before, after)


def _words(match):
    return match[3] or match[1].replace("-", " ")


def _in_publication(rendered):
    pieces = [("Openingsbeeld", (rendered["hero"] or {}).get("caption_html", "")), ("Inleiding", rendered["intro"])]
    for section in rendered["sections"]:
        pieces.append((section["heading"], section["html"]))
        for benefit in section["benefits"]:
            heading = f"{benefit['number']}. {benefit['title']}"
            pieces += [(heading, benefit["html"]), (heading, (benefit["picture"] or {}).get("caption_html", ""))]
    for heading, piece in pieces:
        for block in BLOCK_END.split(piece):
            for match in FROZEN.finditer(block):
                before, after = (html.unescape(UNREAD.sub("", part)) for part in (block[: match.start()], block[match.start() :]))
                yield _link(match, "", heading, before, after)
            if "<h" in block:
                heading = " ".join(html.unescape(UNREAD.sub("", block)).split())


def _link(match, field, heading, before, after):
    sentence = SENTENCE_END.split(before.lstrip())[-1] + SENTENCE_END.split(after)[0]
    return {
        "slug": match[1][:120],
        "anchor": (match[2] or "")[:200],
        "field": field,
        "heading": heading[:200],
        "sentence": " ".join(sentence.split()),
    }


def _permissions(apps, actions):
    codenames = [f"{action}_redirect" for action in actions]
    return apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles", codename__in=codenames)


def grant(apps, schema_editor):
    create_permissions(
        installed.get_app_config("articles"), verbosity=0, apps=apps, using=schema_editor.connection.alias
    )
    for name, actions in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*_permissions(apps, actions))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*_permissions(apps, ["add", "change", "delete", "view"]))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_image_library'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='related',
            field=models.JSONField(blank=True, default=list, help_text='De adressen van hooguit vier artikelen, in de volgorde voor lezers.', verbose_name='lees ook'),
        ),
        migrations.CreateModel(
            name='ArticleLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(db_index=True, max_length=120, verbose_name='adres')),
                ('anchor', models.CharField(blank=True, max_length=200, verbose_name='anker')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('field', models.CharField(blank=True, help_text='Het veld van het formulier waar de link staat.', max_length=60, verbose_name='veld')),
                ('heading', models.CharField(blank=True, max_length=200, verbose_name='onder de kop')),
                ('sentence', models.TextField(blank=True, verbose_name='zin')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='articles.article', verbose_name='artikel')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='articles.publication', verbose_name='publicatie')),
            ],
            options={
                'verbose_name': 'link naar een artikel',
                'verbose_name_plural': 'links naar artikelen',
                'ordering': ['article', 'publication', 'position'],
                'constraints': [models.UniqueConstraint(fields=('publication', 'position'), name='articlelink_position_unique'), models.UniqueConstraint(condition=models.Q(('publication', None)), fields=('article', 'position'), name='articlelink_draft_position_unique')],
            },
        ),
        migrations.CreateModel(
            name='Redirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=400, unique=True, verbose_name='oud pad')),
                ('target', models.CharField(blank=True, max_length=400, verbose_name='pad van de pagina')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='gemaakt op')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='redirects', to='articles.article', verbose_name='artikel')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
            ],
            options={
                'verbose_name': 'doorverwijzing',
                'verbose_name_plural': 'doorverwijzingen',
                'ordering': ['path'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('target', '')), models.Q(('article__isnull', True), models.Q(('target', ''), _negated=True)), _connector='OR'), name='redirect_leads_to_one_place'), models.CheckConstraint(condition=models.Q(('path__startswith', '/')), name='redirect_path_is_local')],
            },
        ),
        migrations.RunPython(fill_links, migrations.RunPython.noop),
        migrations.RunPython(grant, revoke),
    ]
