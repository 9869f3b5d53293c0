"""Review, planning and the log of what happened to an article. The database refuses to change what is in the log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MESSAGE = "articles_articleevent is append-only: what happened is not changed"

SQLITE = f"""
CREATE TRIGGER articles_articleevent_append_only BEFORE UPDATE ON articles_articleevent
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END;
"""

POSTGRESQL = f"""
CREATE FUNCTION articles_articleevent_refuse_update() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER articles_articleevent_append_only BEFORE UPDATE ON articles_articleevent
FOR EACH ROW EXECUTE FUNCTION articles_articleevent_refuse_update();
"""

UNDO = {
    "sqlite": "DROP TRIGGER articles_articleevent_append_only;",
    "postgresql": "DROP TRIGGER articles_articleevent_append_only ON articles_articleevent; DROP FUNCTION articles_articleevent_refuse_update();",
}


def create(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def drop(apps, schema_editor):
    schema_editor.execute(UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0008_accepted_finding'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('submitted', 'ingestuurd ter controle'), ('taken_back', 'teruggenomen door de schrijver'), ('sent_back', 'teruggestuurd'), ('scheduled', 'publicatie ingepland'), ('withdrawal_scheduled', 'intrekken ingepland'), ('cancelled', 'planning geannuleerd'), ('failed', 'planning mislukt'), ('withdrawn', 'ingetrokken')], max_length=20, verbose_name='wat')),
                ('at', models.DateTimeField(verbose_name='wanneer')),
                ('reason', models.TextField(blank=True, verbose_name='waarom')),
                ('due', models.DateTimeField(blank=True, null=True, verbose_name='gepland voor')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='articles.article', verbose_name='artikel')),
                ('by', models.ForeignKey(blank=True, help_text='Leeg: de server.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie')),
            ],
            options={
                'verbose_name': 'stap',
                'verbose_name_plural': 'stappen',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['article', 'at'], name='articleevent_article_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'taken_back', 'sent_back', 'scheduled', 'withdrawal_scheduled', 'cancelled', 'failed', 'withdrawn'])), name='articleevent_kind_valid')],
            },
        ),
        migrations.CreateModel(
            name='ScheduledPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('publish', 'publiceren'), ('withdraw', 'intrekken')], default='publish', max_length=10, verbose_name='soort')),
                ('due', models.DateTimeField(verbose_name='gepland voor')),
                ('source', models.TextField(blank=True, verbose_name='goedgekeurde brontekst')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reden')),
                ('is_substantive', models.BooleanField(default=True, verbose_name='inhoudelijke wijziging')),
                ('scheduled_at', models.DateTimeField(verbose_name='ingepland op')),
                ('state', models.CharField(choices=[('waiting', 'gepland'), ('done', 'uitgevoerd'), ('failed', 'mislukt'), ('cancelled', 'geannuleerd')], default='waiting', max_length=10, verbose_name='stand')),
                ('failure', models.TextField(blank=True, verbose_name='waarom het mislukte')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scheduled', to='articles.article', verbose_name='artikel')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.publication', verbose_name='publicatie die ervan kwam')),
                ('scheduled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingepland door')),
            ],
            options={
                'verbose_name': 'geplande publicatie',
                'verbose_name_plural': 'geplande publicaties',
                'ordering': ['due', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due'], name='scheduled_waiting_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'failed'])), fields=('article', 'kind'), name='scheduled_one_open_per_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'withdraw'), ('publication', None), ('source', '')), models.Q(('kind', 'publish'), models.Q(('source', ''), _negated=True)), _connector='OR'), name='scheduled_text_to_publish'), models.CheckConstraint(condition=models.Q(models.Q(('failure', ''), ('state__in', ['waiting', 'done'])), ('state', 'cancelled'), models.Q(('state', 'failed'), models.Q(('failure', ''), _negated=True)), _connector='OR'), name='scheduled_failure_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'ter controle'), ('sent_back', 'teruggestuurd')], default='waiting', max_length=10, verbose_name='stand')),
                ('digest', models.CharField(max_length=64, verbose_name='vingerafdruk van de ingestuurde tekst')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='notitie voor de eindredacteur')),
                ('submitted_at', models.DateTimeField(verbose_name='ingestuurd op')),
                ('reason', models.CharField(blank=True, max_length=1000, verbose_name='waarom teruggestuurd')),
                ('sent_back_at', models.DateTimeField(blank=True, null=True, verbose_name='teruggestuurd op')),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='submission', to='articles.article', verbose_name='artikel')),
                ('sent_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='teruggestuurd door')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingestuurd door')),
            ],
            options={
                'verbose_name': 'inzending',
                'verbose_name_plural': 'inzendingen',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('sent_back_at', None), ('state', 'waiting')), models.Q(('sent_back_at__isnull', False), ('state', 'sent_back'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='submission_sent_back_has_reason')],
            },
        ),
        migrations.RunPython(create, drop),
    ]
