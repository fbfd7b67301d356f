"""Settings from the environment, prefix `ETL_`, checked at start. `.env.example` lists them all.

An unknown `ETL_` name or an impossible value is an error, so that a misspelt setting never goes unnoticed.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.errors import SettingsError
from etl.storage import StorePath, open_store

PROJECT_DIR = Path(__file__).resolve().parent.parent
"""The checkout: warehouse/, expectations/ and sample/ lie in it."""

_PREFIX = "ETL_"

_LAKE = "ducklake:postgres:"
_WORDS = re.compile(r"(\s*\w+\s*=\s*('(\\.|[^'\\])*'|[^\s']\S*))+\s*")
"""libpq's words, such as dbname=lake host=127.0.0.1 options='-c search_path=public'; no address with user and password."""
_PASSWORD = re.compile(r"(password\s*=\s*)('(\\.|[^'\\])*'|\S+)|(?<=//)\S*(?=@)", re.IGNORECASE)

# s3://bucket/prefix; no chains of protocols (simplecache::s3://…), which cannot be written through
_STORE = re.compile(r"[a-z][a-z0-9+.-]*://(?!.*::)\S.*")


class Settings(BaseSettings):
    """All settings with their defaults; units are in the names or the descriptions."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    home: Path = Field(Path("var"), description="folder of archive, staging, quarantine and warehouse")
    store: str | None = Field(None, description="fsspec address below which archive, staging and ops lie; default: ETL_HOME")
    source: str = Field("sample", description="entry of the source registry that a run reads")
    allow_unverified: bool = Field(False, description="ask a source that is off because nobody has looked at its portal yet")
    portal_url: str | None = Field(None, description="where requests go instead of the source's own base URL")
    warehouse: str | None = Field(
        None,
        description="duckdb:PATH of the published link, or ducklake:postgres:WORDS for a lake; "
        "default duckdb:$ETL_HOME/warehouse/reports.duckdb",
    )
    batch_size: Annotated[int, Field(ge=1, le=1000)] = 25
    keep_versions: Annotated[int, Field(ge=1, le=1000)] = 14
    max_quarantine_share: Annotated[float, Field(ge=0, le=1)] = 0.2
    min_interval_s: Annotated[float, Field(ge=0, le=3600)] | None = Field(None, description="overrides the source's interval")
    timeout_s: Annotated[float, Field(gt=0, le=600)] = 30
    max_page_bytes: Annotated[int, Field(ge=1000)] = 20_000_000
    max_attachment_bytes: Annotated[int, Field(ge=1000)] = 50_000_000
    contact: str = Field("", description="address or e-mail sent in the User-Agent, so that a portal can reach us")
    connect_to: str | None = Field(None, description="where connections go, whatever the host of the URL: 127.0.0.1:8080, or by port")
    ca_file: Path | None = Field(None, description="certificates of further authorities that are trusted, PEM")

    @field_validator("store")
    @classmethod
    def _is_store(cls, value: str | None) -> str | None:
        if value and not _STORE.fullmatch(value):
            raise ValueError("must be an address such as s3://bucket/prefix or file:///srv/reports")
        if value and "@" in value and not value.startswith("file:"):
            raise ValueError("must hold no user or password: they come from the environment, as the protocol's package wants them")
        return value or None

    @field_validator("portal_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("must be an address such as http://127.0.0.1:8799")
        return value.rstrip("/") if value else None

    @field_validator("contact")
    @classmethod
    def _fits_a_header(cls, value: str) -> str:
        if not (value.isascii() and value.isprintable()):
            raise ValueError("must be ASCII, such as data@example.org: it is sent in a header")
        return value

    @field_validator("connect_to")
    @classmethod
    def _is_place(cls, value: str | None) -> str | None:
        if value:
            _connections(value)
        return value or None

    @field_validator("ca_file")
    @classmethod
    def _is_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("there is no such file")
        return value

    @field_validator("warehouse")
    @classmethod
    def _is_warehouse(cls, value: str | None) -> str | None:
        if value is None or (value.startswith("duckdb:") and len(value) > len("duckdb:")):
            return value
        if not (value.startswith(_LAKE) and _WORDS.fullmatch(value.removeprefix(_LAKE))):
            raise ValueError("must be duckdb:PATH, or ducklake:postgres: with words of libpq such as dbname=lake host=127.0.0.1 user=lake")
        if _PASSWORD.search(value):
            raise ValueError("must hold no password: libpq reads it from PGPASSWORD or ~/.pgpass")
        return value

    @cached_property
    def store_dir(self) -> StorePath:
        """Below it lie archive, staging and ops: a local folder, or one of an object store.

        Raises:
            SettingsError: the store's protocol is not known, or its package is missing.
        """
        return self.home if self.store is None else open_store(self.store)

    @property
    def archive_dir(self) -> StorePath:
        return self.store_dir / "archive"

    @property
    def staging_dir(self) -> StorePath:
        return self.store_dir / "staging"

    @property
    def ops_dir(self) -> StorePath:
        return self.store_dir / "ops"

    @property
    def copies_dir(self) -> Path:
        """Where files of a store are copied to for what reads local files only."""
        return self.home / "copies"

    @property
    def report_dir(self) -> Path:
        """The picture book."""
        return self.home / "report"

    @cached_property
    def connections(self) -> dict[int | None, tuple[str, int]]:
        """Address and port that a connection goes to, by the port of the URL; null stands for any port. Empty: where the URL says."""
        return _connections(self.connect_to) if self.connect_to else {}

    @cached_property
    def lake_words(self) -> str | None:
        """Words of libpq for the catalogue of the lake; null where the warehouse is a file."""
        return self.warehouse.removeprefix(_LAKE) if self.warehouse and self.warehouse.startswith(_LAKE) else None

    @cached_property
    def warehouse_path(self) -> Path:
        """The published link, where the warehouse is a file; the versions that it points to lie beside it."""
        if self.warehouse is None:
            return self.home / "warehouse" / "reports.duckdb"
        return Path(self.warehouse.removeprefix("duckdb:"))


def _connections(value: str) -> dict[int | None, tuple[str, int]]:
    """127.0.0.1:8080 -> {None: (…)}; 80=127.0.0.1:8080,443=[::1]:8443 -> {80: (…), 443: (…)}."""
    places: dict[int | None, tuple[str, int]] = {}
    for part in value.split(","):
        of_port, _, place = part.strip().rpartition("=")
        host, _, port = place.rpartition(":")
        try:
            key = int(of_port) if of_port else None
            places[key] = (str(ip_address(host.strip("[]"))), int(port))
        except ValueError as error:
            raise ValueError("must be 127.0.0.1:8080, or by port 80=127.0.0.1:8080,443=127.0.0.1:8443") from error
    return places


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: an unknown ETL_ name, or a value that cannot be.
    """
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(_PREFIX) and name not in known)
    if unknown:
        raise SettingsError(f"unknown setting {', '.join(unknown)}: see .env.example for the names")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = _PREFIX + str(first["loc"][0]).upper()
        given = _PASSWORD.sub(lambda secret: f"{secret[1] or ''}…", str(first["input"]))
        raise SettingsError(f"{name}={given!r}: {first['msg'].removeprefix('Value error, ')}") from error
