from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_backfill_tokens")]

    operations = [
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("name", "plan"), name="account_name_plan"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(condition=Q(is_active=True), fields=("email",), name="account_active_email"),
        ),
        AddConstraintNotValid(
            model_name="account",
            constraint=models.CheckConstraint(condition=Q(balance__gte=0), name="account_balance_positive"),
        ),
        ValidateConstraint(model_name="account", name="account_balance_positive"),
        migrations.RemoveConstraint(model_name="account", name="account_active_email"),
    ]
