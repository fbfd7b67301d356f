"""A lake whose Parquet lies in S3: what a lake promises holds there too, and the keys are told to nobody."""

import dataclasses
import os
import subprocess
from datetime import timedelta

import pytest
from s3_store import reached
from whole_runs import Night, tiny_site

from etl.errors import EtlError, PublishError, QueryError, SettingsError
from etl.publish.ducklake import DuckLake
from etl.publish.in_s3 import place_of, statements_for_shell
from etl.publish.warehouses import open_warehouse
from etl.schema import TABLES
from etl.settings import load_settings
from etl.storage import open_store
from sample.server import SamplePortal
from tests.command_line import run_etl

FIGURES = "SELECT DISTINCT value::INTEGER FROM reporting.metrics"
ALL_RIGHTS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
ONLY_READING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}]}


@pytest.fixture
def lake(postgres, store, tmp_path):
    """A lake in S3 that nobody has made yet; what is not kept is expired at once."""
    return DuckLake(postgres.create(), open_store(store) / "lake", tmp_path / "home", timedelta(0))


def publish(lake, make_inputs, *values, keep=9):
    for value in values:
        lake.publish(f"run-{value}", make_inputs(f"run-{value}", value=value), keep=keep)


def answer(lake, sql=FIGURES, run_id=None):
    with lake.read(run_id) as reader:
        return reader.query(sql)[1]


def test_published_read_and_gone_back(lake, make_inputs, s3, store):
    publish(lake, make_inputs, 1, 2)
    assert answer(lake) == [(2,)]
    assert answer(lake, run_id="run-1") == [(1,)]
    filled = [table for table in TABLES if answer(lake, f"SELECT count(*) FROM main.{table}") != [(0,)]]
    assert sorted(key.split("/")[2] for key in s3.keys(store)) == sorted(filled * 2), "one file a table and night"
    assert not list(lake.scratch.iterdir())
    assert lake.rollback().run_id == "run-1"
    assert answer(lake) == [(1,)]
    assert [(version.run_id, version.is_current) for version in lake.versions()] == [("run-2", False), ("run-1", True)]


def test_what_is_not_kept_and_what_nobody_knows_is_removed(lake, make_inputs, s3, store):
    publish(lake, make_inputs, 1)
    one = len(s3.keys(store))
    bucket, prefix = store.removeprefix("s3://").split("/")
    for name in ("lake/main/fact_metric/left.parquet", "lakes/other.parquet"):
        s3.client().put_object(Bucket=bucket, Key=f"{prefix}/{name}", Body=b"PAR1")
    publish(dataclasses.replace(lake, grace=timedelta(hours=1)), make_inputs, 2)
    assert "lake/main/fact_metric/left.parquet" in s3.keys(store), "it may be of somebody's next snapshot"
    publish(lake, make_inputs, 3, 4, keep=2)
    assert len(s3.keys(store, "lake/")) == 2 * one
    assert s3.keys(store, "lakes/") == ["lakes/other.parquet"]
    assert [answer(lake, run_id=run_id) for run_id in ("run-3", "run-4")] == [[(3,)], [(4,)]]


def test_a_place_with_chinese_names(lake, make_inputs, s3, store):
    """Should DuckDB misread its own listing, all files would count as left over."""
    chinese = dataclasses.replace(lake, folder=open_store(f"{store}/云河区/法治报告") / "lake")
    publish(chinese, make_inputs, 1, 2)
    publish(chinese, make_inputs, 3)
    assert [answer(chinese, run_id=run_id) for run_id in ("run-1", "run-2", "run-3")] == [[(1,)], [(2,)], [(3,)]]


def test_a_failed_check_leaves_the_last_night(lake, make_inputs):
    publish(lake, make_inputs, 1)
    with pytest.raises(PublishError, match="holds no report"):
        lake.publish("run-2", make_inputs("run-2", excluded={"report-1"}), keep=9)
    assert answer(lake) == [(1,)]


