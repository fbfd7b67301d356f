-- 问题:     现行报告里有哪些地方需要人工核对?
-- Question: what in the current reports should a person look at?
-- 粒度:     现行报告中的一处发现。
-- Grain:    one finding of a current report.
-- 注意:     kind:arithmetic 数字对不上(报告之内或与上年报告)、correction 更正已失效、year 报告年度系推定、reading 解析器未能解释。
--           arithmetic 针对已公布的原文,即使更正后仍保留(corrected)。读不出的页面在隔离区,见 data_quality、coverage。
-- Caveats:  kind is arithmetic (figures that do not add up, within a report or with last year's), correction (one of ours whose words are gone),
--           year (the year reported on had to be inferred) or reading (what the parser could not explain). A finding of arithmetic is about
--           what was published and stays when a correction mends the figure (corrected). Pages that could not be read at all are in quarantine:
--           see data_quality and coverage.
CREATE VIEW reporting.findings AS
WITH broken AS (
    SELECT *
    FROM main.fact_arithmetic
    WHERE NOT holds
    QUALIFY row_number() OVER (PARTITION BY report_id, rule, char_start, char_end ORDER BY arithmetic_id) = 1
)
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    r.report_year,
    CASE
        WHEN f.rule LIKE 'arithmetic_%' THEN 'arithmetic'
        WHEN f.rule LIKE 'correction_%' THEN 'correction'
        WHEN f.rule LIKE '%report_year%' THEN 'year'
        ELSE 'reading'
    END AS kind,
    f.rule,
    f.message,
    a.expression,
    a.stated,
    a.expected,
    a.unit,
    a.arithmetic_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM main.fact_correction AS c
        WHERE c.report_id = f.report_id AND c.state = 'applied' AND contains(a.metric_ids, c.metric_id)
    ) AS corrected,
    f.quote,
    coalesce(
        a.sentence,
        regexp_extract(substr(r.body_text, greatest(f.char_start - 500, 0) + 1, least(f.char_start, 500)), '[^。！？；\n]*$')
            || regexp_extract(substr(r.body_text, f.char_start + 1, 500), '^[^。！？；\n]*[。！？；]?')
    ) AS sentence,
    a.other_sentence,
    r.source_url,
    p.source_url AS other_url,
    f.char_start,
    f.char_end,
    o.is_sample,
    f.finding_id,
    a.arithmetic_id,
    f.report_id,
    r.organization_id
FROM main.fact_finding AS f
JOIN main.dim_report AS r ON r.report_id = f.report_id AND r.is_current
JOIN main.dim_organization AS o USING (organization_id)
LEFT JOIN broken AS a
    ON a.report_id = f.report_id AND 'arithmetic_' || a.rule = f.rule AND a.char_start = f.char_start AND a.char_end = f.char_end
LEFT JOIN main.dim_report AS p ON p.report_id = a.other_report_id;
