"""Links of an article page that lead to files, and the names under which files are sent.

In: the markup of a page and its address, or the header of an answer. Out: `Link`s in the order of the page, absolute and each once.
What stands in menus, header and footer is no attachment: there templates link a form, an app, the help of the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.models import Link

READ_SUFFIXES = frozenset({"pdf", "docx", "xlsx"})
"""Kinds of files that are read. The others (.doc, .wps, archives) are named, and not asked for."""

SUFFIXES = READ_SUFFIXES | frozenset({"doc", "xls", "wps", "et", "ofd", "zip", "rar", "7z", "rtf"})

# /EpointWebBuilder/webbuildermis/attach/downloadattach?attachGuid=…
_DOWNLOAD = re.compile(
    r"downloadattach\b.*[?&]attachguid=|/(?:download|attach)[a-z]*(?:\.\w+)?\?.*\b(?:attach|file)(?:guid|id)=", re.IGNORECASE
)
_SUFFIX = re.compile(r"\.(?P<suffix>[A-Za-z0-9]{2,4})$")
# window.open('/files/a.pdf')   var pdfUrl = "a.pdf"
_QUOTED = re.compile(r"""(?P<quote>['"])(?P<address>[^'"\s<>]{1,500})(?P=quote)""")
# uuid|_2.html
_PART = re.compile(r"_(?P<number>[1-9]\d?)\.s?html?(?:\?.*)?")
# <div id="footer">   <div class="nav-box">   <div class="pageFooter">
_FRAME = re.compile(
    r"footer|(?:^|[-_\s])(?:foot|nav|menu|header|sidebar|copyright|friend-?links?|crumbs?|location)(?:$|[-_\s\d]|box|bar)", re.IGNORECASE
)
_FRAME_TAGS = frozenset({"header", "footer", "nav", "aside"})
_FRAME_SHARE = 0.5
"""A box with more of the page's text is no frame, whatever it is called."""
_HOLDERS = {"a": "href", "iframe": "src", "embed": "src", "object": "data"}
_SELECTOR = "a[href], iframe[src], embed[src], object[data], div.pdf-content, [onclick]"
# 点击下载   附件下载   查看: words that name no file
_NO_NAME = re.compile(
    r"[\s\[【(（]*(?:点击|请)?(?:此处|这里)?(?:附件)?(?:下载|查看|打开|预览|浏览)?(?:附件|文件|全文|此处|这里)?[\s\]】)）:：]*"
)
_BLANKS = re.compile(r"\s+")
# attachment; filename="a.pdf"   filename*=UTF-8''%E6%B3%95.pdf
_PARAMETER = re.compile(r"""(?P<key>filename\*?)\s*=\s*(?:"(?P<quoted>(?:\\.|[^"\\])*)"|(?P<bare>[^;]*))""", re.IGNORECASE)
_EXTENDED = re.compile(r"(?P<charset>[\w.-]+)'[^']*'(?P<value>.*)", re.DOTALL)
_ENCODED = re.compile("%[0-9A-Fa-f]{2}")
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "iso-8859-1": "latin-1"}
_LONGEST_NAME = 200
_LONGEST_SCRIPT = 5000


def find_attachments(page: LexborHTMLParser | str, base_url: str) -> list[Link]:
    """The files that an article page links, shows in a frame, or opens by script."""
    tree = LexborHTMLParser(page) if isinstance(page, str) else page
    base = _base(tree, base_url)
    files = [(node, url) for node, address in _addresses(tree) if (url := _file_at(_absolute(base, address))) is not None]
    frames = _frames(tree) if files else set()
    found: dict[str, tuple[int, Link]] = {}
    for node, url in files:
        if _is_below(node, frames):
            continue
        rank, name = _name(node, url)
        if url not in found or found[url][0] < rank:
            found[url] = rank, Link(url, name)
    return [link for _, link in found.values()]


def find_parts(page: LexborHTMLParser | str, page_url: str, article_url: str) -> list[str]:
    """The further pages of an article that a page of it links: uuid_1.html and uuid_2.html beside uuid.html, in their order."""
    tree = LexborHTMLParser(page) if isinstance(page, str) else page
    base = _base(tree, page_url)
    linked = {_absolute(base, node.attributes.get("href") or "") for node in tree.css("a[href]")}
    found = {number: url for url in sorted(filter(None, linked)) if (number := part_number(url, article_url)) is not None}
    return [found[number] for number in sorted(found)]


def part_number(url: str, article_url: str) -> int | None:
    """The number in the name of a further page of an article; null for any other address."""
    stem, dot, ending = article_url.partition("?")[0].rpartition(".")
    match = _PART.fullmatch(url.removeprefix(stem)) if dot and "/" not in ending and url.startswith(stem) else None
    return int(match["number"]) if match else None


