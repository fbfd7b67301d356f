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
        o.name AS organization,
        o.short_name AS organization_short,
        o.level AS organization_level,
        o.district,
        o.is_sample,
        y.*,
        b.value AS denominator_value,
        b.unit AS denominator_unit,
        b.metric_id AS denominator_metric_id,
        d.denominator_code,
        d.name_zh AS ratio_name_zh,
        d.name_en AS ratio_name_en,
        d.unit AS ratio_unit,
        round(d.factor * y.value / nullif(b.value, 0), 2)::DECIMAL(20, 6) AS ratio
    FROM main.fact_metric_year AS y
    JOIN main.dim_organization AS o USING (organization_id)
    LEFT JOIN main.dim_denominator AS d ON d.metric_code = y.metric_code
    LEFT JOIN main.fact_metric_year AS b
        ON b.metric_code = d.denominator_code AND b.organization_id = y.organization_id AND b.report_year = y.report_year
),
ranked AS (
    SELECT
        *,
        rank() OVER (of_all ORDER BY value DESC) AS rank,
        count(*) OVER of_all AS bodies,
        percent_rank() OVER (of_all ORDER BY value) AS below,
        rank() OVER (of_level ORDER BY value DESC) AS level_rank,
        count(*) OVER of_level AS level_bodies,
        percent_rank() OVER (of_level ORDER BY value) AS level_below,
        CASE WHEN ratio IS NOT NULL THEN rank() OVER (of_all ORDER BY ratio DESC NULLS LAST) END AS ratio_rank,
        count(ratio) OVER of_all AS ratio_bodies,
        CASE WHEN ratio IS NOT NULL THEN rank() OVER (of_level ORDER BY ratio DESC NULLS LAST) END AS level_ratio_rank,
        count(ratio) OVER of_level AS level_ratio_bodies
    FROM ratios
    WINDOW
        of_all AS (PARTITION BY metric_code, report_year, unit, is_sample),
        of_level AS (PARTITION BY metric_code, report_year, unit, is_sample, organization_level)
)
SELECT
    y.organization,
    y.organization_short,
    y.organization_level,
    y.district,
    y.report_year,
    y.metric_code,
    m.name_zh AS metric_name_zh,
    m.name_en AS metric_name_en,
    m.theme_code,
    y.value,
    y.unit,
    f.qualifier,
    y.rank::INTEGER AS rank,
    y.bodies::INTEGER AS bodies,
    round(100 * y.below, 1)::DECIMAL(20, 6) AS percentile,
    CASE WHEN y.bodies >= 4 THEN least(4, 1 + floor(4 * y.below)) END::INTEGER AS quartile,
    y.level_rank::INTEGER AS level_rank,
    y.level_bodies::INTEGER AS level_bodies,
    round(100 * y.level_below, 1)::DECIMAL(20, 6) AS level_percentile,
    CASE WHEN y.level_bodies >= 4 THEN least(4, 1 + floor(4 * y.level_below)) END::INTEGER AS level_quartile,
    y.ratio_name_zh,
    y.ratio_name_en,
    y.ratio,
    y.ratio_unit,
    y.ratio_rank::INTEGER AS ratio_rank,
    y.ratio_bodies::INTEGER AS ratio_bodies,
    y.level_ratio_rank::INTEGER AS level_ratio_rank,
    y.level_ratio_bodies::INTEGER AS level_ratio_bodies,
    y.denominator_value,
    y.denominator_unit,
    f.label,
    f.quote,
    f.sentence,
    b.sentence AS denominator_sentence,
    r.source_url,
    f.char_start,
    f.char_end,
    y.is_sample,
    y.metric_id,
    y.denominator_metric_id,
    y.report_id,
    y.organization_id
FROM ranked AS y
JOIN main.fact_metric AS f ON f.metric_id = y.metric_id AND f.metric_code = y.metric_code
JOIN main.dim_report AS r ON r.report_id = y.report_id
JOIN main.dim_metric AS m ON m.metric_code = y.metric_code
LEFT JOIN main.fact_metric AS b ON b.metric_id = y.denominator_metric_id AND b.metric_code = y.denominator_code;
