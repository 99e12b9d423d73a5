from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The table is written to all day: the index must not block that.
    atomic = False

    dependencies = [("accounts", "0003_plan_choices")]

    operations = [
        AddIndexConcurrently(
            model_name="account",
            index=models.Index(fields=["created"], name="account_created_idx"),
        ),
        RemoveIndexConcurrently(model_name="member", name="members_account_position"),
    ]
