-- 问题:     报告自身的数字对得上吗?所述增减与上年报告一致吗?
-- Question: do the figures of a report add up, and does its change on last year agree with last year's report?
-- 粒度:     现行报告中的一个算式:合计、总数与其中、比率与所据数字、增减。
-- Grain:    one statement of a current report: a sum, a whole and its parts, a rate beside its counts, a change.
-- 注意:     只含措辞没有歧义的算式。holds允许印出位数的舍入;上年数字未知时为空。other_sentence为前文的句子,规则growth时为上年报告的句子(other_url)。
-- Caveats:  only statements whose wording leaves no other reading. holds allows for the rounding of the printed digits; it is null where
--           last year's figure is not known. other_sentence is a sentence above or, for rule growth, of last year's report (other_url).
CREATE VIEW reporting.arithmetic AS
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    r.report_year,
    a.rule,
    a.expression,
    a.holds,
    a.stated,
    a.expected,
    a.unit,
    m.label,
    m.metric_code,
    a.quote,
    a.sentence,
    a.other_sentence,
    r.source_url,
    p.source_url AS other_url,
    a.char_start,
    a.char_end,
    o.is_sample,
    a.arithmetic_id,
    a.metric_id,
    a.report_id,
    o.organization_id
FROM main.fact_arithmetic AS a
JOIN main.dim_report AS r ON r.report_id = a.report_id AND r.is_current
JOIN main.dim_organization AS o USING (organization_id)
JOIN main.fact_metric AS m ON m.metric_id = a.metric_id
LEFT JOIN main.dim_report AS p ON p.report_id = a.other_report_id;
