"""What goes wrong around a lake is told in one line, and never with a password."""

import dataclasses

import duckdb
import pytest

from etl.errors import EtlError, QueryError, SettingsError
from etl.publish.attaching import extension_files
from etl.publish.warehouses import open_warehouse
from etl.settings import load_settings
from tests.postgres import PASSWORD


def told_by(lake, make_inputs):
    """The messages of all that opens the lake."""
    messages = []
    inputs = make_inputs("run-1")
    for action in (lake.versions, lambda: lake.read().__enter__(), lake.rollback, lambda: lake.publish("run-1", inputs, keep=9)):
        with pytest.raises(EtlError) as caught:
            action()
        messages.append(str(caught.value))
    assert not [message for message in messages if "\n" in message]
    return messages


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda words: words.replace("port=", "port=1 application_name="), "Connection refused"),
        (lambda words: words.replace("dbname=lake_", "dbname=nowhere_"), 'database "nowhere_'),
        (lambda words: words.replace("user=lake", "user=nobody"), 'role "nobody" does not exist'),
        (lambda words: words + " fruit=banana", 'invalid connection option "fruit"'),
    ],
    ids=["no server", "no database", "no role", "a word that libpq does not know"],
)
def test_a_catalogue_that_cannot_be_opened(lake, make_inputs, change, words):
    broken = dataclasses.replace(lake, words=change(lake.words))
    for message in told_by(broken, make_inputs):
        assert message.startswith(f"cannot open the catalogue of the lake ({broken.words}): ")
        assert words in message


def test_a_password_comes_from_the_environment_and_is_told_to_nobody(lake, make_inputs, monkeypatch, tmp_path):
    guarded = dataclasses.replace(lake, words=lake.words.replace("user=lake", "user=guarded"))
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    for given in ("", "falsch"):
        monkeypatch.setenv("PGPASSWORD", given)
        assert all("password" in message for message in told_by(guarded, make_inputs))
        assert not [message for message in told_by(guarded, make_inputs) if "falsch" in message]
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    guarded.publish("run-1", make_inputs("run-1"), keep=9)
    assert PASSWORD not in guarded.describe() + repr(guarded)
    monkeypatch.delenv("PGPASSWORD")
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"127.0.0.1:*:*:guarded:{PASSWORD}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    with guarded.read() as reader:
        settings = str(reader.query("FROM duckdb_settings()")) + str(reader.query("SELECT path FROM duckdb_databases()"))
        assert PASSWORD not in settings


def test_a_catalogue_of_another_version(lake, make_inputs, postgres):
    lake.publish("run-1", make_inputs("run-1"), keep=9)
    postgres.sql("UPDATE ducklake_metadata SET value = '9.9' WHERE key = 'version'", lake.words)
    for message in told_by(lake, make_inputs):
        assert "catalog version is 9.9" in message
        assert "docs/ducklake.md" in message


def test_files_that_lie_elsewhere(lake, make_inputs, tmp_path):
    lake.publish("run-1", make_inputs("run-1"), keep=9)
    moved = dataclasses.replace(lake, folder=tmp_path / "moved")
    with pytest.raises(SettingsError, match=r"moved/. does not match existing data path in the catalog .*store/lake/.*docs/ducklake\.md"):
        moved.publish("run-2", make_inputs("run-2"), keep=9)


@pytest.mark.parametrize("which", ["folder", "scratch"])
def test_a_place_that_cannot_be_written(lake, make_inputs, tmp_path, which):
    (tmp_path / "file").write_text("")
    broken = dataclasses.replace(lake, **{which: tmp_path / "file" / "below"})
    with pytest.raises(SettingsError, match=r"cannot publish to ducklake:postgres:.*: Not a directory; check the folder's rights"):
        broken.publish("run-1", make_inputs("run-1"), keep=9)
    assert lake.versions() == []


def test_a_table_that_cannot_be_written(lake, make_inputs):
    lake.publish("run-1", make_inputs("run-1"), keep=9)
    folder = lake.folder / "main" / "fact_metric"
    folder.rename(folder.with_name("away"))
    folder.write_text("a file")
    with pytest.raises(SettingsError, match="cannot publish to ducklake:postgres:") as caught:
        lake.publish("run-2", make_inputs("run-2"), keep=9)
    assert "\n" not in str(caught.value)
    assert [version.run_id for version in lake.versions()] == ["run-1"]


def test_files_that_somebody_removed(lake, make_inputs):
    lake.publish("run-1", make_inputs("run-1"), keep=9)
    for path in (lake.folder / "main" / "fact_metric").iterdir():
        path.unlink()
    with lake.read() as reader, pytest.raises(QueryError, match="fact_metric"):
        reader.query("SELECT sum(value) FROM main.fact_metric")


def test_extensions_come_from_packages_for_this_version_of_duckdb():
    assert [file.name for file in extension_files()] == ["ducklake.duckdb_extension", "postgres_scanner.duckdb_extension"]
    made_for = rf"duckdb-extension-ducklake is made for DuckDB {duckdb.__version__}, and this is DuckDB 9\.9\.9"
    with pytest.raises(SettingsError, match=made_for):
        extension_files("9.9.9")


def test_a_missing_package_is_named(lake, monkeypatch):
    monkeypatch.setattr("etl.publish.attaching.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=rf"needs the package duckdb-extension-ducklake=={duckdb.__version__}"):
        lake.versions()
    with pytest.raises(QueryError, match="needs the package"), lake.read():
        pass


def test_an_extension_that_is_refused(lake, monkeypatch, tmp_path):
    broken = tmp_path / "broken.duckdb_extension"
    broken.write_bytes(b"no extension")
    monkeypatch.setattr("etl.publish.attaching.extension_files", lambda: [broken])
    with pytest.raises(SettingsError, match=r"^broken\.duckdb_extension cannot be loaded: .*; install requirements") as caught:
        lake.versions()
    assert "\n" not in str(caught.value)


def test_a_shell_of_another_version_is_told_what_fits(lake, make_inputs):
    lake.publish("run-1", make_inputs("run-1"), keep=9)
    with pytest.raises(SettingsError, match=r"made for DuckDB .*, and this is DuckDB 1\.5\.99"):
        lake.shell("1.5.99")


def test_a_lake_in_an_object_store_is_refused(monkeypatch):
    monkeypatch.setenv("ETL_STORE", "memory://reports")
    monkeypatch.setenv("ETL_WAREHOUSE", "ducklake:postgres:dbname=lake")
    with pytest.raises(SettingsError, match=r"ETL_STORE=memory://reports: the files of a lake have to lie in a local folder"):
        open_warehouse(load_settings())
