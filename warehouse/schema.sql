-- Generated from etl/schema/tables.toml by `make docs`; do not edit.

CREATE TABLE dim_organization (
    "organization_id" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "short_name" VARCHAR NOT NULL,
    "level" VARCHAR NOT NULL,
    "district" VARCHAR NOT NULL,
    "parent_organization_id" VARCHAR,
    "is_sample" BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id)
);
COMMENT ON TABLE dim_organization IS '发布报告的机构 | A body that publishes reports. Grain: one body.';
COMMENT ON COLUMN dim_organization."organization_id" IS '机构标识 | Stable id of the body';
COMMENT ON COLUMN dim_organization."name" IS '机构全称;虚构机构带“（示例）” | Full name; invented bodies are marked （示例）';
COMMENT ON COLUMN dim_organization."short_name" IS '机构简称 | Short name';
COMMENT ON COLUMN dim_organization."level" IS '层级:区、部门、街道、镇、市、省、其他 | district, department, street, town, city, province or other';
COMMENT ON COLUMN dim_organization."district" IS '所属区 | District that the body belongs to';
COMMENT ON COLUMN dim_organization."parent_organization_id" IS '上级机构(区政府) | Parent body: the district government';
COMMENT ON COLUMN dim_organization."is_sample" IS '是否虚构示例 | True for a made-up body of the sample portal';

CREATE TABLE dim_report (
    "report_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "organization_id" VARCHAR NOT NULL,
    "report_year" INTEGER NOT NULL,
    "title" VARCHAR NOT NULL,
    "source_url" VARCHAR NOT NULL,
    "portal" VARCHAR NOT NULL,
    "published_on" DATE,
    "published_from" VARCHAR,
    "written_on" DATE,
    "first_seen_at" TIMESTAMPTZ NOT NULL,
    "fetched_at" TIMESTAMPTZ NOT NULL,
    "gone_at" TIMESTAMPTZ,
    "revision" INTEGER NOT NULL,
    "is_current" BOOLEAN NOT NULL,
    "body_sha256" VARCHAR NOT NULL,
    "raw_sha256" VARCHAR NOT NULL,
    "charset" VARCHAR,
    "charset_from" VARCHAR,
    "body_from" VARCHAR,
    "body_url" VARCHAR,
    "char_count" INTEGER NOT NULL,
    "parser_version" VARCHAR NOT NULL,
    "body_text" VARCHAR NOT NULL,
    PRIMARY KEY (report_id)
);
COMMENT ON TABLE dim_report IS '报告的一个版本 | A revision of a report. Grain: one revision of one report (body x year); is_current marks the latest.';
COMMENT ON COLUMN dim_report."report_id" IS '报告版本标识 | Stable id of the revision: document and text';
COMMENT ON COLUMN dim_report."document_id" IS '报告标识(机构×年度),各版本共用 | Stable id of the report (body x year), shared by its revisions';
COMMENT ON COLUMN dim_report."organization_id" IS '机构标识 | Body that reports';
COMMENT ON COLUMN dim_report."report_year" IS '报告年度 | Year that the report is about';
COMMENT ON COLUMN dim_report."title" IS '标题 | Title as published';
COMMENT ON COLUMN dim_report."source_url" IS '原文地址 | Address of the page';
COMMENT ON COLUMN dim_report."portal" IS '来源(来源登记表的条目) | Entry of the source registry';
COMMENT ON COLUMN dim_report."published_on" IS '发布日期 | Date of publication: what published_from says';
COMMENT ON COLUMN dim_report."published_from" IS '发布日期的依据:meta、label、list、address | What tells it: a meta tag, a label on the page, the list, or the address';
COMMENT ON COLUMN dim_report."written_on" IS '成文日期 | Date of writing, where the page states it';
COMMENT ON COLUMN dim_report."first_seen_at" IS '首次抓取到该版本的时间 | When this text was first received';
COMMENT ON COLUMN dim_report."fetched_at" IS '收到所读字节的时间 | When the bytes that were read were received';
COMMENT ON COLUMN dim_report."gone_at" IS '原文页面下线时间;仍在则为空 | Since when the page is gone (404 several times in a row); null while it is there';
COMMENT ON COLUMN dim_report."revision" IS '版本号,从1起 | 1 for the first text seen, then 2, 3 …';
COMMENT ON COLUMN dim_report."is_current" IS '是否最新版本 | True for the latest revision';
COMMENT ON COLUMN dim_report."body_sha256" IS '正文文本的SHA-256 | SHA-256 of the body text';
COMMENT ON COLUMN dim_report."raw_sha256" IS '原始字节的SHA-256(存档文件名) | SHA-256 of the bytes: the file in the archive';
COMMENT ON COLUMN dim_report."charset" IS '字符编码 | Charset of the page';
COMMENT ON COLUMN dim_report."charset_from" IS '编码的依据:bom、utf8、header、meta、fallback等 | What decided the charset: bom, utf8, utf8_damaged, header, meta or fallback';
COMMENT ON COLUMN dim_report."body_from" IS '正文所在:页面容器、trafilatura(推测)、附件类型 | Where the body was found: a known box of the page, trafilatura (a guess), or the kind of the attachment';
COMMENT ON COLUMN dim_report."body_url" IS '正文来自附件时的附件地址 | Address of the attachment that holds the body; null where the page does';
COMMENT ON COLUMN dim_report."char_count" IS '正文字数 [字] | Characters of the body text';
COMMENT ON COLUMN dim_report."parser_version" IS '解析器版本 | Version of the parser';
COMMENT ON COLUMN dim_report."body_text" IS '正文文本;所有字符位置以此为准 | Body text; all character offsets count in it';

