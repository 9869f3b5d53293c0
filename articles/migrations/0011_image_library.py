"""The image library: another file under the same name, a focal point, words per use, and where every picture stands.

What drafts and publications show today is written down here once; from then on `images.usage.index_pictures` does it. Publications
are read as they were frozen: their Markdown gives the names, their HTML the files and the words that readers get.
"""

import re
from html import unescape

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Frozen here on purpose: this reads what older code wrote.
TYPED = re.compile(r"!\[([^\]\n]{0,500})\]\(\s{0,9}<?media:([\w-]{1,80})")
SHOWN = re.compile(r'<img src="([^"]*)"[^>]*? alt="([^"]*)"')


def fill(apps, schema_editor):
    Article, Publication = apps.get_model("articles", "Article"), apps.get_model("articles", "Publication")
    rows = apps.get_model("articles", "ImageUse").objects.using(schema_editor.connection.alias)
    for article in Article.objects.using(rows.db).select_related("hero").iterator():
        uses = enumerate(draft_uses(article), start=1)
        rows.bulk_create(rows.model(article_id=article.pk, position=i, **use) for i, use in uses)
    for publication in Publication.objects.using(rows.db).iterator():
        uses = enumerate(published_uses(publication), start=1)
        rows.bulk_create(
            rows.model(article_id=publication.article_id, publication_id=publication.pk, position=i, **use) for i, use in uses
        )


def use_of(name, place, heading, *, alt="", field="", anchor="", src=""):
    return {
        "image_id": name,
        "place": place,
        "heading": heading[:220],
        "alt": alt,
        "field": field,
        "anchor": anchor,
        "src": src,
    }


def draft_uses(article):
    if article.hero:
        yield use_of(article.hero.name, "hero", "Openingsbeeld", alt=article.hero_alt, field="hero")
    yield from typed_uses(article.intro, "Inleiding", "intro", "")
    for i, section in enumerate(article.sections.order_by("position")):
        yield from typed_uses(section.body, section.heading, f"sections-{i}-body", section.anchor)
        if not section.shows_benefits:
            continue
        for j, benefit in enumerate(article.benefits.select_related("image").order_by("position")):
            heading = f"{j + 1}. {benefit.title}"
            yield from typed_uses(benefit.body, heading, f"benefits-{j}-body", benefit.anchor)
            if benefit.image:
                yield use_of(benefit.image.name, "benefit", heading, field=f"benefits-{j}-image", anchor=benefit.anchor)


def typed_uses(text, heading, field, anchor):
    for alt, name in TYPED.findall(text):
        yield use_of(name, "text", heading, alt=alt, field=field, anchor=anchor)


def published_uses(publication):
    rendered, texts = publication.rendered, parts_of(publication.source)
    if hero := rendered.get("hero"):
        yield use_of(hero["name"], "hero", "Openingsbeeld", alt=hero["alt"], src=hero["src"])
    yield from shown_uses(rendered.get("intro", ""), texts.get("", ""), "Inleiding", "")
    for section in rendered.get("sections", []):
        yield from shown_uses(section["html"], texts.get(section["anchor"], ""), section["heading"], section["anchor"])
        for benefit in section["benefits"]:
            heading, anchor = f"{benefit['number']}. {benefit['title']}", benefit["anchor"]
            yield from shown_uses(benefit["html"], texts.get(anchor, ""), heading, anchor)
            if picture := benefit["picture"]:
                yield use_of(picture["name"], "benefit", heading, alt=picture["alt"], anchor=anchor, src=picture["src"])


def parts_of(source):
    """Return the text under every heading that has an anchor, by that anchor; the intro's is empty."""
    pieces = re.split(r"^#{2,3}[ \t].*\{#([\w-]+)[^{}]*\}[ \t]*$", source, flags=re.MULTILINE)
    return {"": pieces[0]} | dict(zip(pieces[1::2], pieces[2::2], strict=True))


