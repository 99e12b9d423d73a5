"""Every order has had a state since May; reports may rely on it."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="order",
            name="state",
            field=models.CharField(max_length=12, choices=[("open", "Open")]),
        ),
    ]
