-- 问题:     哪些机构今年的报告迟交、缺失或读不出?
-- Question: whose report of this year is late, missing, or could not be read?
-- 改这里:   报告年度(2024年度的报告应在2025年4月1日前公布)。
-- Change:   the year reported on (that of 2024 was due by 1 April 2025).
-- 注意:     quarantined 是页面在但未能入库,请先看 quarantine_rules,不要当作未公布去催。从未公布过的机构不在其中。
-- Caveats:  quarantined means that a page is there; do not dun its body. Bodies that never published anything are not listed.
SELECT organization_short, organization_level, status, published_on, due_on, days_late, quarantine_rules, source_url
FROM reporting.coverage
WHERE report_year = 2024 -- ← 改这里 change here
    AND status <> 'published'
ORDER BY status, days_late DESC, organization_short;
