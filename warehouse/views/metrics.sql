-- 问题:     报告里有哪些数字,原话是什么?
-- Question: which figures do the reports state, and in which words?
-- 粒度:     现行报告中的一个数字;一个数代表两件事时为两行。
-- Grain:    one figure of a current report; a number that stands for two things is two rows.
-- 注意:     value为基本单位(1.2万人即12000)。metric_code为空表示名称未对应到指标目录,metric_pattern是据以对应的模式。part为plan的数字是打算,不是结果。is_sample为虚构机构。
-- Caveats:  value is in the base unit (1.2万人 is 12000). metric_code is null where the label is not mapped to the catalogue,
--           metric_pattern is the pattern that mapped it.
--           Figures of part 'plan' are intentions, not results. is_sample marks a made-up body.
CREATE VIEW reporting.metrics AS
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    r.report_year,
    f.label,
    f.value,
    f.value_high,
    f.unit,
    f.qualifier,
    f.kind,
    f.period,
    f.period_start,
    f.period_end,
    f.subject,
    coalesce(m.part, s.part) AS part,
    f.metric_code,
    f.metric_pattern,
    d.name_zh AS metric_name_zh,
    d.name_en AS metric_name_en,
    d.theme_code,
    t.name_zh AS theme_zh,
    t.name_en AS theme_en,
    s.heading,
    m.title AS measure_title,
    f.quote,
    f.sentence,
    r.source_url,
    f.char_start,
    f.char_end,
    f.rule,
    o.is_sample,
    f.metric_id,
    f.measure_id,
    f.report_id,
    o.organization_id
FROM main.fact_metric AS f
JOIN main.dim_report AS r ON r.report_id = f.report_id AND r.is_current
JOIN main.dim_organization AS o USING (organization_id)
LEFT JOIN main.fact_measure AS m ON m.measure_id = f.measure_id
LEFT JOIN main.dim_section AS s ON s.section_id = f.section_id
LEFT JOIN main.dim_metric AS d ON d.metric_code = f.metric_code
LEFT JOIN main.dim_theme AS t ON t.theme_code = d.theme_code;
