-- 问题:     某机构的某项规范指标比上年变了多少?
-- Question: how did a canonical metric of a body change on the year before?
-- 粒度:     一项规范指标 x 机构 x 年度。
-- Grain:    one canonical metric x body x year.
-- 注意:     每年取一个数字,取法见 metric_years。上年数字须单位、类别、时期长度相同,否则为空。比率(%)之差为百分点。
--           “近百”等带限定的数值按原值比较。报告自述的增减见 arithmetic。
-- Caveats:  one figure a year, chosen as in metric_years. What is said of the year before is null unless it is there in the same unit, of the
--           same kind and length of period. For a rate (unit %) change is in percentage points. Qualified values (近百 = 100, nearly) are
--           compared as they stand. What a report itself says of its change stands in view arithmetic.
CREATE VIEW reporting.metric_trends AS
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    y.report_year,
    y.metric_code,
    d.name_zh AS metric_name_zh,
    d.name_en AS metric_name_en,
    d.theme_code,
    y.value,
    y.unit,
    f.qualifier,
    y.previous_value,
    (y.value - y.previous_value)::DECIMAL(20, 6) AS change,
    CASE WHEN y.unit <> '%' AND y.previous_value <> 0
        THEN round(100 * (y.value - y.previous_value) / y.previous_value, 2) END::DECIMAL(20, 6) AS change_percent,
    y.figures,
    f.label,
    f.quote,
    f.sentence,
    p.quote AS previous_quote,
    p.sentence AS previous_sentence,
    r.source_url,
    f.char_start,
    f.char_end,
    q.source_url AS previous_url,
    p.char_start AS previous_char_start,
    p.char_end AS previous_char_end,
    o.is_sample,
    y.metric_id,
    y.previous_metric_id,
    y.report_id,
    y.organization_id
FROM main.fact_metric_year AS y
JOIN main.fact_metric AS f ON f.metric_id = y.metric_id AND f.metric_code = y.metric_code
JOIN main.dim_report AS r ON r.report_id = y.report_id
JOIN main.dim_organization AS o ON o.organization_id = y.organization_id
JOIN main.dim_metric AS d ON d.metric_code = y.metric_code
LEFT JOIN main.fact_metric AS p ON p.metric_id = y.previous_metric_id AND p.metric_code = y.metric_code
LEFT JOIN main.dim_report AS q ON q.report_id = y.previous_report_id;
