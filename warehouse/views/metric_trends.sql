-- 问题:     某机构的某指标比上年变了多少?
-- Question: how did a canonical metric of a body change on the year before?
-- 粒度:     规范指标×机构×年度。
-- Grain:    one canonical metric x body x year.
-- 注意:     只含报告年度的结果,不含计划。报告多次提到同一指标时取第一个,figures为个数。上年没有或单位不同时change为空;比率(单位%)的change为百分点。带限定的数值(近百=100)按字面比较。
-- Caveats:  only results (not plans) about the report's own year. Where a report states a metric several times, the first figure
--           counts and `figures` says how many there are. change is null unless the year before is there in the same unit; for a
--           rate (unit %) it is in percentage points. Qualified values (近百 = 100, nearly) are compared as they stand.
CREATE VIEW reporting.metric_trends AS
WITH stated AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY metric_code, organization_id, report_year ORDER BY char_start) AS nth,
        count(*) OVER (PARTITION BY metric_code, organization_id, report_year) AS figures
    FROM reporting.metrics
    WHERE metric_code IS NOT NULL AND part IS DISTINCT FROM 'plan' AND year(period_end) = report_year
),
yearly AS (
    SELECT
        *,
        lag(report_year) OVER body_metric AS previous_year,
        lag(value) OVER body_metric AS previous_value,
        lag(unit) OVER body_metric AS previous_unit,
        lag(sentence) OVER body_metric AS last_sentence
    FROM stated
    WHERE nth = 1
    WINDOW body_metric AS (PARTITION BY metric_code, organization_id ORDER BY report_year)
)
SELECT
    metric_code,
    metric_name_zh,
    metric_name_en,
    theme_code,
    organization,
    organization_short,
    organization_level,
    district,
    report_year,
    value,
    unit,
    qualifier,
    CASE WHEN comparable THEN previous_value END AS previous_value,
    CASE WHEN comparable THEN value - previous_value END::DECIMAL(20, 6) AS change,
    CASE WHEN comparable AND unit <> '%' AND previous_value <> 0
        THEN round(100 * (value - previous_value) / previous_value, 2) END::DECIMAL(20, 6) AS change_percent,
    figures::INTEGER AS figures,
    label,
    sentence,
    CASE WHEN comparable THEN last_sentence END AS previous_sentence,
    source_url,
    is_sample,
    metric_id,
    organization_id
FROM (SELECT *, previous_year = report_year - 1 AND previous_unit = unit AS comparable FROM yearly) AS compared;
