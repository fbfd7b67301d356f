"""Pages of templates that no vocabulary knows, made around the annotated reports: the words of a report must be found, and only they.

python tests/parse/unseen_pages.py
"""

import re
import sys
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))  # as a command it stands outside the package's tree

import gold_score
from unseen_templates import NOISE, ROWS, TEMPLATES


def reports():
    """Titles and lines of the annotated reports, whose text holds all their lines."""
    for path in gold_score.GOLD:
        gold = gold_score.load(path)
        yield path.stem, [" ".join(line.split()) for line in gold["text"].split("\n") if line.strip()]


def pages():
    """(template, report, page, expected lines)."""
    for name, (template, at) in TEMPLATES.items():
        for report, lines in reports():
            lines = [*lines[:4], *lines[-2:]] if name in ("short_with_law", "teasers") else lines
            rows = ROWS if at else []
            place = len(lines) + 1 + at if at < 0 else at or len(lines)
            yield name, report, template(lines), [*lines[:place], *rows, *lines[place:]]


def noise_in(found, expected):
    """The phrases of `NOISE` that were read though the report does not hold them."""
    bare, own = ("".join("".join(lines).split()) for lines in (found, expected))
    phrases = ("".join(phrase.split()) for phrases in NOISE.values() for phrase in phrases)
    return [phrase for phrase in phrases if phrase in bare and phrase not in own]


def digits(lines):
    return Counter(re.findall(r"\d+", "\n".join(lines)))


def score(read):
    """By template: digit runs lost, shares of lines read whole, pages with noise, pages read exactly. `read` makes lines of a page."""
    rows = {}
    for name, _, markup, expected in pages():
        told = rows.setdefault(name, Counter())
        found = read(markup)
        # the title may stand in the text or not
        told["pages"] += 1
        told["runs"] += digits(expected[1:]).total()
        told["lost"] += (digits(expected[1:]) - digits(found)).total()
        told["lines"] += len(expected) - 1
        told["whole"] += (Counter(expected[1:]) & Counter(found)).total()
        told["noisy"] += bool(noise_in(found, expected))
        told["exact"] += found in (expected, expected[1:], expected[:1] + expected)
    return rows


def main():
    """Print how the fallback reads each template."""
    from etl.parse.page import read_page

    for name, told in score(lambda markup: read_page(markup.encode(), None).text.split("\n")).items():
        sys.stdout.write(f"{name:18} {dict(told)}\n")


if __name__ == "__main__":
    main()
