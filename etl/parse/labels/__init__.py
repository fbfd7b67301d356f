"""What each figure counts, as a column title.

labeller    walks the figures of a text once, asks the modules below in turn and puts the words into their final form
scene       what the labeller knows at a figure: its sentence, what was counted before, what bare fragments refer to
surroundings  the clauses and sentences around a figure that count nothing
series      one phrase for several figures (分别为), one figure for several things (各); shared says what their members share
stages      both ends of a change: 由…降到…
behind      the noun stands behind the number: 47件行政诉讼案件
before      it stands in front: 承办建议176件
ellipsis    it is left out: 新增3项
related     the figure is told by another one: shares, rates, growth
topics      nouns that say little alone, and what lends them the rest
"""

from etl.parse.labels.label import Label
from etl.parse.labels.labeller import label_figures
from etl.parse.labels.topics import is_relational

__all__ = ["Label", "is_relational", "label_figures"]
