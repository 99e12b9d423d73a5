from django.db import migrations


def fill(apps, schema_editor):
    Account = apps.get_model("accounts", "Account")
    Account.objects.filter(note="").update(note="-")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_index_created")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(
            sql="""
                UPDATE accounts_account
                   SET plan = 'pro'
                 WHERE plan = 'paid'
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
