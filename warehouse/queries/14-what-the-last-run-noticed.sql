-- 问题:     最近一次运行哪些校验未通过、隔离了什么?与上次相比如何?
-- Question: which checks did the last run fail, what did it keep out, and how was that the run before?
-- 改这里:   无;要看以往的运行,把 last 改为所要的 run_id。
-- Change:   nothing, or the run_id in last for another run.
-- 注意:     warning 与 info 不影响公布;critical 的报告已被隔离,不在库中。
-- Caveats:  a warning or info keeps nothing out; a report that failed a critical check is not in the warehouse.
WITH last AS (
    SELECT run_id FROM main.ops_run WHERE state = 'published' ORDER BY ended_at DESC LIMIT 1 -- ← 改这里 change here
)
SELECT severity, suite, rule, evaluated, unexpected, share, previous_unexpected, quarantined, example
FROM reporting.data_quality
JOIN last USING (run_id)
WHERE NOT success
ORDER BY severity, suite, rule;
