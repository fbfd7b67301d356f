-- Which figure stands for a canonical metric of a body in a year, and which one of the year before it may be compared with.
-- Results (not plans) of current reports about their own year. Of several figures, one of the whole year or as of a day goes before one of
-- some months or years (11月办案12件 is no year), one in the catalogue's unit and kind before others, then the first in the text. Compared are
-- figures in the same unit, of the same kind and length of period; a leap year may have a day more.
WITH stated AS (
    SELECT
        f.metric_code,
        r.organization_id,
        r.report_year,
        f.metric_id,
        f.report_id,
        f.value,
        f.unit,
        f.kind,
        CASE WHEN f.period_start IS NULL THEN 366 ELSE f.period_end - f.period_start + 1 END AS days,
        (days NOT BETWEEN 365 AND 366, f.unit <> d.unit, f.kind <> d.kind, f.char_start, f.metric_id) AS place
    FROM main.fact_metric AS f
    JOIN main.dim_report AS r ON r.report_id = f.report_id AND r.is_current
    JOIN main.dim_metric AS d USING (metric_code)
    LEFT JOIN main.fact_measure AS m ON m.measure_id = f.measure_id
    LEFT JOIN main.dim_section AS s ON s.section_id = f.section_id
    WHERE coalesce(m.part, s.part) IS DISTINCT FROM 'plan' AND year(f.period_end) = r.report_year
),
chosen AS (
    SELECT
        metric_code,
        organization_id,
        report_year,
        count(*) AS figures,
        unnest(arg_min(struct_pack(metric_id, report_id, value, unit, kind, days), place))
    FROM stated
    GROUP BY metric_code, organization_id, report_year
)
SELECT
    c.*,
    CASE WHEN abs(p.days - c.days) <= 1 THEN p.metric_id END AS previous_metric_id,
    CASE WHEN abs(p.days - c.days) <= 1 THEN p.report_id END AS previous_report_id,
    CASE WHEN abs(p.days - c.days) <= 1 THEN p.value END AS previous_value
FROM chosen AS c
LEFT JOIN chosen AS p
    ON p.metric_code = c.metric_code AND p.organization_id = c.organization_id AND p.report_year = c.report_year - 1
    AND p.unit = c.unit AND p.kind = c.kind
ORDER BY c.metric_code, c.report_year, c.organization_id
