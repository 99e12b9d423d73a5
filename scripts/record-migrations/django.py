"""Writes what Django sends for the migrations of a corpus, as JSON on stdout: its `sent.json`.

    PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=empty \\
        python scripts/record-migrations/django.py test/migrations/frameworks/django accounts shop

The database must be empty. Needs Django, psycopg2 and Pillow. Each application needs an empty `__init__.py`, and so does its
`migrations` folder: copy the corpus elsewhere and add them there.
"""
import json
import os
import re
import sys

root, *apps = sys.argv[1:]
# This folder holds a file of the same name as the framework.
sys.path[0] = root

from django.conf import settings

database = {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"]}
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", *apps],
    DATABASES={"default": {**database, "HOST": os.environ["PGHOST"], "USER": os.environ["PGUSER"], "PORT": os.environ.get("PGPORT", "")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)

import django

django.setup()

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

sent = {}
current = None


def record(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if current and not re.match(r'\s*(SELECT|INSERT INTO "django_migrations"|SAVEPOINT|RELEASE)', sql):
        with connection.cursor() as cursor:
            whole = cursor.cursor.mogrify(sql, params) if params else sql
        sent[current].append(whole.decode() if isinstance(whole, bytes) else whole)
    return result


class Executor(MigrationExecutor):
    def apply_migration(self, state, migration, *args, **kwargs):
        global current
        if migration.app_label in apps:
            current = f"{migration.app_label}/migrations/{migration.name}.py"
            sent[current] = []
        state = super().apply_migration(state, migration, *args, **kwargs)
        current = None
        return state


def plain(sql):
    """Without what makes deferred constraints hold at once, which is no change of the schema."""
    return re.sub(r"^SET CONSTRAINTS \S+ IMMEDIATE; |; SET CONSTRAINTS \S+ IMMEDIATE$", "", sql)


with connection.execute_wrapper(record):
    executor = Executor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

files = {path: [plain(sql) for sql in statements] for path, statements in sent.items()}
print(json.dumps({"from": f"Django {django.get_version()} on PostgreSQL, as it sends it", "files": files}, indent=2))
