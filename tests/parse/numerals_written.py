"""Writes numbers in Chinese by another route than the grammar reads them, for tests that write and read back."""

_DIGITS = "零一二三四五六七八九"


def render(value):
    """Chinese numeral of 0 < value < 10^12."""
    out = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, scale)
        if part:
            out += ("零" if out and part < 1000 else "") + _section(part) + name
    return out


def _section(number):
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out
