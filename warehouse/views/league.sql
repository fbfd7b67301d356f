-- 问题:     同一年度、同一指标上,某机构与其他机构相比如何?按规模折算后又如何?
-- Question: how does a body stand beside others on one metric in one year, also in proportion to its size?
-- 粒度:     一项规范指标 x 机构 x 年度。
-- Grain:    one canonical metric x body x year.
-- 注意:     每年取一个数字,取法见 metric_years。只比较单位相同者,未写明者不参加排名。rank 1 为数值最高,并列同名次;percentile 为低于它的机构占比;
--           quartile 4 为最高一档,不足四家为空。level_ 开头的列只在同层级内比较。ratio 为与同一报告另一指标之比(分母见 main.dim_denominator),
--           未写分母为空;两个数字的口径可能不同,引用前请看两句原文。数值高不等于好。虚构机构单独排名。
-- Caveats:  one figure a year, chosen as in metric_years. Compared are bodies that state it in the same unit; those that do not state it are not
--           ranked. rank 1 is the highest value, ties share a rank; percentile is the share of the others that lie below; quartile 4 is the
--           highest, null for fewer than four bodies. level_… counts bodies of the same level only. ratio divides by another metric of the same
--           report (main.dim_denominator), null where that is not stated; two figures of a report may speak of different things, so read
--           both sentences before a ratio is passed on. High is not good: that depends on the metric. Made-up bodies are ranked by themselves.
CREATE VIEW reporting.league AS
WITH ratios AS (
    SELECT
        v.*,
        b.value AS denominator_value,
        b.unit AS denominator_unit,
        d.name_zh AS ratio_name_zh,
        d.name_en AS ratio_name_en,
        round(d.factor * v.value / nullif(b.value, 0), 2)::DECIMAL(20, 6) AS ratio,
        d.unit AS ratio_unit,
        b.sentence AS denominator_sentence,
        b.metric_id AS denominator_metric_id
    FROM reporting.metric_years AS v
    LEFT JOIN main.dim_denominator AS d USING (metric_code)
    LEFT JOIN reporting.metric_years AS b
        ON b.metric_code = d.denominator_code AND b.organization_id = v.organization_id AND b.report_year = v.report_year
)
SELECT
    organization,
    organization_short,
    organization_level,
    district,
    report_year,
    metric_code,
    metric_name_zh,
    metric_name_en,
    theme_code,
    value,
    unit,
    qualifier,
    (rank() OVER (of_all ORDER BY value DESC))::INTEGER AS rank,
    (count(*) OVER of_all)::INTEGER AS bodies,
    (round(100 * percent_rank() OVER (of_all ORDER BY value), 1))::DECIMAL(20, 6) AS percentile,
    CASE WHEN count(*) OVER of_all >= 4 THEN least(4, 1 + floor(4 * percent_rank() OVER (of_all ORDER BY value)))::INTEGER END AS quartile,
    (rank() OVER (of_level ORDER BY value DESC))::INTEGER AS level_rank,
    (count(*) OVER of_level)::INTEGER AS level_bodies,
    (round(100 * percent_rank() OVER (of_level ORDER BY value), 1))::DECIMAL(20, 6) AS level_percentile,
    CASE WHEN count(*) OVER of_level >= 4 THEN least(4, 1 + floor(4 * percent_rank() OVER (of_level ORDER BY value)))::INTEGER END
        AS level_quartile,
    ratio_name_zh,
    ratio_name_en,
    ratio,
    ratio_unit,
    CASE WHEN ratio IS NOT NULL THEN rank() OVER (of_all ORDER BY ratio DESC NULLS LAST) END::INTEGER AS ratio_rank,
    (count(ratio) OVER of_all)::INTEGER AS ratio_bodies,
    CASE WHEN ratio IS NOT NULL THEN rank() OVER (of_level ORDER BY ratio DESC NULLS LAST) END::INTEGER AS level_ratio_rank,
    (count(ratio) OVER of_level)::INTEGER AS level_ratio_bodies,
    denominator_value,
    denominator_unit,
    label,
    quote,
    sentence,
    denominator_sentence,
    source_url,
    char_start,
    char_end,
    is_sample,
    metric_id,
    denominator_metric_id,
    report_id,
    organization_id
FROM ratios
WINDOW
    of_all AS (PARTITION BY metric_code, report_year, unit, is_sample),
    of_level AS (PARTITION BY metric_code, report_year, unit, is_sample, organization_level);
