-- 问题:     哪个机构公布了哪一年的报告,何时公布,是否在次年4月1日前?
-- Question: who has published a report for which year, when, and by 1 April of the next year, the statutory date?
-- 粒度:     机构 x 年度:凡曾公布过报告的机构,自最早至最晚的报告年度。
-- Grain:    one body x year, for every body that is known to have published once, and every year from the first to the last report of any.
-- 注意:     status:published 按时、late 迟、undated 页面无日期、quarantined 有页面但读不出或未过校验(见 quarantine_rules)、missing 缺、not_due 未到期。
--           published_on 为最早版本的日期,revised_on 为有修订时现行版本的日期。从未公布过任何报告的机构不在其中(来源登记表只知应有几家,不知是哪几家);
--           只有隔离页面的机构,标题写明机构的才列出。
-- Caveats:  status is published (by the due date), late, undated (the page states no day), quarantined (a page is there, and could not be read
--           or failed a check of the run that published this warehouse), missing, or not_due on the day of that run. published_on is the day of
--           the first revision known, revised_on that of the current one where there are several. A body all of whose pages are in
--           quarantine is listed where a title names it; one that never published anything is not: the source registry says how many
--           bodies are expected, not which. A report that is published while a later revision is in quarantine counts as published.
CREATE VIEW reporting.coverage AS
WITH latest_run AS (
    SELECT run_id, started_at FROM main.ops_run WHERE state = 'published' ORDER BY ended_at DESC, run_id DESC LIMIT 1
),
quarantined AS (
    SELECT
        organization_id,
        report_year,
        string_agg(DISTINCT rule, ' ' ORDER BY rule) AS rules,
        min(title) AS title,
        min(source_url) AS source_url
    FROM main.ops_quarantine
    WHERE run_id = (SELECT run_id FROM latest_run) AND organization_id IS NOT NULL AND report_year IS NOT NULL
    GROUP BY organization_id, report_year
),
first_revision AS (
    SELECT document_id, min(published_on) AS published_on FROM main.dim_report GROUP BY document_id
),
expected AS (
    SELECT organization_id, report_year
    FROM (
        SELECT DISTINCT organization_id FROM main.dim_report
        UNION
        SELECT organization_id FROM quarantined
    ) AS bodies
    CROSS JOIN (SELECT unnest(range(min(report_year), max(report_year) + 1))::INTEGER AS report_year FROM main.dim_report) AS years
    UNION
    SELECT organization_id, report_year FROM quarantined
)
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    e.report_year,
    CASE
        WHEN r.report_id IS NOT NULL AND f.published_on IS NULL THEN 'undated'
        WHEN f.published_on <= e.due_on THEN 'published'
        WHEN f.published_on > e.due_on THEN 'late'
        WHEN q.organization_id IS NOT NULL THEN 'quarantined'
        WHEN e.due_on >= (SELECT started_at::DATE FROM latest_run) THEN 'not_due'
        ELSE 'missing'
    END AS status,
    r.report_id IS NOT NULL AS published,
    f.published_on,
    e.due_on,
    f.published_on <= e.due_on AS on_time,
    CASE WHEN f.published_on IS NOT NULL THEN greatest(f.published_on - e.due_on, 0) END::INTEGER AS days_late,
    r.revision AS revisions,
    CASE WHEN r.revision > 1 THEN r.published_on END AS revised_on,
    q.rules AS quarantine_rules,
    r.char_count,
    coalesce(r.title, q.title) AS title,
    coalesce(r.source_url, q.source_url) AS source_url,
    o.is_sample,
    r.report_id,
    o.organization_id
FROM (SELECT *, make_date(report_year + 1, 4, 1) AS due_on FROM expected) AS e
JOIN main.dim_organization AS o USING (organization_id)
LEFT JOIN main.dim_report AS r ON r.organization_id = e.organization_id AND r.report_year = e.report_year AND r.is_current
LEFT JOIN first_revision AS f USING (document_id)
LEFT JOIN quarantined AS q ON q.organization_id = e.organization_id AND q.report_year = e.report_year;
