-- 问题:     今年哪些指标增长最快?
-- Question: which metrics grew most on the year before?
-- 改这里:   年度和上年基数下限(基数太小,增幅没有意义)。
-- Change:   the year, and the least value of the year before (a percentage of a handful says nothing).
-- 注意:     只比较同一机构、同一单位、同样长度时期的两个数;增长快不等于好。
-- Caveats:  compared are two figures of one body in one unit over periods of one length. Growth is not always good.
SELECT organization_short, metric_name_zh, previous_value, value, unit, change_percent, previous_sentence, sentence, source_url
FROM reporting.metric_trends
WHERE report_year = 2024 AND previous_value >= 20 -- ← 改这里 change here
    AND change_percent > 0
ORDER BY change_percent DESC, organization_short, metric_code
LIMIT 20;
