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
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    y.report_year,
    y.metric_code,
    d.name_zh AS metric_name_zh,
    d.name_en AS metric_name_en,
    d.theme_code,
    f.label,
    y.value,
    y.unit,
    f.qualifier,
    y.kind,
    f.period,
    y.days,
    y.figures,
    f.quote,
    f.sentence,
    r.source_url,
    f.char_start,
    f.char_end,
    o.is_sample,
    y.metric_id,
    y.report_id,
    y.organization_id
FROM main.fact_metric_year AS y
JOIN main.fact_metric AS f ON f.metric_id = y.metric_id AND f.metric_code = y.metric_code
JOIN main.dim_report AS r ON r.report_id = y.report_id
JOIN main.dim_organization AS o ON o.organization_id = y.organization_id
JOIN main.dim_metric AS d ON d.metric_code = y.metric_code;
