"""What keeps the work of two editors apart (a version and revisions of every draft), and links to a draft for outsiders."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_workflow'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='draft_version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='concept'),
        ),
        migrations.CreateModel(
            name='DraftRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='concept')),
                ('state', models.JSONField(help_text='Zie articles.draft_state.', verbose_name='tekst')),
                ('saved_at', models.DateTimeField(verbose_name='bewaard op')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draft_revisions', to='articles.article', verbose_name='artikel')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bewaard door')),
            ],
            options={
                'verbose_name': 'bewaard concept',
                'verbose_name_plural': 'bewaarde concepten',
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('article', 'version'), name='draftrevision_version_unique')],
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='vingerafdruk')),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='voor wie')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gemaakt op')),
                ('expires_at', models.DateTimeField(verbose_name='werkt tot')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='ingetrokken op')),
                ('opened', models.PositiveIntegerField(default=0, verbose_name='keer geopend')),
                ('last_opened_at', models.DateTimeField(blank=True, null=True, verbose_name='laatst geopend op')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='articles.article', verbose_name='artikel')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
            ],
            options={
                'verbose_name': 'voorbeeldlink',
                'verbose_name_plural': 'voorbeeldlinks',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='previewlink_expires_after_created')],
            },
        ),
    ]
