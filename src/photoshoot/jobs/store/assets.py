"""Products that are kept, so that pictures of them can be ordered by id."""

import time
import uuid
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select

from photoshoot.errors import StoreError, UnknownJobError
from photoshoot.jobs.store.applications import lock_application
from photoshoot.jobs.store.database import Database, from_row
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.product_codec import pack_product, unpack_product
from photoshoot.jobs.store.records import Asset
from photoshoot.jobs.store.tables import AssetRow
from photoshoot.records import Product

_KEPT = 4  # products in memory; one of a 12-megapixel photo takes up to 84 MB


class Assets:
    """Products by id."""

    def __init__(self, database: Database, objects: ObjectStore) -> None:
        self._database, self._objects = database, objects
        self.load = lru_cache(maxsize=_KEPT)(self._load)
        """``load(application_id, asset_id)``: the product, read from the store unless it was used lately."""

    def add(self, application_id: UUID, user_id: UUID, product: Product) -> Asset:
        """Keep a described product; pictures of it can then be ordered.

        The pixels are written first: an asset that can be found can be loaded.

        Raises:
            UnknownJobError: There is no such application.
        """
        return self.add_packed(application_id, user_id, pack_product(product), product.name, product.description)

    def add_packed(self, application_id: UUID, user_id: UUID, packed: bytes, name: str, description: str) -> Asset:
        """Like ``add``, of a product that ``product_codec.pack_product`` has packed, maybe in another process."""
        row = AssetRow(
            id=uuid.uuid4(),
            application_id=application_id,
            user_id=user_id,
            product_name=name,
            product_description=description,
            created_s=time.time(),
        )
        self._objects.write(path_of_asset(application_id, row.id), packed)
        with self._database.writing() as session:
            lock_application(session, application_id)
            session.add(row)
        return from_row(Asset, row)

    def find(self, application_id: UUID, asset_id: UUID) -> Asset:
        """An asset.

        Raises:
            UnknownJobError: The application has no such asset.
        """
        with self._database.reading() as session:
            row = session.get(AssetRow, asset_id)
        if row is None or row.application_id != application_id or row.deleted_s is not None:
            raise UnknownJobError("asset", asset_id)
        return from_row(Asset, row)

    def _load(self, application_id: UUID, asset_id: UUID) -> Product:
        data = self._objects.read(path_of_asset(application_id, asset_id))
        if data is None:
            raise StoreError("a kept product is gone")
        return unpack_product(data)


def has_assets(database: Database) -> bool:
    """Whether any product was ever kept."""
    with database.reading() as session:
        return session.scalar(select(AssetRow.id).limit(1)) is not None


def path_of_asset(application_id: UUID, asset_id: UUID) -> str:
    """Where an asset's product lies."""
    return f"assets/{application_id}/{asset_id}.zip"