CREATE TABLE dim_section (
    "section_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "parent_section_id" VARCHAR,
    "level" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "ordinal" VARCHAR,
    "heading" VARCHAR NOT NULL,
    "part" VARCHAR NOT NULL,
    "char_start" INTEGER NOT NULL,
    "char_end" INTEGER NOT NULL,
    PRIMARY KEY (section_id)
);
COMMENT ON TABLE dim_section IS '报告中的标题 | A heading of a report. Grain: one heading of one revision.';
COMMENT ON COLUMN dim_section."section_id" IS '标题标识 | Stable id of the heading';
COMMENT ON COLUMN dim_section."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN dim_section."parent_section_id" IS '上级标题 | Heading above it';
COMMENT ON COLUMN dim_section."level" IS '级别,1为最高 | 1 is the highest';
COMMENT ON COLUMN dim_section."position" IS '在报告中的次序,从1起 | Place in the report, from 1';
COMMENT ON COLUMN dim_section."ordinal" IS '序号(原文) | Number as printed: 一, (一), 1.';
COMMENT ON COLUMN dim_section."heading" IS '标题文字(不含序号) | Heading without its number';
COMMENT ON COLUMN dim_section."part" IS '部分:举措成效、不足、第一责任人、计划、其他 | achievement, shortcoming, leadership, plan or other';
COMMENT ON COLUMN dim_section."char_start" IS '起始字符 | First character in body_text, from 0';
COMMENT ON COLUMN dim_section."char_end" IS '结束字符(不含) | Character after the last';

CREATE TABLE dim_theme (
    "theme_code" VARCHAR NOT NULL,
    "name_zh" VARCHAR NOT NULL,
    "name_en" VARCHAR NOT NULL,
    PRIMARY KEY (theme_code)
);
COMMENT ON TABLE dim_theme IS '主题 | A theme of law-based government. Grain: one theme.';
COMMENT ON COLUMN dim_theme."theme_code" IS '主题代码 | Code';
COMMENT ON COLUMN dim_theme."name_zh" IS '中文名 | Chinese name';
COMMENT ON COLUMN dim_theme."name_en" IS '英文名 | English name';

CREATE TABLE dim_metric (
    "metric_code" VARCHAR NOT NULL,
    "name_zh" VARCHAR NOT NULL,
    "name_en" VARCHAR NOT NULL,
    "unit" VARCHAR NOT NULL,
    "theme_code" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "aggregation" VARCHAR NOT NULL,
    "definition" VARCHAR NOT NULL,
    "definition_en" VARCHAR NOT NULL,
    PRIMARY KEY (metric_code)
);
COMMENT ON TABLE dim_metric IS '规范指标 | A canonical metric of the catalogue. Grain: one canonical metric.';
COMMENT ON COLUMN dim_metric."metric_code" IS '指标代码 | Code';
COMMENT ON COLUMN dim_metric."name_zh" IS '中文名 | Chinese name';
COMMENT ON COLUMN dim_metric."name_en" IS '英文名 | English name';
COMMENT ON COLUMN dim_metric."unit" IS '单位 | Unit';
COMMENT ON COLUMN dim_metric."theme_code" IS '主题代码 | Theme';
COMMENT ON COLUMN dim_metric."kind" IS '类别:存量、流量、比率、变动 | level, flow, rate or change';
COMMENT ON COLUMN dim_metric."aggregation" IS '汇总方式 | How values of one year may be combined: sum, last or none';
COMMENT ON COLUMN dim_metric."definition" IS '定义 | What is counted, in Chinese';
COMMENT ON COLUMN dim_metric."definition_en" IS '英文定义 | What is counted, in English';

CREATE TABLE dim_denominator (
    "metric_code" VARCHAR NOT NULL,
    "denominator_code" VARCHAR NOT NULL,
    "name_zh" VARCHAR NOT NULL,
    "name_en" VARCHAR NOT NULL,
    "unit" VARCHAR NOT NULL,
    "factor" INTEGER NOT NULL,
    PRIMARY KEY (metric_code)
);
COMMENT ON TABLE dim_denominator IS '指标的分母 | The metric that another one is divided by, so that bodies of different size can be compared. Grain: one canonical metric that has a denominator.';
COMMENT ON COLUMN dim_denominator."metric_code" IS '分子指标代码 | Metric that is divided';
COMMENT ON COLUMN dim_denominator."denominator_code" IS '分母指标代码 | Metric of the same report that it is divided by';
COMMENT ON COLUMN dim_denominator."name_zh" IS '比值中文名 | Chinese name of the ratio';
COMMENT ON COLUMN dim_denominator."name_en" IS '比值英文名 | English name of the ratio';
COMMENT ON COLUMN dim_denominator."unit" IS '比值单位 | Unit of the ratio';
COMMENT ON COLUMN dim_denominator."factor" IS '乘数:百分比为100 | What the quotient is multiplied by: 100 for a percentage';