def test_a_reader_needs_no_store_in_its_settings(lake, make_inputs, tmp_path):
    """The catalogue knows where the files are."""
    publish(lake, make_inputs, 1)
    assert answer(dataclasses.replace(lake, folder=tmp_path / "lake")) == [(1,)]


def test_a_reader_reaches_the_lake_and_nothing_else(lake, make_inputs, s3, store):
    publish(lake, make_inputs, 1)
    before = s3.keys(store)
    place = place_of(lake.folder)
    with lake.read() as reader:
        for statement in (
            f"FROM read_text('{store}/other')",
            f"FROM read_text('{s3.url}/')",
            "FROM read_text('/etc/hostname')",
            f"COPY main.fact_metric TO '{place}x.csv'",
            "DROP SECRET lake_files",
            "CREATE SECRET mine (TYPE s3, ENDPOINT '127.0.0.1:1')",
            "CREATE/**/PERSISTENT SECRET mine (TYPE http, HTTP_PROXY '127.0.0.1:1')",
            "SET http_proxy = '127.0.0.1:1'",
            "FROM duckdb_secrets(redact => false)",
        ):
            with pytest.raises(QueryError) as caught:
                reader.query(statement)
            assert "\n" not in str(caught.value)
        assert reader.query(FIGURES)[1] == [(1,)]
    assert s3.keys(store) == before


def test_keys_are_told_to_nobody(lake, make_inputs, s3, postgres, capfd, caplog):
    with s3.checking_rights(ALL_RIGHTS) as environment, reached(environment):
        publish(lake, make_inputs, 1)
        lake.rollback("run-1")
        shell = lake.shell("1.5.5")
        with lake.read() as reader:
            told = [str(reader.query(f"FROM {what}")) for what in ("duckdb_secrets()", "duckdb_settings()", "duckdb_databases()")]
        catalogue = [postgres.sql(f"SELECT * FROM {table}", lake.words) for table in ("ducklake_metadata", "ducklake_snapshot_changes")]
        secret = environment["AWS_SECRET_ACCESS_KEY"]
        written = [*told, *catalogue, *shell, lake.describe(), repr(lake), caplog.text, *capfd.readouterr()]
        assert not [text for text in written if secret in text]
        assert not [text for text in [*catalogue, *shell, lake.describe(), repr(lake)] if environment["AWS_ACCESS_KEY_ID"] in text]


def told_by(*actions):
    messages = []
    for action in actions:
        with pytest.raises(EtlError) as caught:
            action()
        messages.append(str(caught.value))
    assert not [message for message in messages if "\n" in message]
    return messages


def test_wrong_keys_and_missing_rights_are_one_line(lake, make_inputs, s3):
    publish(lake, make_inputs, 1)
    actions = [lambda: publish(lake, make_inputs, 2), lambda: answer(lake)]
    with s3.checking_rights(ONLY_READING) as environment:
        with reached({**environment, "AWS_SECRET_ACCESS_KEY": "ganz-geheim"}):
            messages = told_by(*actions)
            assert all("SignatureDoesNotMatch" in message for message in messages)
            assert not [message for message in messages if "ganz-geheim" in message or environment["AWS_ACCESS_KEY_ID"] in message]
        with reached(environment):
            assert answer(lake) == [(1,)]
            [message] = told_by(actions[0])
            assert message.startswith("cannot publish to ducklake:postgres:")
            assert "AccessDenied" in message
    assert answer(lake) == [(1,)]


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"AWS_ACCESS_KEY_ID": ""}, "/lake/: set AWS_ACCESS_KEY_ID"),
        ({"AWS_ENDPOINT_URL": "127.0.0.1:9000"}, "AWS_ENDPOINT_URL must be an address such as"),
        ({"AWS_ENDPOINT_URL_S3": "http://me:geheim@127.0.0.1:1"}, "AWS_ENDPOINT_URL_S3 must be an address such as"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "Could not connect to server"),
    ],
    ids=["no key", "no address", "keys in the address", "no server"],
)
def test_a_store_that_cannot_be_reached(lake, make_inputs, environment, words):
    publish(lake, make_inputs, 1)
    with reached(environment):
        for message in told_by(lambda: publish(lake, make_inputs, 2), lambda: answer(lake)):
            assert words in message
            assert "geheim" not in message


