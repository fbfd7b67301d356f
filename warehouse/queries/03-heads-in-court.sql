-- 问题:     各机构负责人出庭应诉率是多少,怎么排?
-- Question: at which rate do heads of bodies appear in court, and who leads?
-- 改这里:   年度。
-- Change:   the year.
-- 注意:     报告自己写了应诉率的用原数(stated);没写的,用出庭数除以行政诉讼案件数推算(computed),分母可能含未开庭案件。
-- Caveats:  the rate that a report states goes first; else appearances are divided by suits, which may include suits without a hearing.
WITH rates AS (
    SELECT
        *,
        CASE metric_code WHEN 'head_appearance_rate' THEN value ELSE ratio END AS rate,
        CASE metric_code WHEN 'head_appearance_rate' THEN 'stated' ELSE 'computed' END AS basis,
        row_number() OVER (PARTITION BY organization_id ORDER BY metric_code = 'head_appearance_rate' DESC) AS nth
    FROM reporting.league
    WHERE report_year = 2022 -- ← 改这里 change here
        AND metric_code IN ('head_appearance_rate', 'head_appearances')
)
SELECT
    rank() OVER (ORDER BY rate DESC) AS rank,
    organization_short,
    organization_level,
    rate,
    basis,
    denominator_value AS suits,
    sentence,
    denominator_sentence,
    source_url
FROM rates
WHERE nth = 1 AND rate IS NOT NULL
ORDER BY rank, organization_short;
