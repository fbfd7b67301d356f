"""The city portal of Shanghai: `/<column>/<YYYYMMDD>/<32 hex>.html`, page 2 is `index_2.html`.

A column links an archive for each year before (2023年); items may lead straight to PDFs. Where the archives are called otherwise, the
option `lists` of the registry names their paths. Source: public pages of shanghai.gov.cn.
"""

from __future__ import annotations

import re

from etl.fetch.families.static import StaticLists


class ShanghaiCity(StaticLists):
    """Lists of shanghai.gov.cn."""

    # /nw12344/20250121/3f….html
    article = re.compile(r"/\d{8}/[0-9a-f]{32}\.s?html?$")
    page_rules = ("{folder}{stem}_{n}.{ext}",)

    # 2023年, 2022年及以前, 2021年度
    list_text = re.compile(r"20\d\d年(?:度|及以前|以前)?")
