-- 问题:     今年各报告引用最多的法律和文件是哪些,谁引用的?
-- Question: which laws and documents do this year's reports cite most, and who cites them?
-- 改这里:   年度。
-- Change:   the year.
-- 注意:     简称与全称算作两份文件;example 为其中一句。
-- Caveats:  a short title and the full one are two documents; example is one of the sentences.
SELECT
    document,
    bodies_in_year,
    mentions_in_year,
    string_agg(DISTINCT organization_short, '、' ORDER BY organization_short) AS cited_by,
    min_by(sentence, (organization_short, char_start)) AS example,
    min_by(source_url, (organization_short, char_start)) AS source_url
FROM reporting.citations
WHERE report_year = 2024 -- ← 改这里 change here
GROUP BY document, is_sample, bodies_in_year, mentions_in_year
ORDER BY bodies_in_year DESC, mentions_in_year DESC, document
LIMIT 20;
