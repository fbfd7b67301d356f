"""The bodies of refusals, challenges and error pages. All of it is our own markup, shaped after public descriptions."""

from __future__ import annotations

import zlib
from functools import lru_cache

_CHALLENGE_META = "{qtsu" + "_9aB3" * 300 + "l}"


def _page(title: str, body: str = "", head: str = "") -> bytes:
    markup = f'<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8">{head}<title>{title}</title></head>\n<body>{body}</body>\n</html>\n'
    return markup.replace("\n", "\r\n").encode()


FORBIDDEN = _page("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>")
NOT_FOUND = _page("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>")
BUSY = _page("服务繁忙", "<p>访问过于频繁，请稍后再试</p>")
FIREWALL = _page(
    "405", '<div class="block"><h1>很抱歉，您的访问被阻断</h1><p>由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p></div>'
)

SCRIPT_412 = _page("", '<script type="text/javascript" charset="utf-8" src="/4QbVtADbnLVIc/c.sample.js" r=\'m\'></script>')
CHALLENGE_200 = _page(
    "",
    '<script type="text/javascript" r=\'m\'>$_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.nsd=0;_$sample();</script>',
    head=f'<meta id="sample" content="{_CHALLENGE_META}" r=\'m\'>',
)
SCRIPT_PAGE = _page(
    "",
    '<div id="app"></div><script>initFailPage(); function initFailPage() { var r = new XMLHttpRequest();'
    ' r.open("GET", location.pathname + "?static=1", false); r.send(); document.write(r.responseText); }</script>',
)
SOFT_404 = _page(
    "您访问的页面不存在",
    "<div class='error'><h2>您访问的页面不存在或已被删除</h2><p>请检查地址是否正确，或者返回首页</p></div>"
    + "<ul class='error-nav'>"
    + "".join(f"<li><a href='/xxgk/xxgk.html?n={number}'>返回栏目{number}</a></li>" for number in range(32))
    + "</ul>",
)


def stub(size: int) -> bytes:
    """Next to nothing, so many bytes long: a byte order mark, <html></html>, or a page of blanks."""
    if size <= 3:
        return b"\xef\xbb\xbf"[:size]
    shell = b"<html></html>"
    return shell[:size] if size <= len(shell) else b"<html>" + b" " * (size - len(shell)) + b"</html>"


def clearance_script(number: int) -> bytes:
    """A script that would set the clearance cookie of a round."""
    script = f"document.cookie='__jsl_clearance='+({number - 1}+1)+';max-age=3600;path=/';location.href=location.pathname"
    return f"<script>{script}</script>".encode()


@lru_cache(maxsize=4)
def bomb(megabytes: int) -> bytes:
    """So many megabytes of blanks inside a page, packed."""
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(b"<html><body><p>")]
    block = b" " * 1_000_000
    parts += [packer.compress(block) for _ in range(megabytes)]
    return b"".join([*parts, packer.compress(b"</body></html>"), packer.flush()])