@pytest.mark.parametrize(
    ("environment", "options"),
    [
        ({"AWS_REGION": "eu-west-1"}, "REGION 'eu-west-1', ENDPOINT 's3.eu-west-1.amazonaws.com', USE_SSL true, URL_STYLE 'vhost'"),
        ({"AWS_DEFAULT_REGION": "cn-north-1"}, "ENDPOINT 's3.cn-north-1.amazonaws.com.cn', USE_SSL true, URL_STYLE 'vhost'"),
        ({"AWS_ENDPOINT_URL": "https://s3.test/"}, "REGION 'us-east-1', ENDPOINT 's3.test', USE_SSL true, URL_STYLE 'path'"),
        ({"AWS_ENDPOINT_URL": "http://[::1]:9000"}, "ENDPOINT '[::1]:9000', USE_SSL false, URL_STYLE 'path'"),
        ({"AWS_SESSION_TOKEN": "geheim"}, "SESSION_TOKEN getenv('AWS_SESSION_TOKEN'), REGION"),
    ],
)
def test_variables_are_read_as_by_the_tools_of_aws(environment, options, monkeypatch):
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "geheim", **environment}.items():
        monkeypatch.setenv(name, value)
    *_, secret = statements_for_shell("s3://reports/lake/", "1.5.5")
    assert options in secret
    assert "SCOPE 's3://reports/lake/'" in secret
    assert "geheim" not in secret


@pytest.mark.parametrize(
    ("store", "words"),
    [
        ("memory://reports", "have to lie in a local folder or in S3 (s3://bucket/prefix), not in memory://"),
        ("s3://reports/[abc]", "letters, digits and . _ - = / only"),
        ("s3://reports/a*", "letters, digits and . _ - = / only"),
    ],
)
def test_other_places_are_refused(store, words, monkeypatch):
    monkeypatch.setenv("ETL_STORE", store)
    monkeypatch.setenv("ETL_WAREHOUSE", "ducklake:postgres:dbname=lake")
    with pytest.raises(SettingsError) as caught:
        open_warehouse(load_settings())
    assert f"ETL_STORE={store}: " in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize("protocol", ["s3", "s3a"])
def test_s3a_is_the_same_place(protocol):
    assert place_of(open_store(f"{protocol}://reports/yunhe") / "lake") == "s3://reports/yunhe/lake/"


def test_a_whole_night_and_the_shell(s3, postgres, tmp_path):
    store = s3.new_store()
    with SamplePortal(port=0, site=tiny_site()) as portal:
        settings = {"ETL_STORE": store, "ETL_WAREHOUSE": f"ducklake:postgres:{postgres.create()}"}
        night = Night(tmp_path / "home", portal, source="yunhe", settings=settings)

        environment = {**s3.environment, **night.environment}
        finished = run_etl(night.home, "run", **environment)
    assert finished.returncode == 0, finished.stderr
    assert f"({store}/lake)" in finished.stdout
    assert {key.partition("/")[0] for key in s3.keys(store)} == {"archive", "staging", "ops", "lake"}
    assert not [path for path in night.home.rglob("*.parquet") if path.is_file()]
    asked = run_etl(night.home, "shell", stdin=".mode csv\nSELECT count(*) > 0 AS filled FROM reporting.metrics;\n", **environment)
    assert (asked.returncode, asked.stdout.split(), asked.stderr) == (0, ["filled", "true"], "")


def test_the_shell_gets_no_key_on_its_command_line(lake, make_inputs, s3):
    publish(lake, make_inputs, 1)
    arguments = lake.shell("1.5.5")
    assert not [each for each in arguments if s3.environment["AWS_SECRET_ACCESS_KEY"] in each]
    assert subprocess.list2cmdline(arguments).count("getenv('AWS_") == 2