CREATE TABLE fact_measure (
    "measure_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "section_id" VARCHAR,
    "part" VARCHAR NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "enumerator" VARCHAR,
    "title" VARCHAR,
    "text" VARCHAR NOT NULL,
    "theme_code" VARCHAR,
    "theme_words" VARCHAR,
    "lead_organization" VARCHAR,
    "char_start" INTEGER NOT NULL,
    "char_end" INTEGER NOT NULL,
    PRIMARY KEY (measure_id)
);
COMMENT ON TABLE fact_measure IS '举措:做了什么、不足在哪、打算做什么 | A measure: what was done, fell short, or is planned. Grain: one measure of one revision.';
COMMENT ON COLUMN fact_measure."measure_id" IS '举措标识 | Stable id of the measure';
COMMENT ON COLUMN fact_measure."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN fact_measure."section_id" IS '所在标题 | Heading it stands under';
COMMENT ON COLUMN fact_measure."part" IS '部分 | achievement, shortcoming, leadership, plan or other';
COMMENT ON COLUMN fact_measure."ordinal" IS '在报告中的次序,从1起 | Place in the report, from 1';
COMMENT ON COLUMN fact_measure."enumerator" IS '序号(原文),如“一是” | Enumerator as printed: 一是, ①, 1.';
COMMENT ON COLUMN fact_measure."title" IS '小标题 | Leading clause, where it is title-like';
COMMENT ON COLUMN fact_measure."text" IS '全文(不含序号) | Text without its enumerator';
COMMENT ON COLUMN fact_measure."theme_code" IS '主题代码 | Theme, where known';
COMMENT ON COLUMN fact_measure."theme_words" IS '据以判定主题的词 | Words that decided the theme; null where unknown';
COMMENT ON COLUMN fact_measure."lead_organization" IS '牵头机构 | Organisation that leads, where named';
COMMENT ON COLUMN fact_measure."char_start" IS '起始字符 | First character in body_text, from 0';
COMMENT ON COLUMN fact_measure."char_end" IS '结束字符(不含) | Character after the last';

CREATE TABLE fact_metric (
    "metric_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "section_id" VARCHAR,
    "measure_id" VARCHAR,
    "metric_code" VARCHAR,
    "metric_pattern" VARCHAR,
    "label" VARCHAR NOT NULL,
    "value" DECIMAL(20, 6) NOT NULL,
    "value_high" DECIMAL(20, 6),
    "unit" VARCHAR NOT NULL,
    "qualifier" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "period" VARCHAR NOT NULL,
    "period_start" DATE,
    "period_end" DATE,
    "subject" VARCHAR,
    "quote" VARCHAR NOT NULL,
    "sentence" VARCHAR NOT NULL,
    "char_start" INTEGER NOT NULL,
    "char_end" INTEGER NOT NULL,
    "rule" VARCHAR NOT NULL,
    PRIMARY KEY (metric_id)
);
COMMENT ON TABLE fact_metric IS '数字:每一个数量、金额或比率 | A figure: every count, amount or rate. Grain: one figure of one revision (a number that stands for two things is two rows).';
COMMENT ON COLUMN fact_metric."metric_id" IS '数字标识 | Stable id of the figure';
COMMENT ON COLUMN fact_metric."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN fact_metric."section_id" IS '所在标题 | Heading it stands under';
COMMENT ON COLUMN fact_metric."measure_id" IS '所在举措 | Measure it stands in';
COMMENT ON COLUMN fact_metric."metric_code" IS '规范指标代码,未对应为空 | Canonical metric; null until mapped';
COMMENT ON COLUMN fact_metric."metric_pattern" IS '据以对应指标的名称模式 | Pattern of the catalogue that the label matched; null where unmapped';
COMMENT ON COLUMN fact_metric."label" IS '所数之物 | What is counted';
COMMENT ON COLUMN fact_metric."value" IS '数值(基本单位) | Value in the base unit: 1.2万人 is 12000';
COMMENT ON COLUMN fact_metric."value_high" IS '区间上限 | Upper end of a range';
COMMENT ON COLUMN fact_metric."unit" IS '单位,无量词为空串 | Unit; empty where the text has none';
COMMENT ON COLUMN fact_metric."qualifier" IS '限定:准确、约、近、超、不少于、不足、不超过 | exact, about, nearly, over, at_least, under or at_most';
COMMENT ON COLUMN fact_metric."kind" IS '类别:存量、流量、比率、变动 | level, flow, rate or change';
COMMENT ON COLUMN fact_metric."period" IS '时期(原记法) | 2023, 2023-11, 2023-Q3, 2021/2025 or as-of:2023-12-31';
COMMENT ON COLUMN fact_metric."period_start" IS '时期首日 | First day of the period; null for as-of';
COMMENT ON COLUMN fact_metric."period_end" IS '时期末日 | Last day of the period, or the as-of day';
COMMENT ON COLUMN fact_metric."subject" IS '行为机构 | Organisation that the sentence names as actor';
COMMENT ON COLUMN fact_metric."quote" IS '原文数字 | The figure as printed';
COMMENT ON COLUMN fact_metric."sentence" IS '所在句 | Sentence it stands in';
COMMENT ON COLUMN fact_metric."char_start" IS '起始字符 | First character in body_text, from 0';
COMMENT ON COLUMN fact_metric."char_end" IS '结束字符(不含) | Character after the last';
COMMENT ON COLUMN fact_metric."rule" IS '判定规则 | Rule that decided label, kind, period and subject';

