-- 问题:     起草报告时:我们历年写过哪些指标,数字各是多少?今年漏了哪些?
-- Question: when drafting a report: which metrics did we state over the years, with which values, and which are left out this year?
-- 改这里:   机构简称。
-- Change:   the short name of the body.
-- 注意:     每年每项指标一个数,取法见 reporting.metric_years;同一指标换了单位的分行列出。空格为当年报告没有写。
-- Caveats:  one figure a metric and year, see reporting.metric_years; a metric with another unit is another row. Null where a report does not state it.
SELECT
    theme_code,
    metric_name_zh,
    unit,
    max(value) FILTER (report_year = 2022) AS "2022",
    max(value) FILTER (report_year = 2023) AS "2023",
    max(value) FILTER (report_year = 2024) AS "2024",
    max_by(sentence, report_year) AS latest_sentence
FROM reporting.metric_years
WHERE organization_short = '青石街道（示例）' -- ← 改这里 change here
GROUP BY theme_code, metric_code, metric_name_zh, unit
ORDER BY theme_code, metric_code, unit;
