import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0006_constraints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.account")),
                ("total", models.PositiveIntegerField()),
                ("placed_on", models.DateField(null=True)),
                ("paid", models.BooleanField(null=True)),
                ("watchers", models.ManyToManyField(blank=True, to="accounts.account", related_name="+")),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("order", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="shop.order")),
                ("sku", models.CharField(db_column="stock_code", max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="PaidOrder",
            fields=[],
            options={"proxy": True},
            bases=("shop.order",),
        ),
    ]