CREATE TABLE fact_metric_year (
    "metric_id" VARCHAR NOT NULL,
    "metric_code" VARCHAR NOT NULL,
    "organization_id" VARCHAR NOT NULL,
    "report_year" INTEGER NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "value" DECIMAL(20, 6) NOT NULL,
    "unit" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "days" INTEGER NOT NULL,
    "figures" INTEGER NOT NULL,
    "previous_metric_id" VARCHAR,
    "previous_report_id" VARCHAR,
    "previous_value" DECIMAL(20, 6),
    PRIMARY KEY (metric_id)
);
COMMENT ON TABLE fact_metric_year IS '某机构某年某项规范指标所取的数字 | The figure that stands for a canonical metric of a body in a year. Grain: one canonical metric of one body in one year.';
COMMENT ON COLUMN fact_metric_year."metric_id" IS '所取数字标识 | The figure that counts';
COMMENT ON COLUMN fact_metric_year."metric_code" IS '规范指标代码 | Canonical metric';
COMMENT ON COLUMN fact_metric_year."organization_id" IS '机构标识 | Body that reports';
COMMENT ON COLUMN fact_metric_year."report_year" IS '报告年度 | Year that the report is about';
COMMENT ON COLUMN fact_metric_year."report_id" IS '报告版本 | Current revision that it stands in';
COMMENT ON COLUMN fact_metric_year."value" IS '数值(基本单位) | Value in the base unit';
COMMENT ON COLUMN fact_metric_year."unit" IS '单位,无量词为空串 | Unit; empty where the text has none';
COMMENT ON COLUMN fact_metric_year."kind" IS '类别:存量、流量、比率、变动 | level, flow, rate or change';
COMMENT ON COLUMN fact_metric_year."days" IS '时期天数 [天] | Days of its period; 366 for an as-of figure';
COMMENT ON COLUMN fact_metric_year."figures" IS '同一指标数字个数 | Figures of the metric in the report, of which this one counts';
COMMENT ON COLUMN fact_metric_year."previous_metric_id" IS '上年数字标识 | Figure of the year before, where it can be compared';
COMMENT ON COLUMN fact_metric_year."previous_report_id" IS '上年报告版本 | Revision that the figure of the year before stands in';
COMMENT ON COLUMN fact_metric_year."previous_value" IS '上年数值 | Value of the year before, where it can be compared';

CREATE TABLE fact_citation (
    "citation_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "measure_id" VARCHAR,
    "title" VARCHAR,
    "title_normalized" VARCHAR,
    "document_number" VARCHAR,
    "char_start" INTEGER NOT NULL,
    "char_end" INTEGER NOT NULL,
    PRIMARY KEY (citation_id)
);
COMMENT ON TABLE fact_citation IS '引用的文件 | A document cited. Grain: one mention of one document in one revision.';
COMMENT ON COLUMN fact_citation."citation_id" IS '引用标识 | Stable id of the mention';
COMMENT ON COLUMN fact_citation."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN fact_citation."measure_id" IS '所在举措 | Measure it stands in';
COMMENT ON COLUMN fact_citation."title" IS '文件名(书名号内) | Title, as inside 《》';
COMMENT ON COLUMN fact_citation."title_normalized" IS '规范化文件名 | Title to join mentions of one document by: NFKC, no blanks, no edition';
COMMENT ON COLUMN fact_citation."document_number" IS '文号 | Document number';
COMMENT ON COLUMN fact_citation."char_start" IS '起始字符 | First character in body_text, from 0';
COMMENT ON COLUMN fact_citation."char_end" IS '结束字符(不含) | Character after the last';

CREATE TABLE fact_numeral (
    "report_id" VARCHAR NOT NULL,
    "quote" VARCHAR NOT NULL,
    "class" VARCHAR NOT NULL,
    "char_start" INTEGER NOT NULL,
    "char_end" INTEGER NOT NULL,
    PRIMARY KEY (report_id, char_start)
);
COMMENT ON TABLE fact_numeral IS '不是指标的数字 | A numeral that is no metric, with its class: no digit of a report is left out. Grain: one numeral of one revision.';
COMMENT ON COLUMN fact_numeral."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN fact_numeral."quote" IS '原文 | The numeral as printed';
COMMENT ON COLUMN fact_numeral."class" IS '类别:日期、序数、书名、名称、习语、未解释 | date, ordinal, title, name, idiom or unexplained';
COMMENT ON COLUMN fact_numeral."char_start" IS '起始字符 | First character in body_text, from 0';
COMMENT ON COLUMN fact_numeral."char_end" IS '结束字符(不含) | Character after the last';

