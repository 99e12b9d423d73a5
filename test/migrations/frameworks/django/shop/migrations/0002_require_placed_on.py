import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="placed_on",
            field=models.DateField(default=datetime.date.today),
        ),
        migrations.AlterField(
            model_name="order",
            name="total",
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name="line",
            name="order",
            field=models.ForeignKey(on_delete=models.deletion.CASCADE, to="shop.order"),
        ),
    ]
