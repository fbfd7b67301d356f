-- 问题:     上年计划要做的事,今年的报告里哪些没有下文,或只有不确定的对应?
-- Question: which plans of last year's report are not heard of again in this year's, or only perhaps?
-- 改这里:   今年的报告年度。
-- Change:   the year of the report that should tell what was done.
-- 注意:     按措辞和主题查找:没找到不等于没做,请对照两份原文;maybe 为最接近的一项,不确定。今年没有报告的机构不在其中。
-- Caveats:  found by wording and theme: "not found" does not mean "not done". maybe is the nearest measure, where there is a weak one.
SELECT
    organization_short,
    plan_text,
    plan_theme_zh,
    strength,
    done_text AS maybe,
    plan_url,
    done_url
FROM reporting.plan_follow_through
WHERE done_year = 2024 -- ← 改这里 change here
    AND (done_measure_id IS NULL OR (rank = 1 AND strength = 'weak'))
ORDER BY organization_short, plan_char_start;
