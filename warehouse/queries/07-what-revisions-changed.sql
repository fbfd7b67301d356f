-- 问题:     公布之后,哪些报告改过数字?改了什么?
-- Question: which figures were changed in reports after they had been published?
-- 改这里:   起始年度。
-- Change:   the first year.
-- 注意:     只改文字、不改数字的修订不在其中;改写较多的句子可能显示为一删一增。两版的原始字节都在存档里(raw_sha256)。
-- Caveats:  a revision that altered words only has no row; a figure in a sentence written anew may be one removed and one added.
SELECT
    organization_short,
    report_year,
    revision,
    change,
    label,
    previous_quote,
    quote,
    difference,
    coalesce(unit, previous_unit) AS unit,
    previous_sentence,
    sentence,
    source_url
FROM reporting.changes
WHERE report_year >= 2022 -- ← 改这里 change here
ORDER BY organization_short, report_year, revision, coalesce(char_start, previous_char_start), label;