CREATE TABLE fact_arithmetic (
    "arithmetic_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "metric_id" VARCHAR NOT NULL,
    "metric_ids" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "expression" VARCHAR NOT NULL,
    "holds" BOOLEAN,
    "stated" DECIMAL(20, 6) NOT NULL,
    "expected" DECIMAL(20, 6),
    "unit" VARCHAR NOT NULL,
    "quote" VARCHAR NOT NULL,
    "sentence" VARCHAR NOT NULL,
    "other_sentence" VARCHAR,
    "other_report_id" VARCHAR,
    "char_start" INTEGER NOT NULL,
    "char_end" INTEGER NOT NULL,
    PRIMARY KEY (arithmetic_id)
);
COMMENT ON TABLE fact_arithmetic IS '报告自身数字应当满足的算式 | Arithmetic that the figures of a report should satisfy: sums, parts of a whole, rates, changes. Grain: one statement of one revision.';
COMMENT ON COLUMN fact_arithmetic."arithmetic_id" IS '算式标识 | Stable id of the statement';
COMMENT ON COLUMN fact_arithmetic."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN fact_arithmetic."metric_id" IS '算式所述的数字 | The figure that it speaks of: the result, the whole, the rate, the change';
COMMENT ON COLUMN fact_arithmetic."metric_ids" IS '算式中的全部数字,空格分隔,末位为所述数字 | Ids of all its figures, with blanks between; the one it speaks of last';
COMMENT ON COLUMN fact_arithmetic."rule" IS '类别:增减、合计、其中、比率、变动、同比、重复 | balance, parts, parts_within, rate, change, growth or repeat';
COMMENT ON COLUMN fact_arithmetic."expression" IS '算式 | 22 + 3 - 1 - 1 = 23; ? stands for a figure of last year that is not known';
COMMENT ON COLUMN fact_arithmetic."holds" IS '是否成立;上年数字未知为空 | Whether it holds within the printed digits; null where last year''s figure is not known';
COMMENT ON COLUMN fact_arithmetic."stated" IS '所述数值(基本单位) | What the report says, in the base unit';
COMMENT ON COLUMN fact_arithmetic."expected" IS '算得数值 | What its other figures give; null where they only set a limit, or are not known';
COMMENT ON COLUMN fact_arithmetic."unit" IS '所述数值的单位 | Unit of the figure that it speaks of';
COMMENT ON COLUMN fact_arithmetic."quote" IS '原文 | The words from the first to the last of its figures in that sentence';
COMMENT ON COLUMN fact_arithmetic."sentence" IS '所在句 | Sentence of the figure that it speaks of';
COMMENT ON COLUMN fact_arithmetic."other_sentence" IS '另一句:前文或上年报告 | The other sentence that it takes: above, in a table, or of last year''s report';
COMMENT ON COLUMN fact_arithmetic."other_report_id" IS '另一句所在的报告版本,同一报告为空 | Revision that the other sentence stands in; null for this one';
COMMENT ON COLUMN fact_arithmetic."char_start" IS '起始字符 | First character in body_text, from 0';
COMMENT ON COLUMN fact_arithmetic."char_end" IS '结束字符(不含) | Character after the last';

CREATE TABLE fact_correction (
    "correction_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "metric_id" VARCHAR,
    "name" VARCHAR NOT NULL,
    "state" VARCHAR NOT NULL,
    "field" VARCHAR NOT NULL,
    "quote" VARCHAR NOT NULL,
    "read" VARCHAR,
    "corrected" VARCHAR,
    "expect" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "source" VARCHAR NOT NULL,
    "corrected_on" DATE NOT NULL,
    "author" VARCHAR NOT NULL,
    PRIMARY KEY (correction_id)
);
COMMENT ON TABLE fact_correction IS '对已公布报告中已知错误的更正 | A known error of a published report, corrected; or a correction that no longer fits. Grain: one changed field of one figure of one revision, or one expired correction.';
COMMENT ON COLUMN fact_correction."correction_id" IS '更正标识 | Stable id';
COMMENT ON COLUMN fact_correction."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN fact_correction."metric_id" IS '被更正的数字;删去或失效为空 | Figure that was changed; null where it was dropped or the correction has expired';
COMMENT ON COLUMN fact_correction."name" IS '更正名称(corrections.toml的条目) | Entry of corrections.toml';
COMMENT ON COLUMN fact_correction."state" IS '状态:applied、expired | applied, or expired: its words are no longer in the report';
COMMENT ON COLUMN fact_correction."field" IS '更正的字段;figure表示整个数字 | Column of fact_metric that was changed; figure where the whole figure is meant';
COMMENT ON COLUMN fact_correction."quote" IS '原文数字 | The figure as printed';
COMMENT ON COLUMN fact_correction."read" IS '更正前的值 | What was read from the page';
COMMENT ON COLUMN fact_correction."corrected" IS '更正后的值 | What it was corrected to; null where the figure was dropped';
COMMENT ON COLUMN fact_correction."expect" IS '据以核对的原文 | Words of the report that the correction counts on';
COMMENT ON COLUMN fact_correction."reason" IS '理由 | Why it is an error';
COMMENT ON COLUMN fact_correction."source" IS '依据 | Where the right figure is from';
COMMENT ON COLUMN fact_correction."corrected_on" IS '更正日期 | When the correction was written';
COMMENT ON COLUMN fact_correction."author" IS '更正人 | Who wrote it';