def shown_uses(html, text, heading, anchor):
    typed, shown = TYPED.findall(text), SHOWN.findall(html)
    if len(typed) != len(shown):
        shown = [("", alt) for alt, _ in typed]  # an example in a code block: what readers see can't be told apart
    for (_, name), (src, alt) in zip(typed, shown, strict=True):
        yield use_of(name, "text", heading, alt=unescape(alt), anchor=anchor, src=unescape(src))


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0010_draft_revisions_and_preview_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='vingerafdruk')),
                ('file', models.CharField(max_length=100, verbose_name='bestand')),
                ('width', models.PositiveIntegerField(verbose_name='breedte in pixels')),
                ('height', models.PositiveIntegerField(verbose_name='hoogte in pixels')),
                ('renditions', models.JSONField(default=list, verbose_name='formaten')),
                ('replaced_at', models.DateTimeField(auto_now_add=True, verbose_name='vervangen op')),
            ],
            options={
                'verbose_name': 'eerder bestand',
                'verbose_name_plural': 'eerdere bestanden',
                'ordering': ['-replaced_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImageUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('place', models.CharField(choices=[('hero', 'openingsbeeld'), ('benefit', 'afbeelding bij voordeel'), ('text', 'in de tekst onder')], max_length=8, verbose_name='plaats')),
                ('field', models.CharField(blank=True, max_length=60, verbose_name='veld in het formulier')),
                ('anchor', models.CharField(blank=True, max_length=200, verbose_name='anker')),
                ('heading', models.CharField(blank=True, max_length=220, verbose_name='onder de kop')),
                ('alt', models.TextField(blank=True, verbose_name='alternatieve tekst')),
                ('src', models.CharField(blank=True, max_length=200, verbose_name='bestand dat lezers zien')),
                ('focal_x', models.PositiveSmallIntegerField(default=50, verbose_name='focuspunt, % van links')),
                ('focal_y', models.PositiveSmallIntegerField(default=50, verbose_name='focuspunt, % van boven')),
            ],
            options={
                'verbose_name': 'gebruik van een afbeelding',
                'verbose_name_plural': 'gebruik van afbeeldingen',
                'ordering': ['article', 'publication', 'position'],
            },
        ),
        migrations.AddField(
            model_name='benefit',
            name='image_alt',
            field=models.CharField(blank=True, help_text='Voor deze plaats. Leeg: dan geldt de tekst uit de beeldbank.', max_length=300, verbose_name='alternatieve tekst'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='image_caption',
            field=models.CharField(blank=True, help_text='Leeg: dan geldt het bijschrift uit de beeldbank. Mag bronnen noemen: [@sleutel].', max_length=400, verbose_name='bijschrift'),
        ),
        migrations.AddField(
            model_name='image',
            name='focal_x',
            field=models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='focuspunt, % van links'),
        ),
        migrations.AddField(
            model_name='image',
            name='focal_y',
            field=models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='focuspunt, % van boven'),
        ),
        migrations.AddField(
            model_name='image',
            name='share',
            field=models.JSONField(default=dict, editable=False, verbose_name='uitsnede om te delen'),
        ),
        migrations.AlterField(
            model_name='article',
            name='hero_alt',
            field=models.CharField(blank=True, help_text='Voor deze plaats. Leeg: dan geldt de tekst uit de beeldbank.', max_length=300, verbose_name='alternatieve tekst'),
        ),
        migrations.AlterField(
            model_name='article',
            name='hero_caption',
            field=models.CharField(blank=True, help_text='Leeg: dan geldt het bijschrift uit de beeldbank. Mag bronnen noemen: [@sleutel].', max_length=400, verbose_name='bijschrift'),
        ),
        migrations.AddConstraint(
            model_name='image',
            constraint=models.CheckConstraint(condition=models.Q(('focal_x__lte', 100), ('focal_y__lte', 100)), name='image_focal_point_inside'),
        ),
        migrations.AddField(
            model_name='earlierfile',
            name='image',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_files', to='articles.image', verbose_name='afbeelding'),
        ),
        migrations.AddField(
            model_name='earlierfile',
            name='replaced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vervangen door'),
        ),
        migrations.AddField(
            model_name='imageuse',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='image_uses', to='articles.article', verbose_name='artikel'),
        ),
        migrations.AddField(
            model_name='imageuse',
            name='image',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='uses', to='articles.image', to_field='name', verbose_name='afbeelding'),
        ),
        migrations.AddField(
            model_name='imageuse',
            name='publication',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='image_uses', to='articles.publication', verbose_name='publicatie'),
        ),
        migrations.AddConstraint(
            model_name='imageuse',
            constraint=models.UniqueConstraint(fields=('publication', 'position'), name='imageuse_position_unique'),
        ),
        migrations.AddConstraint(
            model_name='imageuse',
            constraint=models.UniqueConstraint(condition=models.Q(('publication', None)), fields=('article', 'position'), name='imageuse_draft_position_unique'),
        ),
        migrations.AddConstraint(
            model_name='imageuse',
            constraint=models.CheckConstraint(condition=models.Q(('place__in', ['hero', 'benefit', 'text'])), name='imageuse_place_valid'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
