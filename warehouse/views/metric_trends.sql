-- 问题:     某机构的某项规范指标比上年变了多少?
-- Question: how did a canonical metric of a body change on the year before?
-- 粒度:     一项规范指标 x 机构 x 年度。
-- Grain:    one canonical metric x body x year.
-- 注意:     每年取一个数字,取法见 metric_years。上年数字须单位、类别、时期长度相同,否则为空。比率(%)之差为百分点。
--           “近百”等带限定的数值按原值比较。报告自述的增减见 arithmetic。
-- Caveats:  one figure a year, chosen as in metric_years. What is said of the year before is null unless it is there in the same unit, of the
--           same kind and length of period. For a rate (unit %) change is in percentage points. Qualified values (近百 = 100, nearly) are
--           compared as they stand. What a report itself says of its change stands in view arithmetic.
CREATE VIEW reporting.metric_trends AS
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
    CASE WHEN comparable THEN previous.value END AS previous_value,
    CASE WHEN comparable THEN value - previous.value END::DECIMAL(20, 6) AS change,
    CASE WHEN comparable AND unit <> '%' AND previous.value <> 0
        THEN round(100 * (value - previous.value) / previous.value, 2) END::DECIMAL(20, 6) AS change_percent,
    figures,
    label,
    quote,
    sentence,
    CASE WHEN comparable THEN previous.quote END AS previous_quote,
    CASE WHEN comparable THEN previous.sentence END AS previous_sentence,
    source_url,
    char_start,
    char_end,
    CASE WHEN comparable THEN previous.source_url END AS previous_url,
    CASE WHEN comparable THEN previous.char_start END AS previous_char_start,
    CASE WHEN comparable THEN previous.char_end END AS previous_char_end,
    is_sample,
    metric_id,
    CASE WHEN comparable THEN previous.metric_id END AS previous_metric_id,
    report_id,
    organization_id
FROM (
    SELECT
        *,
        previous.report_year = report_year - 1 AND previous.unit = unit AND previous.kind = kind
            AND abs(previous.days - days) <= 1 AS comparable
    FROM (
        SELECT
            *,
            lag(struct_pack(report_year, value, unit, kind, days, quote, sentence, source_url, char_start, char_end, metric_id))
                OVER (PARTITION BY metric_code, organization_id ORDER BY report_year) AS previous
        FROM reporting.metric_years
    ) AS yearly
) AS compared;
