"""Writes what Alembic sends for the migrations of a corpus, as JSON on stdout: its `sent.json`.

    DATABASE_URL=postgresql+psycopg2://postgres@127.0.0.1/empty \\
        python scripts/record-migrations/alembic.py test/migrations/frameworks/alembic/alembic

The database must be empty. Needs Alembic, SQLAlchemy and psycopg2, and an empty `script.py.mako` in a copy of the folder.
"""
import json
import os
import re
import sys

# This folder holds a file of the same name.
sys.path.pop(0)

import alembic
import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

engine = sa.create_engine(os.environ["DATABASE_URL"])
sent = {}
current = None


@sa.event.listens_for(engine, "before_cursor_execute")
def record(connection, cursor, statement, parameters, context, many):
    if current and not re.search(r"alembic_version|pg_catalog|^\s*select", statement, re.IGNORECASE):
        sent[current].append(cursor.mogrify(statement, parameters).decode().strip())


config = Config()
config.set_main_option("script_location", sys.argv[1])
script = ScriptDirectory.from_config(config)


def steps(revision, context):
    found = script._upgrade_revs("heads", revision)
    for step in found:
        step.migration_fn = recorded(step.migration_fn, step.revision.module.__file__)
    return found


def recorded(upgrade, file):
    path = f"alembic/versions/{os.path.basename(file)}"

    def run(*args, **kwargs):
        global current
        current = path
        sent[path] = []
        upgrade(*args, **kwargs)
        current = None

    return run


with EnvironmentContext(config, script, fn=steps) as environment, engine.connect() as connection:
    environment.configure(connection=connection)
    with environment.begin_transaction():
        environment.run_migrations()

source = f"Alembic {alembic.__version__} with SQLAlchemy {sa.__version__} on PostgreSQL, as it sends it"
print(json.dumps({"from": source, "files": sent}, indent=2))