CREATE TABLE fact_finding (
    "finding_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "message" VARCHAR NOT NULL,
    "quote" VARCHAR NOT NULL,
    "char_start" INTEGER NOT NULL,
    "char_end" INTEGER NOT NULL,
    PRIMARY KEY (finding_id)
);
COMMENT ON TABLE fact_finding IS '解析发现:需要人看的地方 | Something in a report that a person should look at. Grain: one finding in one revision.';
COMMENT ON COLUMN fact_finding."finding_id" IS '发现标识 | Stable id of the finding';
COMMENT ON COLUMN fact_finding."report_id" IS '报告版本 | Revision it stands in';
COMMENT ON COLUMN fact_finding."rule" IS '规则 | Rule that found it';
COMMENT ON COLUMN fact_finding."message" IS '说明 | What is to be looked at';
COMMENT ON COLUMN fact_finding."quote" IS '原文 | The words in question';
COMMENT ON COLUMN fact_finding."char_start" IS '起始字符 | First character in body_text, from 0';
COMMENT ON COLUMN fact_finding."char_end" IS '结束字符(不含) | Character after the last';

CREATE TABLE fact_follow_through (
    "follow_through_id" VARCHAR NOT NULL,
    "report_id" VARCHAR NOT NULL,
    "measure_id" VARCHAR NOT NULL,
    "done_report_id" VARCHAR NOT NULL,
    "done_measure_id" VARCHAR,
    "rank" INTEGER,
    "score" DECIMAL(20, 6),
    "strength" VARCHAR,
    "same_theme" BOOLEAN,
    "shared_words" VARCHAR,
    PRIMARY KEY (follow_through_id)
);
COMMENT ON TABLE fact_follow_through IS '计划落实:上年计划的举措与本年报告所述已做举措的对应 | What became of a plan: a planned measure beside what the report of the year after says was done. Grain: one planned measure of a current report that has a current report of the year after by the same body x one match; one row without a match where nothing was found.';
COMMENT ON COLUMN fact_follow_through."follow_through_id" IS '对应标识 | Stable id of the pair';
COMMENT ON COLUMN fact_follow_through."report_id" IS '计划所在报告版本 | Revision that the plan stands in';
COMMENT ON COLUMN fact_follow_through."measure_id" IS '计划的举措 | The planned measure';
COMMENT ON COLUMN fact_follow_through."done_report_id" IS '次年报告版本 | Revision of the report of the year after';
COMMENT ON COLUMN fact_follow_through."done_measure_id" IS '所做举措,未找到为空 | The measure that says what was done; null where none was found';
COMMENT ON COLUMN fact_follow_through."rank" IS '名次,1为最佳 | 1 is the best match of the plan, 3 the last that is kept; null where none was found';
COMMENT ON COLUMN fact_follow_through."score" IS '得分,0至1 | 0 to 1: how sure it is, by wording and theme, that what was done is what was planned';
COMMENT ON COLUMN fact_follow_through."strength" IS '把握:强、较强、弱 | How the score reads: strong, likely or weak';
COMMENT ON COLUMN fact_follow_through."same_theme" IS '主题是否相同,任一不明为空 | Whether both are about the same theme; null where one has none';
COMMENT ON COLUMN fact_follow_through."shared_words" IS '共有的词,空格分隔,重者在前 | The words that decided, with blanks between, the heaviest first';

CREATE TABLE ops_run (
    "run_id" VARCHAR NOT NULL,
    "source" VARCHAR NOT NULL,
    "started_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,
    "state" VARCHAR NOT NULL,
    "listed" INTEGER,
    "unread_lists" VARCHAR,
    "candidates" INTEGER,
    "fetched" INTEGER,
    "not_modified" INTEGER,
    "reports" INTEGER,
    "measures" INTEGER,
    "metrics" INTEGER,
    "quarantined" INTEGER,
    "warnings" INTEGER,
    "error" VARCHAR,
    PRIMARY KEY (run_id)
);
COMMENT ON TABLE ops_run IS '每次运行 | A run of the pipeline. Grain: one run.';
COMMENT ON COLUMN ops_run."run_id" IS '运行标识 | Id of the run';
COMMENT ON COLUMN ops_run."source" IS '来源 | Entry of the source registry';
COMMENT ON COLUMN ops_run."started_at" IS '开始时间 | When it started';
COMMENT ON COLUMN ops_run."ended_at" IS '结束时间 | When it ended; null while it runs or after it was killed';
COMMENT ON COLUMN ops_run."state" IS '状态:running、validated、published、failed | running, validated, published or failed';
COMMENT ON COLUMN ops_run."listed" IS '列表条目数 | Items found on the lists';
COMMENT ON COLUMN ops_run."unread_lists" IS '未能读取的可选列表,每行一个 | Optional lists that could not be read, one line each';
COMMENT ON COLUMN ops_run."candidates" IS '其中报告数 | Items that are reports by their title';
COMMENT ON COLUMN ops_run."fetched" IS '新收到的页面 | Pages received anew';
COMMENT ON COLUMN ops_run."not_modified" IS '未变(304)的页面 | Pages unchanged (304)';
COMMENT ON COLUMN ops_run."reports" IS '现行报告数 | Current reports';
COMMENT ON COLUMN ops_run."measures" IS '现行报告的举措数 | Measures of current reports';
COMMENT ON COLUMN ops_run."metrics" IS '现行报告的数字数 | Figures of current reports';
COMMENT ON COLUMN ops_run."quarantined" IS '隔离的报告数 | Reports in quarantine';
COMMENT ON COLUMN ops_run."warnings" IS '警告数 | Expectations that failed as a warning';
COMMENT ON COLUMN ops_run."error" IS '失败原因 | Why it failed';