def filename_of(content_disposition: str) -> str | None:
    """The name in a Content-Disposition header: RFC 5987, or raw GBK or UTF-8 as clients hand it over (each byte a character).

    To be shown, never to be used as a path.
    """
    told = {match["key"].lower(): match for match in reversed(list(_PARAMETER.finditer(content_disposition)))}
    for key in ("filename*", "filename"):
        if key in told:
            raw = told[key]["quoted"] if told[key]["quoted"] is not None else told[key]["bare"].strip()
            name = _extended(raw) if key.endswith("*") else _plain(re.sub(r"\\(.)", r"\1", raw))
            if name := display_name(name):
                return name
    return None


def display_name(name: str) -> str:
    """A name without folders, control and direction characters, at most 200 characters long."""
    shown = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    shown = _BLANKS.sub(" ", re.split(r"[/\\]", shown)[-1]).strip(" .")
    return shown[:_LONGEST_NAME]


def _addresses(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """Nodes in the order of the page, each with an address that it holds."""
    for node in tree.css(_SELECTOR):
        held = node.attributes
        if address := held.get(_HOLDERS.get(node.tag or "", "")):
            yield node, address
        if script := held.get("onclick"):
            yield from ((node, match["address"]) for match in _QUOTED.finditer(script[:_LONGEST_SCRIPT]))
        if "pdf-content" in (held.get("class") or "").split():
            yield from ((node, value) for key, value in held.items() if value and key not in ("class", "style", "id", "onclick"))
            scripts = [script.text()[:_LONGEST_SCRIPT] for script in node.css("script")]
            yield from ((node, match["address"]) for script in scripts for match in _QUOTED.finditer(script))


def _frames(tree: LexborHTMLParser) -> set[int]:
    """The `mem_id`s of menus, header and footer."""
    if tree.body is None:
        return set()
    most = _FRAME_SHARE * len(tree.body.text())
    return {node.mem_id for node in tree.css("body *") if _is_frame(node) and len(node.text()) <= most}


def _is_frame(node: LexborNode) -> bool:
    named = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
    return node.tag in _FRAME_TAGS or (named != " " and _FRAME.search(named) is not None)


def _is_below(node: LexborNode, boxes: set[int]) -> bool:
    parent: LexborNode | None = node
    while parent is not None:
        if parent.mem_id in boxes:
            return True
        parent = parent.parent
    return False


def _base(tree: LexborHTMLParser, base_url: str) -> str:
    declared = tree.css_first("base[href]")
    return _absolute(base_url, declared.attributes.get("href") or "") or base_url if declared else base_url


def _absolute(base: str, address: str) -> str | None:
    """The address without its fragment; null for scripts, mail and what is no address."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        parts.port  # noqa: B018  (raises where it is no number)
    except ValueError:
        return None
    return urlunsplit(parts._replace(fragment="")) if parts.scheme in ("http", "https") and parts.hostname else None


def _file_at(url: str | None) -> str | None:
    """The address of the file that an address leads to, null where it leads to none.

    /pdfjs/web/viewer.html?file=/a/b.pdf shows /a/b.pdf.
    """
    if url is None:
        return None
    parts = urlsplit(url)
    if file_suffix(unquote(parts.path)) or _DOWNLOAD.search(url):
        return url
    for _, value in parse_qsl(parts.query):
        if file_suffix(value.partition("?")[0]):
            shown = value.startswith(("/", "./", "../", "http://", "https://"))
            return _absolute(url, value) if shown else url
    return None


def _name(node: LexborNode, url: str) -> tuple[int, str]:
    """What the page calls a file, and how good a name that is: one that ends as names of files do, words, the address's own name."""
    told = [display_name(words) for words in ((node.text() if node.tag == "a" else ""), node.attributes.get("title") or "")]
    told = [name for name in told if not _NO_NAME.fullmatch(name)]
    named = [name for name in told if file_suffix(name)]
    own = display_name(file_name(url)) or url
    return (2, named[0]) if named else (1, told[0]) if told else (0, own)


def file_suffix(name: str) -> str | None:
    """The suffix of a name or address, lower-case and without its dot, if it is one of `SUFFIXES`."""
    match = _SUFFIX.search(name.strip())
    suffix = match["suffix"].lower() if match else None
    return suffix if suffix in SUFFIXES else None


def file_name(url: str) -> str:
    """The last part of the path, decoded, or a value of the query that is the name of a file."""
    parts = urlsplit(url)
    names = [_plain(parts.path.rpartition("/")[2]), *(value.rpartition("/")[2] for _, value in parse_qsl(parts.query))]
    return display_name(next((name for name in names if file_suffix(name)), names[0]))


def _plain(raw: str) -> str:
    """A name as it was meant: percent-encoded, or bytes of UTF-8 or GBK that a client handed over one character each."""
    if _ENCODED.search(raw):
        raw = _decoded(unquote_to_bytes(raw))
    try:
        return _decoded(raw.encode("latin-1"))
    except UnicodeEncodeError:
        return raw


def _extended(raw: str) -> str:
    """UTF-8''%E6%B3%95.pdf; empty where it is none."""
    match = _EXTENDED.fullmatch(raw)
    charset = _CHARSETS.get(match["charset"].lower()) if match else None
    return unquote_to_bytes(match["value"]).decode(charset, errors="replace") if match and charset else ""


def _decoded(raw: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
