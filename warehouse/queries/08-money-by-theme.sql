-- 问题:     某一主题下所有以某单位计的数字有哪些?例如行政执法中的全部金额。
-- Question: which figures are there of one unit within one theme, such as all amounts of money in enforcement?
-- 改这里:   单位、主题代码(见 main.dim_theme)和年度。
-- Change:   the unit, the theme (main.dim_theme) and the year.
-- 注意:     金额均为元;未对应规范指标的数字没有主题,不在其中。计划中的数字不计。
-- Caveats:  amounts are in 元. A figure without a canonical metric has no theme and is not there; nor are figures of plans.
SELECT organization_short, metric_name_zh, label, value, value_high, qualifier, period, sentence, source_url
FROM reporting.metrics
WHERE unit = '元' AND theme_code = 'enforcement' AND report_year = 2024 -- ← 改这里 change here
    AND part IS DISTINCT FROM 'plan'
ORDER BY value DESC, organization_short, char_start, metric_name_zh;
