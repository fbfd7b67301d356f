"""What a store does as a disk does, and how its errors are told: one line, without secrets."""

import os
import subprocess
import sys

import pytest
from fsspec import register_implementation
from s3fs import S3FileSystem

from etl import storage
from etl.errors import EtlError, SettingsError, StoreError
from etl.settings import PROJECT_DIR, load_settings
from etl.storage import check_store, open_store


@pytest.fixture(params=["disk", "store"])
def root(request, tmp_path):
    return tmp_path / "root" if request.param == "disk" else open_store(request.getfixturevalue("store"))


def test_files_are_written_read_listed_and_removed(root):
    assert storage.sizes(root / "a") == {}
    assert storage.walk(root) == []
    assert not storage.exists(root / "a" / "x")
    storage.write_whole(root / "a" / "x", b"1")
    storage.write_whole(root / "a" / "x", b"22")
    storage.write_whole(root / "a" / "y", b"")
    storage.write_whole(root / "a" / "b" / "云河 1", b"333")
    assert storage.sizes(root / "a") == {"x": 2, "y": 0}
    assert storage.walk(root) == [root / "a" / "b" / "云河 1", root / "a" / "x", root / "a" / "y"]
    assert storage.exists(root / "a" / "x")
    assert list(storage.read_all([root / "a" / "y", root / "a" / "b" / "云河 1"])) == [b"", b"333"]
    storage.remove([root / "a" / "y", root / "a" / "no such file"])
    assert storage.sizes(root / "a") == {"x": 2}
    with pytest.raises(FileNotFoundError):
        storage.read_bytes(root / "a" / "y")
    storage.remove_tree(root / "a")
    storage.remove_tree(root / "a")
    assert storage.walk(root) == []


def test_many_are_read_in_order(root):
    paths = [root / f"{number:03}" for number in range(150)]
    for path in paths:
        storage.write_whole(path, path.name.encode())
    assert [content.decode() for content in storage.read_all(paths)] == [path.name for path in paths]
    with pytest.raises(FileNotFoundError):
        list(storage.read_all([*paths[:3], root / "none"]))


def test_lines_keep_their_ends(root):
    storage.write_whole(root / "x", b"a\nb\r\nc")
    assert list(storage.read_lines(root / "x")) == [b"a\n", b"b\r\n", b"c"]


