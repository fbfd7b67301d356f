-- 问题:     哪些方面的不足是多家机构共有的?
-- Question: which shortcomings do several bodies name?
-- 改这里:   年度。
-- Change:   the year.
-- 注意:     按主题归并,主题由词语判定;主题不明的不足不在其中。share 为点名该主题的机构占当年写有不足的机构的百分比。
-- Caveats:  grouped by theme, which is told by words; shortcomings without a clear theme are not there. share is of the bodies that name any.
WITH named AS (
    SELECT theme_zh, organization_id, organization_short, coalesce(title, regexp_extract(text, '^[^。；]*')) AS shortcoming, char_start
    FROM reporting.measures
    WHERE report_year = 2023 -- ← 改这里 change here
        AND part = 'shortcoming'
)
SELECT
    theme_zh,
    count(DISTINCT organization_id) AS bodies,
    (100 * count(DISTINCT organization_id) / (SELECT count(DISTINCT organization_id) FROM named))::INTEGER AS share,
    string_agg(organization_short || ':' || shortcoming, chr(10) ORDER BY organization_short, char_start) AS shortcomings
FROM named
WHERE theme_zh IS NOT NULL
GROUP BY theme_zh
HAVING count(DISTINCT organization_id) >= 2
ORDER BY bodies DESC, theme_zh;
