-- 问题:     谁公布了哪一年的报告,何时,是否在次年4月1日(法定期限)前?
-- Question: who has published a report for which year, when, and by 1 April of the next year, the statutory date?
-- 粒度:     机构×年度:仓库中的每个机构,自最早到最晚报告年度的每一年。
-- Grain:    one body x year, for every body of the warehouse and every year from the first to the last report of any body.
-- 注意:     从未公布过的机构不在其中;被隔离的报告视为缺失(见main.ops_quarantine)。未公布或页面无日期时on_time为空。
-- Caveats:  a body that never published is not listed, and a report in quarantine counts as missing (see main.ops_quarantine).
--           on_time is null where nothing was published or the page states no date.
CREATE VIEW reporting.coverage AS
WITH years AS (
    SELECT unnest(range(min(report_year), max(report_year) + 1))::INTEGER AS report_year FROM main.dim_report
),
publishers AS (
    SELECT * FROM main.dim_organization WHERE organization_id IN (SELECT organization_id FROM main.dim_report)
)
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    y.report_year,
    r.report_id IS NOT NULL AS published,
    r.published_on,
    make_date(y.report_year + 1, 4, 1) AS due_on,
    r.published_on <= make_date(y.report_year + 1, 4, 1) AS on_time,
    r.revision AS revisions,
    r.char_count,
    r.title,
    r.source_url,
    o.is_sample,
    r.report_id,
    o.organization_id
FROM publishers AS o
CROSS JOIN years AS y
LEFT JOIN main.dim_report AS r
    ON r.organization_id = o.organization_id AND r.report_year = y.report_year AND r.is_current;
