-- 问题:     报告修订后,哪些数字改了、增了、删了?
-- Question: which figures did a revision of a report alter, add or remove?
-- 粒度:     报告的某一版本与前一版本之间不同的一个数字(含各次修订)。
-- Grain:    one figure that differs between a revision and the one before it, for all revisions of a report.
-- 注意:     两个版本的数字分三步配对,每步只用前面未配上的:(1) place:除数字外完全相同的句子中次序相同者(两版个数须相等);(2) 名称、数值、单位、限定、
--           类别、时期均相同者视为未变,只是移动或改写;(3) label:名称、单位、类别、时期相同且两版各只有一个者。配对后不同的为 altered,配不上的为
--           added 或 removed。经更正的数字按更正后计。隔离的版本不计。
-- Caveats:  figures of both revisions are paired in three steps, each with what the steps before have left. (1) place: the nth figure of sentences
--           that are the same but for their digits, where both revisions have equally many; (2) figures of the same label, value, unit,
--           qualifier, kind and period, wherever they stand: unchanged, the text was moved or reworded; (3) label: the only figure of a label,
--           unit, kind and period on both sides. Pairs that differ are altered; what stays alone is added or removed. So a reworded sentence whose
--           label changed as well is one removed and one added figure. Corrected figures count as corrected. Revisions in quarantine are
--           not there, and previous is the last good one before. A report that went back to its first text keeps its old revision numbers.
CREATE VIEW reporting.changes AS
WITH pairs AS (
    SELECT * FROM (
        SELECT
            report_id, document_id, organization_id, report_year, revision, published_on, first_seen_at, source_url, raw_sha256,
            lag(struct_pack(report_id, revision, source_url, raw_sha256)) OVER (PARTITION BY document_id ORDER BY revision) AS previous
        FROM main.dim_report
    ) AS numbered
    WHERE previous IS NOT NULL
),
sides AS (
    SELECT report_id AS pair, true AS is_new, report_id FROM pairs
    UNION ALL
    SELECT report_id, false, previous.report_id FROM pairs
),
figures AS (
    SELECT
        s.pair, s.is_new, f.metric_id, f.metric_code, f.label, f.value, f.value_high, f.unit, f.qualifier, f.kind, f.period,
        f.quote, f.sentence, f.char_start, f.char_end,
        -- 评查案卷#份,优秀率#%
        regexp_replace(f.sentence, '[0-9０-９]+([,，.．][0-9０-９]+)*', '#', 'g') AS frame
    FROM sides AS s
    JOIN main.fact_metric AS f USING (report_id)
),
placed AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY pair, is_new, frame ORDER BY char_start, label, metric_id) AS nth,
        count(*) OVER (PARTITION BY pair, is_new, frame) AS in_frame
    FROM figures
),
by_place AS (
    SELECT n.pair, n.metric_id, o.metric_id AS previous_metric_id, 'place' AS matched_by
    FROM placed AS n
    JOIN placed AS o USING (pair, frame, nth, in_frame)
    WHERE n.is_new AND NOT o.is_new
),
unplaced AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY pair, is_new, label, value, value_high, unit, qualifier, kind, period ORDER BY char_start, metric_id
        ) AS nth_alike
    FROM figures AS f
    WHERE CASE WHEN is_new
        THEN NOT EXISTS (SELECT 1 FROM by_place AS b WHERE b.pair = f.pair AND b.metric_id = f.metric_id)
        ELSE NOT EXISTS (SELECT 1 FROM by_place AS b WHERE b.pair = f.pair AND b.previous_metric_id = f.metric_id)
    END
),
alone AS (
    SELECT *, count(*) OVER (PARTITION BY pair, is_new, label, unit, kind, period) AS of_label
    FROM unplaced AS f
    WHERE NOT EXISTS (
        SELECT 1 FROM unplaced AS o
        WHERE o.pair = f.pair AND o.is_new <> f.is_new AND o.label = f.label AND o.value = f.value
            AND o.value_high IS NOT DISTINCT FROM f.value_high AND o.unit = f.unit AND o.qualifier = f.qualifier AND o.kind = f.kind
            AND o.period = f.period AND o.nth_alike = f.nth_alike
    )
),
by_label AS (
    SELECT n.pair, n.metric_id, o.metric_id AS previous_metric_id, 'label' AS matched_by
    FROM alone AS n
    JOIN alone AS o USING (pair, label, unit, kind, period, of_label)
    WHERE n.is_new AND NOT o.is_new AND of_label = 1
),
matched AS (
    SELECT * FROM by_place
    UNION ALL
    SELECT * FROM by_label
    UNION ALL
    SELECT pair, CASE WHEN is_new THEN metric_id END, CASE WHEN NOT is_new THEN metric_id END, NULL
    FROM alone AS a
    WHERE NOT EXISTS (
        SELECT 1 FROM by_label AS b WHERE b.pair = a.pair AND a.metric_id = CASE WHEN a.is_new THEN b.metric_id ELSE b.previous_metric_id END
    )
)
SELECT
    g.name AS organization,
    g.short_name AS organization_short,
    g.level AS organization_level,
    g.district,
    p.report_year,
    p.previous.revision AS previous_revision,
    p.revision,
    CASE WHEN o.metric_id IS NULL THEN 'added' WHEN n.metric_id IS NULL THEN 'removed' ELSE 'altered' END AS change,
    m.matched_by,
    coalesce(n.label, o.label) AS label,
    coalesce(n.metric_code, o.metric_code) AS metric_code,
    o.value AS previous_value,
    n.value,
    CASE WHEN n.unit = o.unit THEN n.value - o.value END::DECIMAL(20, 6) AS difference,
    o.unit AS previous_unit,
    n.unit,
    o.qualifier AS previous_qualifier,
    n.qualifier,
    o.period AS previous_period,
    n.period,
    o.quote AS previous_quote,
    n.quote,
    o.sentence AS previous_sentence,
    n.sentence,
    p.published_on,
    p.first_seen_at,
    p.previous.source_url AS previous_url,
    p.source_url,
    p.previous.raw_sha256 AS previous_raw_sha256,
    p.raw_sha256,
    o.char_start AS previous_char_start,
    o.char_end AS previous_char_end,
    n.char_start,
    n.char_end,
    g.is_sample,
    o.metric_id AS previous_metric_id,
    n.metric_id,
    p.previous.report_id AS previous_report_id,
    p.report_id,
    p.organization_id
FROM matched AS m
JOIN pairs AS p ON p.report_id = m.pair
JOIN main.dim_organization AS g USING (organization_id)
LEFT JOIN figures AS n ON n.pair = m.pair AND n.is_new AND n.metric_id = m.metric_id
LEFT JOIN figures AS o ON o.pair = m.pair AND NOT o.is_new AND o.metric_id = m.previous_metric_id
WHERE (n.value, n.value_high, n.unit, n.qualifier, n.period) IS DISTINCT FROM (o.value, o.value_high, o.unit, o.qualifier, o.period);
