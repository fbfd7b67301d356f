-- 问题:     我们作为被申请人的行政复议案件比上年多了还是少了?与其他机构相比如何?
-- Question: are there more reconsideration cases against us than last year, and how do other bodies stand?
-- 改这里:   指标代码和年度(代码见 main.dim_metric;复议机关收到的申请为 reconsideration_received)。
-- Change:   the code of the metric and the year (codes are in main.dim_metric; reconsideration_received are those that an authority received).
-- 注意:     报告没有写明的机构不在表中,不等于没有案件。两年的原文都在 sentence、previous_sentence。
-- Caveats:  a body that does not state the figure is not there, which does not mean that it had no case.
SELECT
    t.organization_short,
    t.value,
    t.unit,
    t.previous_value,
    t.change,
    t.change_percent,
    l.rank,
    l.bodies,
    t.sentence,
    t.previous_sentence,
    t.source_url,
    t.previous_url
FROM reporting.metric_trends AS t
JOIN reporting.league AS l USING (metric_code, report_year, organization_id)
WHERE metric_code = 'reconsideration_against' AND report_year = 2024 -- ← 改这里 change here
ORDER BY t.is_sample, t.value DESC, t.organization_short;
