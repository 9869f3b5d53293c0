"""What readers can search: entries, words, and the full text index of the database. Fills them with what is live."""

import django.db.models.deletion
from django.db import migrations, models

from articles.search import index
from articles.search.engine import engine


def create(apps, schema_editor):
    engine(schema_editor.connection.vendor).create(schema_editor.execute)


def drop(apps, schema_editor):
    engine(schema_editor.connection.vendor).drop(schema_editor.execute)


def fill(apps, schema_editor):
    index.rebuild()


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0013_publication_card'),
        ('references', '0004_masked_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=64, unique=True, verbose_name='woord')),
                ('backwards', models.CharField(db_index=True, max_length=64, verbose_name='achterstevoren')),
                ('stem', models.CharField(db_index=True, max_length=64, verbose_name='stam')),
                ('entries', models.IntegerField(verbose_name='aantal vindplaatsen')),
            ],
            options={
                'verbose_name': 'zoekwoord',
                'verbose_name_plural': 'zoekwoorden',
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('article', 'artikel'), ('source', 'bron')], max_length=8, verbose_name='soort')),
                ('key', models.CharField(max_length=120, verbose_name='adres of sleutel')),
                ('title', models.TextField(verbose_name='titel')),
                ('lang', models.CharField(blank=True, max_length=35, verbose_name='taal')),
                ('passages', models.JSONField(default=list, verbose_name='tekst')),
                ('article', models.ForeignKey(help_text='Het artikel dat dit laat zien.', on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to='articles.article', verbose_name='artikel')),
            ],
            options={
                'verbose_name': 'vindplaats',
                'verbose_name_plural': 'vindplaatsen',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['article', 'source'])), name='searchentry_kind_valid'), models.UniqueConstraint(condition=models.Q(('kind', 'article')), fields=('article',), name='searchentry_article_unique'), models.UniqueConstraint(condition=models.Q(('kind', 'source')), fields=('key',), name='searchentry_source_unique')],
            },
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