CREATE TABLE ops_fetch (
    "fetch_id" VARCHAR NOT NULL,
    "run_id" VARCHAR NOT NULL,
    "url" VARCHAR NOT NULL,
    "page" VARCHAR NOT NULL,
    "fetched_at" TIMESTAMPTZ NOT NULL,
    "status" INTEGER NOT NULL,
    "outcome" VARCHAR,
    "detail" VARCHAR,
    "retry_at" TIMESTAMPTZ,
    "sha256" VARCHAR,
    "bytes" INTEGER,
    "elapsed_ms" INTEGER,
    PRIMARY KEY (fetch_id)
);
COMMENT ON TABLE ops_fetch IS '每次请求 | A request to a portal and its answer. Grain: one request.';
COMMENT ON COLUMN ops_fetch."fetch_id" IS '请求标识 | Stable id of the answer';
COMMENT ON COLUMN ops_fetch."run_id" IS '运行标识 | Run that asked';
COMMENT ON COLUMN ops_fetch."url" IS '地址 | Address';
COMMENT ON COLUMN ops_fetch."page" IS '页面类型:list、article、attachment、robots | list, article, attachment or robots';
COMMENT ON COLUMN ops_fetch."fetched_at" IS '时间 | When';
COMMENT ON COLUMN ops_fetch."status" IS 'HTTP状态;0为无应答 | HTTP status; 0: no answer';
COMMENT ON COLUMN ops_fetch."outcome" IS '结果 | ok, not_modified, redirected, gone, blocked, unreachable, too_large, not_allowed, soft_404, stub or unexpected';
COMMENT ON COLUMN ops_fetch."detail" IS '结果的依据 | What the outcome rests on';
COMMENT ON COLUMN ops_fetch."retry_at" IS '此前不再请求 | Not to be asked again before';
COMMENT ON COLUMN ops_fetch."sha256" IS '字节的SHA-256 | SHA-256 of the bytes received';
COMMENT ON COLUMN ops_fetch."bytes" IS '字节数 [字节] | Bytes received';
COMMENT ON COLUMN ops_fetch."elapsed_ms" IS '耗时 [毫秒] | Time taken';

CREATE TABLE ops_listed (
    "listed_id" VARCHAR NOT NULL,
    "run_id" VARCHAR NOT NULL,
    "source" VARCHAR NOT NULL,
    "url" VARCHAR NOT NULL,
    "title" VARCHAR NOT NULL,
    "list_url" VARCHAR,
    "listed_on" DATE,
    "district" VARCHAR NOT NULL,
    "way" VARCHAR NOT NULL,
    "decided_by" VARCHAR NOT NULL,
    "is_report" BOOLEAN NOT NULL,
    "reason" VARCHAR,
    PRIMARY KEY (listed_id)
);
COMMENT ON TABLE ops_listed IS '列表条目:是否为报告及原因 | An item of a portal''s lists: whether it is a report, and why not. Grain: one address of one source, as listed last.';
COMMENT ON COLUMN ops_listed."listed_id" IS '标识 | Stable id';
COMMENT ON COLUMN ops_listed."run_id" IS '运行标识 | Run that saw it last';
COMMENT ON COLUMN ops_listed."source" IS '来源 | Entry of the source registry';
COMMENT ON COLUMN ops_listed."url" IS '地址 | Address';
COMMENT ON COLUMN ops_listed."title" IS '列表中的标题 | Title on the list';
COMMENT ON COLUMN ops_listed."list_url" IS '列表地址 | List that shows it';
COMMENT ON COLUMN ops_listed."listed_on" IS '列表日期 | Date on the list';
COMMENT ON COLUMN ops_listed."district" IS '所属区 | District of the list';
COMMENT ON COLUMN ops_listed."way" IS '发现方式:list、json、search、archive | How it was found: list, json, search, or archive (known, listed no more)';
COMMENT ON COLUMN ops_listed."decided_by" IS '依据:标题或页面 | What decides: title, or page where the title leaves it open';
COMMENT ON COLUMN ops_listed."is_report" IS '是否作为报告抓取 | Whether it is fetched as a report';
COMMENT ON COLUMN ops_listed."reason" IS '不是报告的原因 | Why not: excluded:<word>, not_matched, not_a_report, no_address, foreign_host:<host>, excluded_path:<beginning> or robots';

