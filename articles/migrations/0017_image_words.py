"""An index of words, so that a search does not read every picture."""

import django.db.models.deletion
from django.db import migrations, models

from references.words import split_words

SEARCHED = ("name", "alt", "caption", "credit")
BATCH = 500


def index_what_is_there(apps, schema_editor):
    images = apps.get_model("articles", "Image").objects.using(schema_editor.connection.alias)
    words = apps.get_model("articles", "ImageWord").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(images.filter(pk__gt=last).order_by("pk").only(*SEARCHED)[:BATCH]):
        last = batch[-1].pk
        found = ((row, word) for row in batch for word in split_words("\n".join(getattr(row, name) for name in SEARCHED)))
        words.bulk_create((words.model(image=row, word=word) for row, word in found), batch_size=1_000)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0016_image_newest'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImageWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60, verbose_name='woord')),
                ('image', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='articles.image', verbose_name='afbeelding')),
            ],
            options={
                'verbose_name': 'zoekwoord van een afbeelding',
                'verbose_name_plural': 'zoekwoorden van afbeeldingen',
                'indexes': [models.Index(fields=['word', 'image'], name='imageword_word', opclasses=['varchar_pattern_ops', 'int8_ops'])],
                'constraints': [models.UniqueConstraint(fields=('image', 'word'), name='imageword_once')],
            },
        ),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
    ]
