"""What holds for each kind of page: it opens from its folder, speaks both languages, fits a phone, and passes axe."""

import pytest

from etl.report.kinds import KINDS

ENTRIES = [kind.entry for kind in KINDS]


@pytest.mark.parametrize("path", ENTRIES)
def test_the_switch_turns_words_title_and_language_of_the_page(opened, path):
    with opened(path) as page:
        assert page.get_attribute("html", "lang") == "zh-CN"
        chinese = page.title(), page.inner_text("h1")
        page.click("[data-language=en]")
        assert page.get_attribute("html", "lang") == "en"
        assert all(before != now for before, now in zip(chinese, (page.title(), page.inner_text("h1")), strict=True))
        page.reload()
        assert page.get_attribute("html", "lang") == "en", "the choice is remembered"


@pytest.mark.parametrize("path", ENTRIES)
def test_without_a_script_a_page_is_chinese(opened, path):
    with opened(path, script=False) as page:
        assert page.inner_text("h1") == page.inner_text("h1 .zh")
        assert not page.is_visible(".languages")


@pytest.mark.parametrize("path", ENTRIES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_phone_never_scrolls_sideways(opened, path, language):
    with opened(path, language=language, width=360, height=740) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("path", ENTRIES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(opened, violations, path, language, dark):
    with opened(path, language=language, dark=dark) as page:
        assert violations(page) == ""


@pytest.mark.parametrize("path", ENTRIES)
def test_print_leaves_out_what_is_for_the_screen(opened, path):
    with opened(path, media="print") as page:
        assert not page.is_visible("header nav")
        assert page.is_visible("h1")


def test_every_link_leads_to_a_page_of_the_book(opened, book):
    for path in ENTRIES:
        with opened(path) as page:
            targets = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href.split('#')[0])")
        lost = [target for target in set(targets) if target.startswith("file:") and not (book / target.split("/book/", 1)[1]).is_file()]
        assert lost == []
