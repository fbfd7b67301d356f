-- 问题:     上年计划要做的,次年报告说做了吗?
-- Question: what did a body plan for a year, and what does its report of that year say was done about it?
-- 粒度:     现行报告中计划的一项举措 x 次年现行报告中与之对应的一项举措(最多三项);未找到的计划一行,done各列为空。
-- Grain:    one planned measure of a current report x one measure that the current report of the year after says was done (three at most);
--           a plan for which nothing was found has one row with nothing in the columns done_….
-- 注意:     按措辞和主题对应,是线索不是结论:未找到不等于没做,找到不等于做完或达标。strength为strong的大多确是计划之事,likely和weak须对照原文。
--           次年没有报告的计划不在其中,任一报告的最新版本被隔离的也不在其中。一项举措可对应多项计划。
-- Caveats:  matched by wording and theme, a lead and no verdict: "not found" does not mean "not done", and "found" does not mean finished or
--           on target. Most that are strong are what was planned; likely and weak ones should be read. Plans without a report of the year
--           after are not here, nor those where the latest revision of either report is in quarantine. One measure may answer several
--           plans.
CREATE VIEW reporting.plan_follow_through AS
SELECT
    o.name AS organization,
    o.short_name AS organization_short,
    o.level AS organization_level,
    o.district,
    r.report_year AS plan_report_year,
    s.heading AS plan_heading,
    p.title AS plan_title,
    p.text AS plan_text,
    p.theme_code AS plan_theme_code,
    t.name_zh AS plan_theme_zh,
    t.name_en AS plan_theme_en,
    d.report_year AS done_year,
    m.title AS done_title,
    m.text AS done_text,
    f.score,
    f.strength,
    f.rank,
    f.same_theme,
    f.shared_words,
    r.source_url AS plan_url,
    p.char_start AS plan_char_start,
    p.char_end AS plan_char_end,
    d.source_url AS done_url,
    m.char_start AS done_char_start,
    m.char_end AS done_char_end,
    o.is_sample,
    f.follow_through_id,
    f.measure_id,
    f.done_measure_id,
    f.report_id,
    f.done_report_id,
    o.organization_id
FROM main.fact_follow_through AS f
JOIN main.dim_report AS r ON r.report_id = f.report_id AND r.is_current
JOIN main.dim_report AS d ON d.report_id = f.done_report_id AND d.is_current
JOIN main.dim_organization AS o ON o.organization_id = r.organization_id
JOIN main.fact_measure AS p ON p.measure_id = f.measure_id
LEFT JOIN main.fact_measure AS m ON m.measure_id = f.done_measure_id
LEFT JOIN main.dim_section AS s ON s.section_id = p.section_id
LEFT JOIN main.dim_theme AS t ON t.theme_code = p.theme_code;
