from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_account_plan")]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="plan",
            field=models.CharField(
                choices=[("free", "Free"), ("pro", "Pro"), ("team", "Team")], default="free", max_length=16
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="name",
            field=models.CharField(max_length=240),
        ),
        migrations.AlterField(
            model_name="account",
            name="trial_ends",
            field=models.DateTimeField(db_index=True, null=True),
        ),
        migrations.AlterModelOptions(name="account", options={"ordering": ["-created"]}),
    ]
