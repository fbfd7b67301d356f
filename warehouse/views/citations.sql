-- 问题:     各报告依据、提到了哪些法律、规划和文件,谁引用了它们?
-- Question: on which laws, plans and documents do the reports act, and who cites them?
-- 粒度:     现行报告中对一份文件的一次提及。
-- Grain:    one mention of one document in a current report.
-- 注意:     document 相同即视为同一文件:规范化文件名,无文件名时为文号;简称与全称算作两份。bodies_in_year 为当年引用它的机构数,
--           reports 为各年引用它的报告数,虚构机构单独计数。heading 为其上最近的标题。
-- Caveats:  mentions belong to one document where document is the same: the title without blanks, width and edition, or the number where no title
--           stands. A short title (《条例》) and the full one are two documents. bodies_in_year counts bodies whose report of that year cites it,
--           reports those of all years; made-up bodies are counted by themselves. heading is the nearest above.
CREATE VIEW reporting.citations AS
WITH mentions AS (
    SELECT c.*, coalesce(c.title_normalized, c.document_number) AS document, r.report_year, r.organization_id, r.source_url
    FROM main.fact_citation AS c
    JOIN main.dim_report AS r ON r.report_id = c.report_id AND r.is_current
),
by_year AS (
    SELECT document, o.is_sample, report_year, count(DISTINCT organization_id) AS bodies, count(*) AS mentions
    FROM mentions JOIN main.dim_organization AS o USING (organization_id)
    GROUP BY ALL
),
by_document AS (
    SELECT document, is_sample, sum(bodies)::BIGINT AS reports, count(*) AS years FROM by_year GROUP BY ALL
)
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    c.report_year,
    c.document,
    c.title,
    c.document_number,
    y.bodies::INTEGER AS bodies_in_year,
    y.mentions::INTEGER AS mentions_in_year,
    d.reports::INTEGER AS reports,
    d.years::INTEGER AS years,
    coalesce(m.part, s.part) AS part,
    s.heading,
    m.title AS measure_title,
    substr(t.body_text, c.char_start + 1, c.char_end - c.char_start) AS quote,
    regexp_extract(substr(t.body_text, greatest(c.char_start - 500, 0) + 1, least(c.char_start, 500)), '[^。！？；\n]*$')
        || regexp_extract(substr(t.body_text, c.char_start + 1, 500), '^[^。！？；\n]*[。！？；]?') AS sentence,
    c.source_url,
    c.char_start,
    c.char_end,
    o.is_sample,
    c.citation_id,
    c.measure_id,
    c.report_id,
    c.organization_id
FROM mentions AS c
JOIN main.dim_organization AS o USING (organization_id)
JOIN main.dim_report AS t ON t.report_id = c.report_id
JOIN by_year AS y ON y.document = c.document AND y.is_sample = o.is_sample AND y.report_year = c.report_year
JOIN by_document AS d ON d.document = c.document AND d.is_sample = o.is_sample
LEFT JOIN main.fact_measure AS m ON m.measure_id = c.measure_id
ASOF LEFT JOIN main.dim_section AS s ON s.report_id = c.report_id AND s.char_start <= c.char_start;
