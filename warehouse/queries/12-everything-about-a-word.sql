-- 问题:     关于某个词,各报告说了什么、有什么数字?
-- Question: what do the reports say about a word, and with which figures?
-- 改这里:   关键词和起始年度。
-- Change:   the word, and the first year.
-- 注意:     逐字匹配,同义词需另查。举措给出全文,举措以外的数字给出所在句。
-- Caveats:  the word is looked for as it is; synonyms are other questions. Figures that stand in a measure are counted there.
SELECT kind, organization_short, report_year, part, text, figures, source_url, char_start
FROM (
    SELECT 'measure' AS kind, organization_short, report_year, part, text, metrics AS figures, source_url, char_start
    FROM reporting.measures
    UNION ALL
    SELECT 'figure', organization_short, report_year, part, sentence AS text, count(*)::INTEGER, source_url, min(char_start)
    FROM reporting.metrics
    WHERE measure_id IS NULL
    GROUP BY organization_short, report_year, part, sentence, source_url
) AS said
WHERE contains(text, '法律顾问') AND report_year >= 2023 -- ← 改这里 change here
ORDER BY report_year DESC, organization_short, char_start, kind;
