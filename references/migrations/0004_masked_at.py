from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("references", "0003_referenceword")]
    operations = [
        migrations.AddField(
            "reference", "masked_at", models.DateTimeField("gemaskeerd op", null=True, editable=False),
        ),
    ]
