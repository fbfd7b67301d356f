-- 问题:     某机构某年的某项规范指标,以报告中的哪个数字为准?
-- Question: which figure stands for a canonical metric of a body in a year?
-- 粒度:     一项规范指标 x 机构 x 年度。
-- Grain:    one canonical metric x body x year.
-- 注意:     只取本年度的结果,不含计划。同一指标有多个数字时,全年或时点数优先于某几个月或跨年的数,单位与类别同目录者优先,再取文中最先出现者;
--           figures 为数字个数。days 为时期天数,时点数记为366。
-- Caveats:  results (not plans) about the report's own year. Where a report states a metric several times, a figure of the whole year (or
--           as of a day) goes before one of some months or years, one in the catalogue's unit and kind before others, then the first in the
--           text; `figures` says how many there are. days is the length of its period, 366 for an as-of figure.
CREATE VIEW reporting.metric_years AS
SELECT
    * EXCLUDE (nth)
FROM (
    SELECT
        o.name AS organization,
        o.short_name AS organization_short,
        o.level AS organization_level,
        o.district,
        r.report_year,
        f.metric_code,
        d.name_zh AS metric_name_zh,
        d.name_en AS metric_name_en,
        d.theme_code,
        f.label,
        f.value,
        f.unit,
        f.qualifier,
        f.kind,
        f.period,
        CASE WHEN f.period_start IS NULL THEN 366 ELSE f.period_end - f.period_start + 1 END::INTEGER AS days,
        (count(*) OVER of_body_and_year)::INTEGER AS figures,
        f.quote,
        f.sentence,
        r.source_url,
        f.char_start,
        f.char_end,
        o.is_sample,
        f.metric_id,
        f.report_id,
        o.organization_id,
        row_number() OVER (
            of_body_and_year
            ORDER BY days NOT BETWEEN 365 AND 366, f.unit <> d.unit, f.kind <> d.kind, f.char_start, f.metric_id
        ) AS nth
    FROM main.fact_metric AS f
    JOIN main.dim_report AS r ON r.report_id = f.report_id AND r.is_current
    JOIN main.dim_organization AS o USING (organization_id)
    JOIN main.dim_metric AS d USING (metric_code)
    LEFT JOIN main.fact_measure AS m ON m.measure_id = f.measure_id
    LEFT JOIN main.dim_section AS s ON s.section_id = f.section_id
    WHERE coalesce(m.part, s.part) IS DISTINCT FROM 'plan' AND year(f.period_end) = r.report_year
    WINDOW of_body_and_year AS (PARTITION BY f.metric_code, o.organization_id, r.report_year)
) AS stated
WHERE nth = 1;