def test_what_only_reads_local_files_gets_a_copy(root, tmp_path):
    storage.write_whole(root / "facts" / "dim_report" / "a.parquet", b"1")
    storage.write_whole(root / "facts" / "b.parquet", b"2")
    with storage.local_copy(root / "facts", tmp_path / "copies") as copy:
        found = {str(path.relative_to(copy)): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
        assert copy == root / "facts" or copy.parent == tmp_path / "copies"
    assert found == {"dim_report/a.parquet": b"1", "b.parquet": b"2"}
    assert not copy.exists() or copy == root / "facts"


def test_copies_that_killed_processes_left_are_removed_a_day_later(store, tmp_path):
    for name, age in (("old", 90_000), ("new", 80_000)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (tmp_path.stat().st_mtime - age,) * 2)
    with storage.local_copy(open_store(store) / "facts", tmp_path) as copy:
        assert list(copy.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_protocol_that_universal_pathlib_has_no_class_for(store):
    """Such as oss://; here it is S3 under another name."""
    register_implementation("others3", type("OtherS3", (S3FileSystem,), {"protocol": ("others3",)}), clobber=True)
    root = open_store(store.replace("s3://", "others3://"))
    check_store(root)
    storage.write_whole(root / "ops" / "x", b"1")
    assert str(root / "ops" / "x").startswith("others3://")
    assert storage.sizes(root / "ops") == {"x": 1}
    assert storage.folders_by_age(root) == [root / "ops"]


def test_a_file_address_is_a_folder_of_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("ETL_STORE", f"file://{tmp_path}/reports")
    assert load_settings().archive_dir == tmp_path / "reports" / "archive"


def test_other_processes_are_seen_at_once(root):
    """No listing is remembered."""
    assert storage.sizes(root / "a") == {}
    script = "import sys; from etl import storage; a = sys.argv[1]; s3 = '://' in a\n"
    script += "root = storage.open_store(a if s3 else 'file://' + a); storage.write_whole(root / 'a' / 'x', b'1')"
    subprocess.run([sys.executable, "-c", script, str(root)], cwd=PROJECT_DIR, check=True, timeout=60)
    assert storage.sizes(root / "a") == {"x": 1}


@pytest.mark.parametrize("address", ["s3:/bucket", "bucket/prefix", "s3://", "simplecache::s3://bucket", "/srv/reports"])
def test_what_is_no_address_is_refused(monkeypatch, address):
    monkeypatch.setenv("ETL_STORE", address)
    with pytest.raises(SettingsError, match=r"^ETL_STORE=.*: must be an address such as s3://bucket/prefix"):
        load_settings()


@pytest.mark.parametrize("address", ["s3://key:sec/ret@bucket/x", "sftp://etl:sec/ret@host/srv"])
def test_secrets_in_the_address_are_refused_and_not_shown(monkeypatch, address):
    monkeypatch.setenv("ETL_STORE", address)
    with pytest.raises(SettingsError, match="must hold no user or password") as caught:
        load_settings()
    assert "ret" not in str(caught.value).partition(": must")[0]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nosuch://bucket/x", "ETL_STORE=nosuch://bucket/x: Protocol not known: nosuch"),
        ("oss://bucket/x", "ETL_STORE=oss://bucket/x: Install ossfs"),
        ("gs://bucket/x", "ETL_STORE=gs://bucket/x: Please install gcsfs"),
    ],
)
def test_an_unknown_protocol_or_a_missing_package_is_one_line(monkeypatch, address, words):
    monkeypatch.setenv("ETL_STORE", address)
    with pytest.raises(SettingsError) as caught:
        _ = load_settings().archive_dir
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("verb", [["run"], ["status"], ["facts"], ["archive", "verify"]])
def test_a_missing_bucket_is_one_line_before_anything_is_asked(s3, tmp_path, verb):
    code, output, errors = etl(s3.environment, tmp_path, "s3://no-such-bucket/x", *verb)
    assert (code, output) == (1, "")
    assert (
        errors == "error: ETL_STORE=s3://no-such-bucket/x: there is no no-such-bucket: create it, or check the address and the endpoint\n"
    )


def test_a_server_that_does_not_answer_is_one_line(s3, tmp_path):
    environment = {**s3.environment, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    code, _, errors = etl(environment, tmp_path, "s3://bucket/x", "archive", "verify")
    assert code == 1
    assert errors.startswith("error: s3://bucket/x: Could not connect to the endpoint URL")
    assert errors.count("\n") == 1


def test_without_credentials_it_is_one_line(s3, tmp_path):
    environment = {"AWS_ENDPOINT_URL": s3.url, "AWS_EC2_METADATA_DISABLED": "true", "HOME": str(tmp_path)}
    code, _, errors = etl(environment, tmp_path, "s3://bucket/x", "due", "--source", "sample")
    assert code == 1
    assert errors.startswith("error: ")
    assert "redentials" in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("may", [["s3:CreateBucket"], ["s3:List*", "s3:Get*"]])
def test_missing_rights_are_one_line(s3, store, tmp_path, may):
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": may, "Resource": "*"}]}
    with s3.checking_rights(policy) as environment:
        code, _, errors = etl(environment, tmp_path, store, "discover")
    assert code == 1
    assert store in errors
    assert "Denied" in errors or "Forbidden" in errors
    assert "check ETL_STORE, its bucket and endpoint, and the rights of the credentials" in errors
    assert errors.count("\n") == 1
    assert environment["AWS_SECRET_ACCESS_KEY"] not in errors


def test_an_error_of_a_store_is_an_error_of_ours_and_of_the_system():
    error = StoreError("s3://bucket/x: Access Denied; check ETL_STORE", "Access Denied")
    assert isinstance(error, EtlError)
    assert isinstance(error, OSError)
    assert (str(error), error.strerror) == ("s3://bucket/x: Access Denied; check ETL_STORE", "Access Denied")


def etl(environment, home, store, *arguments):
    """The finished command: exit status, standard output, standard error."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ETL_", "AWS_"))}
    settings = {"ETL_HOME": str(home), "ETL_STORE": store}
    process = subprocess.run(
        [sys.executable, "-m", "etl", *arguments],
        cwd=PROJECT_DIR, env=kept | environment | settings, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return process.returncode, process.stdout, process.stderr
