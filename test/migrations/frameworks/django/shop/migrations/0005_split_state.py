from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0004_order_seller")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE shop_order ADD COLUMN state varchar(12) NULL",
                    "ALTER TABLE shop_order DROP COLUMN state",
                ),
            ],
            state_operations=[
                migrations.AddField(model_name="order", name="state", field=models.CharField(max_length=12, null=True)),
            ],
        ),
        migrations.AlterField(
            model_name="order",
            name="state",
            field=models.CharField(max_length=24, null=True, db_index=True),
        ),
    ]
