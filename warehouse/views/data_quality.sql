-- 问题:     每次运行通过了哪些校验,与上次相比如何,隔离了哪些报告?
-- Question: which checks does each run pass, how does that change from run to run, and what did a run keep out?
-- 粒度:     一次运行中的一条校验,或一种页面读不出的原因(suite 为 pages)。
-- Grain:    one expectation, or one reason why pages could not be read (suite `pages`), in one run.
-- 注意:     share 为不合格行占检查行的百分比,未检查为空。quarantined 为该规则隔离的页面数,run_quarantined 为该次运行隔离的页面总数。
--           previous_unexpected 为同一来源上次检查该规则时的不合格数。校验前即中止的运行没有记录。
-- Caveats:  share is the failing rows in percent of those looked at; null where nothing was. quarantined counts pages that this rule kept out,
--           run_quarantined those that any rule did, in that run. previous_unexpected is of the last run of the same source before it that
--           checked the rule. Runs that were ended before they checked have no row. A reason for unread pages has no row in runs without such.
CREATE VIEW reporting.data_quality AS
WITH kept_out AS (
    SELECT run_id, stage, rule, count(DISTINCT source_url) AS pages, min(reason) AS reason FROM main.ops_quarantine GROUP BY ALL
),
by_run AS (
    SELECT run_id, count(DISTINCT source_url) AS pages FROM main.ops_quarantine GROUP BY run_id
),
checks AS (
    SELECT v.*, coalesce(k.pages, 0)::INTEGER AS quarantined
    FROM main.ops_validation AS v
    LEFT JOIN kept_out AS k ON k.run_id = v.run_id AND k.rule = v.rule AND k.stage = 'validate'
    UNION ALL
    SELECT run_id, 'pages', rule, 'page_is_read', 'critical', false, NULL, pages::INTEGER, reason, pages::INTEGER FROM kept_out WHERE stage = 'parse'
)
SELECT
    r.source,
    r.started_at,
    r.state,
    c.suite,
    c.rule,
    c.expectation,
    c.severity,
    c.success,
    c.evaluated,
    c.unexpected,
    round(100.0 * c.unexpected / nullif(c.evaluated, 0), 2)::DECIMAL(20, 6) AS share,
    lag(c.unexpected) OVER (PARTITION BY r.source, c.suite, c.rule ORDER BY r.started_at, c.run_id) AS previous_unexpected,
    c.sample AS example,
    c.quarantined,
    coalesce(q.pages, 0)::INTEGER AS run_quarantined,
    c.run_id
FROM checks AS c
JOIN main.ops_run AS r USING (run_id)
LEFT JOIN by_run AS q USING (run_id);
