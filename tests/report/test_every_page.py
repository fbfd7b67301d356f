"""What holds for each kind of page: it opens from its folder, speaks both languages, fits a phone, and passes axe."""

import pytest

from etl.report.kinds import KINDS

ENTRIES = [kind.entry for kind in KINDS]
EXAMPLES = ["reports", "bodies", "metrics"]
"""Folders of which one page stands for all; the first by name that is no list."""


@pytest.fixture(params=[*ENTRIES, *EXAMPLES])
def path(request, book):
    """Each kind of page once."""
    if request.param in ENTRIES:
        return request.param
    pages = (page for page in sorted((book / request.param).glob("*.html")) if not page.name.startswith(("index", "year")))
    return str(next(pages).relative_to(book))


def test_it_speaks_both_languages_and_remembers_which(opened, path):
    with opened(path) as page:
        assert page.get_attribute("html", "lang") == "zh-CN"
        chinese = page.title(), page.inner_text("header nav"), page.get_attribute("header nav", "aria-label")
        page.click("[data-language=en]")
        assert page.get_attribute("html", "lang") == "en"
        english = page.title(), page.inner_text("header nav"), page.get_attribute("header nav", "aria-label")
        assert all(before != now for before, now in zip(chinese, english, strict=True))
        page.reload()
        assert page.get_attribute("html", "lang") == "en"
        assert page.locator(".zh:visible").count() == 0


def test_without_a_script_it_is_chinese(opened, path):
    with opened(path, script=False) as page:
        assert page.inner_text("header nav a[aria-current]") == page.inner_text("header nav a[aria-current] .zh")
        assert not page.is_visible(".languages")
        assert page.locator(".en:visible").count() == 0


def test_a_phone_never_scrolls_sideways(opened, path):
    with opened(path, width=360, height=740) as page:
        for language in ("zh-CN", "en"):
            page.click(f"[data-language={language}]")
            assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_axe_finds_nothing_in_either_language_or_theme(opened, violations, path):
    with opened(path) as page:
        for language in ("zh-CN", "en"):
            page.click(f"[data-language={language}]")
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                assert violations(page) == ""


def test_print_leaves_out_what_is_for_the_screen(opened, path):
    with opened(path, media="print") as page:
        assert not page.is_visible("header nav")
        assert page.is_visible("h1")


def test_the_first_tab_leads_past_the_navigation(opened, path):
    with opened(path) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_every_link_leads_to_a_place_of_the_book(opened, book, path):
    with opened(path) as page:
        targets = set(page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"))
    for target in targets:
        file, _, anchor = target.removeprefix(f"file://{book}/").partition("#")
        if not file.startswith("http"):
            assert (book / file).is_file(), target
            assert not anchor or f'id="{anchor}"' in (book / file).read_text(), target
