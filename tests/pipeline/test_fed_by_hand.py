"""An archive that a person has made: exported and imported elsewhere, or saved page by page in a browser."""

from dataclasses import replace

from etl.archive import Archive

DISTRICT_2023 = "/xxgk/002017/002017001/20240202/b911578a-aa55-4262-afd1-00d13af96a80.html"


def test_an_export_imported_into_an_empty_home_gives_the_same_facts(night, tmp_path):
    night.run("first")
    night.portal.site.replace_text(DISTRICT_2023, "231件", "232件")
    night.run("second")
    warc, other = tmp_path / "a.warc.gz", replace(night, home=tmp_path / "other")
    for where, arguments in ((night, ("export", "--warc", str(warc))), (other, ("import", str(warc), "--source", "sample"))):
        status, _, errors = where.etl("archive", *arguments)
        assert (status, errors) == (0, "")
    status, _, errors = other.etl("rebuild")
    assert status == 0, errors
    assert other.facts() == night.facts()
    status, output, _ = other.etl("archive", "import", str(warc), "--source", "sample")
    assert (status, output.split()[0]) == (0, "0")
    before, after = (Archive(where.home / "archive") for where in (night, other))
    assert after.inventory() == before.inventory()
    assert after.verify() == []


def test_pages_saved_in_a_browser_give_the_facts_of_fetched_ones(night, tmp_path):
    night.run("first")
    folder, other = tmp_path / "saved", replace(night, home=tmp_path / "other")
    folder.mkdir()
    archive = Archive(night.home / "archive")
    rows = ["file,url,title,district"]
    for number, version in enumerate(archive.inventory()):
        # the browser's comment tells where a page came from, and for some the table does
        rows.append(f"{number}.html,{version.url if number % 2 else ''},{version.title},{version.district}")
        comment = f"<!-- saved from url=({len(version.url):04}){version.url} -->\r\n"
        (folder / f"{number}.html").write_bytes(comment.encode() + archive.read(version.raw_sha256))
    (folder / "urls.csv").write_text("\n".join(rows), encoding="utf-8")
    status, output, errors = other.etl("archive", "import", str(folder), "--source", "sample")
    assert (status, output, errors) == (0, "16 added, 0 already there, 0 refused\n", "")
    status, _, errors = other.etl("rebuild")
    assert status == 0, errors
    fetched, fed = night.facts(), other.facts()
    assert {name: rows for name, rows in fed.items() if name != "dim_report"} == {
        name: rows for name, rows in fetched.items() if name != "dim_report"
    }
    told = "SELECT report_id, source_url, title, published_on, body_text FROM main.dim_report ORDER BY ALL"
    assert other.sql(told) == night.sql(told)
