"""Brings the tables of older versions up to today's. Each step only adds, so that it can't lose what is kept."""

from sqlalchemy import Connection, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from photoshoot.errors import StoreError
from photoshoot.jobs.store.tables import SCHEMA_VERSION, Base, SchemaRow

_OLDEST = 1


def migrate(connection: Connection) -> None:
    """Make the tables, or bring those of an older version up to today's.

    Raises:
        StoreError: A newer photoshoot made them.
    """
    known = inspect(connection).has_table(SchemaRow.__tablename__)
    version = connection.scalar(select(SchemaRow.version)) if known else None
    if version is not None and not _OLDEST <= version <= SCHEMA_VERSION:
        raise StoreError(f"the database has tables of version {version}; this photoshoot needs {SCHEMA_VERSION}")
    if version is not None and version < SCHEMA_VERSION:
        _add_columns(connection)
    Base.metadata.create_all(connection)
    if version is None:
        connection.execute(SchemaRow.__table__.insert().values(version=SCHEMA_VERSION))  # type: ignore[attr-defined]
    elif version != SCHEMA_VERSION:
        connection.execute(update(SchemaRow).values(version=SCHEMA_VERSION))


def _add_columns(connection: Connection) -> None:
    there = inspect(connection)
    for table in Base.metadata.sorted_tables:
        if not there.has_table(table.name):
            continue
        names = {column["name"] for column in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in names:
                described = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {described}"))
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    if connection.dialect.name == "postgresql":  # SQLite holds no text to its length
        connection.execute(text("ALTER TABLE notification_channels ALTER COLUMN secret TYPE TEXT"))
