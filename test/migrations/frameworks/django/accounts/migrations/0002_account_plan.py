from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="plan",
            field=models.CharField(choices=[("free", "Free"), ("pro", "Pro")], default="free", max_length=16),
        ),
        migrations.AddField(
            model_name="account",
            name="trial_ends",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="account",
            name="note",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="account",
            name="seats",
            field=models.IntegerField(db_default=1),
        ),
    ]
