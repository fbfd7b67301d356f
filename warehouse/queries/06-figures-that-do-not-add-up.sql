-- 问题:     哪些报告里的数字对不上?
-- Question: in which reports do figures not add up?
-- 改这里:   起始年度。
-- Change:   the first year.
-- 注意:     对不上的是已公布的原文。corrected 为 true 的已按依据更正,查询结果中的数字已是更正后的。
-- Caveats:  this is what was published; where corrected is true, the figure in the warehouse has been mended, with its reason in main.fact_correction.
SELECT organization_short, report_year, expression, stated, expected, unit, corrected, sentence, other_sentence, source_url, other_url
FROM reporting.findings
WHERE report_year >= 2022 -- ← 改这里 change here
    AND kind = 'arithmetic'
ORDER BY report_year DESC, organization_short, char_start;
