from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0005_split_state")]

    operations = [
        migrations.RemoveField(model_name="order", name="watchers"),
        migrations.RemoveField(model_name="order", name="seller"),
        migrations.RemoveField(model_name="order", name="paid"),
        migrations.AlterUniqueTogether(name="order", unique_together=set()),
        migrations.DeleteModel(name="PaidOrder"),
        migrations.DeleteModel(name="OrderLine"),
    ]
