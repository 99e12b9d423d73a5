from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_require_placed_on")]

    operations = [
        migrations.RenameField(model_name="order", old_name="total", new_name="total_cents"),
        migrations.RenameField(model_name="order", old_name="account", new_name="buyer"),
        migrations.RenameField(model_name="line", old_name="sku", new_name="code"),
        migrations.RenameModel(old_name="Line", new_name="OrderLine"),
        migrations.AlterModelTable(name="orderline", table="order_lines"),
    ]
