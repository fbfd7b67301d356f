-- 问题:     全区各街道、镇某项指标合计多少?有几家写明了?
-- Question: what does a metric come to over all streets and towns, and how many of them state it?
-- 改这里:   指标代码(汇总方式须为 sum,见 main.dim_metric)。
-- Change:   the code of the metric (one whose aggregation is sum, see main.dim_metric).
-- 注意:     没写明的街镇不计入合计,合计不等于全区总数:请与 reports(当年有报告的街镇)对照。带“近、超”等限定的值按原值相加。
-- Caveats:  streets that do not state it add nothing: compare stated_by with reports. Qualified values (近百) are added as they stand.
WITH figures AS (
    SELECT district, report_year, unit, sum(value) AS total, count(*) AS stated_by,
        string_agg(organization_short || ' ' || value::BIGINT, '、' ORDER BY value DESC, organization_short) AS parts
    FROM reporting.metric_years
    WHERE metric_code = 'penalty_cases' -- ← 改这里 change here
        AND organization_level IN ('street', 'town')
    GROUP BY ALL
),
reports AS (
    SELECT district, report_year, count(*) AS reports
    FROM reporting.coverage
    WHERE published AND organization_level IN ('street', 'town')
    GROUP BY ALL
)
SELECT district, report_year, total, unit, stated_by, reports, parts
FROM figures
JOIN reports USING (district, report_year)
ORDER BY district, report_year DESC, unit;
