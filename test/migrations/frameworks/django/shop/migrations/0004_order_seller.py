import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0003_renames")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="seller",
            field=models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="sales", to="accounts.account"),
        ),
        migrations.AddField(
            model_name="order",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="order_tags_gin"),
        ),
        migrations.AlterUniqueTogether(name="order", unique_together={("buyer", "number")}),
        migrations.AddField(model_name="order", name="helpers", field=models.ManyToManyField(related_name="+", to="accounts.account")),
    ]
