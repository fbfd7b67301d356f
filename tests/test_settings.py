"""Settings from the environment; `.env.example` and the class hold the same names and defaults."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from etl.errors import SettingsError
from etl.settings import PROJECT_DIR, Settings, load_settings

EXAMPLE = (PROJECT_DIR / ".env.example").read_text(encoding="utf-8")
# # ETL_BATCH_SIZE=25
LISTED = dict(re.findall(r"^# (ETL_[A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def defaults():
    return {f"ETL_{name.upper()}": "" if field.default is None else str(field.default) for name, field in Settings.model_fields.items()}


def test_the_example_lists_every_setting_with_its_default():
    assert defaults() == LISTED
    assert len(LISTED) == EXAMPLE.count("\n# ETL_")


def test_every_setting_of_the_example_is_explained():
    for name in LISTED:
        assert re.search(rf"^# [A-Z].+\n# {name}=", EXAMPLE, re.MULTILINE), name


def test_the_example_holds_nothing_but_comments():
    assert all(line.startswith("# ") for line in EXAMPLE.splitlines() if line)


def test_the_listed_values_are_accepted(monkeypatch):
    for name, value in LISTED.items():
        if value:
            monkeypatch.setenv(name, value)
    assert load_settings() == Settings()


def test_without_environment_the_defaults_hold():
    settings = load_settings()
    assert settings.source == "sample"
    assert settings.warehouse_path == Path("var/warehouse/reports.duckdb")


def test_values_are_read(monkeypatch):
    monkeypatch.setenv("ETL_HOME", "/srv/reports")
    monkeypatch.setenv("ETL_WAREHOUSE", "duckdb:/data/out.duckdb")
    monkeypatch.setenv("ETL_PORTAL_URL", "http://127.0.0.1:8799/")
    monkeypatch.setenv("ETL_MAX_QUARANTINE_SHARE", "0.5")
    settings = load_settings()
    assert settings.portal_url == "http://127.0.0.1:8799"
    assert settings.warehouse_path == Path("/data/out.duckdb")
    assert settings.max_quarantine_share == 0.5
    assert {settings.archive_dir, settings.staging_dir, settings.ops_dir} == {
        Path("/srv/reports") / name for name in ("archive", "staging", "ops")
    }


def test_the_warehouse_follows_home(monkeypatch):
    monkeypatch.setenv("ETL_HOME", "/srv/reports")
    assert load_settings().warehouse_path == Path("/srv/reports/warehouse/reports.duckdb")


def test_a_lake_is_named_by_words_of_libpq(monkeypatch):
    words = "dbname=lake host = 127.0.0.1 passfile='/srv/my pass' options='-c search_path=public'"
    monkeypatch.setenv("ETL_WAREHOUSE", f"ducklake:postgres:{words}")
    assert load_settings().lake_words == words


@pytest.mark.parametrize(
    "words", ["dbname=lake password=geheim", "PASSWORD = 'geheim, sehr'", "sslpassword=geheim", "postgresql://lake:geheim@127.0.0.1/lake"]
)
def test_a_password_among_them_is_refused_and_not_repeated(monkeypatch, words):
    monkeypatch.setenv("ETL_WAREHOUSE", f"ducklake:postgres:{words}")
    with pytest.raises(SettingsError, match=r"^ETL_WAREHOUSE=.*…") as caught:
        load_settings()
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("name", ["ETL_BATCHSIZE", "ETL_PORTAL", "ETL_"])
def test_an_unknown_name_is_refused(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=rf"unknown setting {name}: see \.env\.example"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ETL_BATCH_SIZE", "0"),
        ("ETL_BATCH_SIZE", "many"),
        ("ETL_BATCH_SIZE", "1001"),
        ("ETL_KEEP_VERSIONS", "0"),
        ("ETL_MAX_QUARANTINE_SHARE", "1.1"),
        ("ETL_MAX_QUARANTINE_SHARE", "-0.1"),
        ("ETL_MIN_INTERVAL_S", "-1"),
        ("ETL_TIMEOUT_S", "0"),
        ("ETL_MAX_PAGE_BYTES", "10"),
        ("ETL_PORTAL_URL", "www.jingan.gov.cn"),
        ("ETL_PORTAL_URL", "file:///etc/passwd"),
        ("ETL_PORTAL_URL", "http://"),
        ("ETL_WAREHOUSE", "postgres://host/db"),
        ("ETL_WAREHOUSE", "duckdb:"),
        ("ETL_WAREHOUSE", "ducklake:postgres:"),
        ("ETL_WAREHOUSE", "ducklake:postgres:lake"),
        ("ETL_WAREHOUSE", "ducklake:mysql:dbname=lake"),
    ],
)
def test_an_impossible_value_is_refused_by_name_on_one_line(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name}={value!r}: ") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().batch_size = 3
