-- 问题:     各机构做了什么、不足在哪、打算做什么?
-- Question: what did each body do, where did it fall short, and what does it plan?
-- 粒度:     现行报告中的一条举措。
-- Grain:    one measure (举措) of a current report.
-- 注意:     metrics为举措中的数字个数。theme_code依theme_words中的词判定;主题不清或不止一个时为空。
-- Caveats:  metrics counts the figures that stand in the measure. theme_code comes from the words in theme_words; it is null where no
--           theme is clear, or more than one.
CREATE VIEW reporting.measures AS
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    r.report_year,
    m.part,
    s.heading,
    m.ordinal,
    m.enumerator,
    m.title,
    m.text,
    (SELECT count(*) FROM main.fact_metric AS f WHERE f.measure_id = m.measure_id)::INTEGER AS metrics,
    m.theme_code,
    m.theme_words,
    t.name_zh AS theme_zh,
    t.name_en AS theme_en,
    m.lead_organization,
    r.source_url,
    m.char_start,
    m.char_end,
    o.is_sample,
    m.measure_id,
    m.report_id,
    o.organization_id
FROM main.fact_measure AS m
JOIN main.dim_report AS r ON r.report_id = m.report_id AND r.is_current
JOIN main.dim_organization AS o USING (organization_id)
LEFT JOIN main.dim_section AS s ON s.section_id = m.section_id
LEFT JOIN main.dim_theme AS t ON t.theme_code = m.theme_code;