CREATE TABLE ops_attachment (
    "attachment_id" VARCHAR NOT NULL,
    "source_url" VARCHAR NOT NULL,
    "url" VARCHAR NOT NULL,
    "name" VARCHAR,
    "kind" VARCHAR,
    "state" VARCHAR NOT NULL,
    "detail" VARCHAR,
    "raw_sha256" VARCHAR,
    PRIMARY KEY (attachment_id)
);
COMMENT ON TABLE ops_attachment IS '报告页面的附件及读取结果 | An attachment of a report''s page, and what became of it. Grain: one attachment of one page, as read last.';
COMMENT ON COLUMN ops_attachment."attachment_id" IS '标识 | Stable id';
COMMENT ON COLUMN ops_attachment."source_url" IS '报告页面地址 | Address of the page';
COMMENT ON COLUMN ops_attachment."url" IS '附件地址 | Address of the attachment';
COMMENT ON COLUMN ops_attachment."name" IS '附件名称 | Name as linked';
COMMENT ON COLUMN ops_attachment."kind" IS '类型 | pdf, docx, xlsx, doc, wps, zip …';
COMMENT ON COLUMN ops_attachment."state" IS '结果 | used_as_body, appended, same_text, read, unsupported, no_text, damaged or not_fetched';
COMMENT ON COLUMN ops_attachment."detail" IS '说明 | In words';
COMMENT ON COLUMN ops_attachment."raw_sha256" IS '字节的SHA-256 | SHA-256 of the bytes: the file in the archive';

CREATE TABLE ops_validation (
    "run_id" VARCHAR NOT NULL,
    "suite" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "expectation" VARCHAR NOT NULL,
    "severity" VARCHAR NOT NULL,
    "success" BOOLEAN NOT NULL,
    "evaluated" INTEGER,
    "unexpected" INTEGER,
    "sample" VARCHAR,
    PRIMARY KEY (run_id, suite, rule)
);
COMMENT ON TABLE ops_validation IS '每条校验的结果 | The result of an expectation in a run. Grain: one expectation in one run.';
COMMENT ON COLUMN ops_validation."run_id" IS '运行标识 | Run';
COMMENT ON COLUMN ops_validation."suite" IS '校验集(表) | Suite';
COMMENT ON COLUMN ops_validation."rule" IS '规则 | Rule';
COMMENT ON COLUMN ops_validation."expectation" IS '校验类型 | Type of expectation';
COMMENT ON COLUMN ops_validation."severity" IS '严重度 | critical, warning or info';
COMMENT ON COLUMN ops_validation."success" IS '是否通过 | Whether it holds';
COMMENT ON COLUMN ops_validation."evaluated" IS '检查的行数 | Rows looked at';
COMMENT ON COLUMN ops_validation."unexpected" IS '不合格的行数 | Rows that fail';
COMMENT ON COLUMN ops_validation."sample" IS '例子 | An example of what failed';

CREATE TABLE ops_quarantine (
    "quarantine_id" VARCHAR NOT NULL,
    "run_id" VARCHAR NOT NULL,
    "stage" VARCHAR NOT NULL,
    "report_id" VARCHAR,
    "source_url" VARCHAR NOT NULL,
    "title" VARCHAR,
    "organization_id" VARCHAR,
    "report_year" INTEGER,
    "raw_sha256" VARCHAR,
    "rule" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "fact_id" VARCHAR,
    "quote" VARCHAR,
    PRIMARY KEY (quarantine_id)
);
COMMENT ON TABLE ops_quarantine IS '隔离的报告及原因 | A report kept out of the facts, with its reason. Grain: one reason for one report in one run.';
COMMENT ON COLUMN ops_quarantine."quarantine_id" IS '标识 | Stable id';
COMMENT ON COLUMN ops_quarantine."run_id" IS '运行标识 | Run';
COMMENT ON COLUMN ops_quarantine."stage" IS '阶段:parse、validate | Stage that refused it: parse or validate';
COMMENT ON COLUMN ops_quarantine."report_id" IS '报告版本,未读成为空 | Revision; null where the page could not be read';
COMMENT ON COLUMN ops_quarantine."source_url" IS '原文地址 | Address of the page';
COMMENT ON COLUMN ops_quarantine."title" IS '标题 | Title, as listed or read';
COMMENT ON COLUMN ops_quarantine."organization_id" IS '机构标识,标题未写明为空 | Body that reports; null where the title of an unread page does not name it';
COMMENT ON COLUMN ops_quarantine."report_year" IS '报告年度,标题未写明为空 | Year that the report is about; null where the title of an unread page does not name it';
COMMENT ON COLUMN ops_quarantine."raw_sha256" IS '原始字节的SHA-256 | SHA-256 of the bytes: the file in the archive';
COMMENT ON COLUMN ops_quarantine."rule" IS '规则或原因代码 | Rule or code of the reason';
COMMENT ON COLUMN ops_quarantine."reason" IS '原因 | Reason in words';
COMMENT ON COLUMN ops_quarantine."fact_id" IS '出错的事实 | Fact that failed';
COMMENT ON COLUMN ops_quarantine."quote" IS '原文 | Its words';
