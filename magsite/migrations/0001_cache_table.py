"""The table of Django's database cache, as `createcachetable` would make it: one step less to forget."""

from django.db import migrations, models

TABLE = "magsite_cache"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        # No model: Django's cache writes its own SQL. So the state of the models stays out of it.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.CreateModel(
                    name="CacheEntry",
                    fields=[
                        ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                        ("value", models.TextField()),
                        ("expires", models.DateTimeField(db_index=True)),
                    ],
                    options={"db_table": TABLE},
                )
            ],
        )
    ]
