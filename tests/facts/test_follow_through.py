"""Plans beside what the report of the year after says was done: which rows there are, their ids, order and strength."""

from decimal import Decimal

import pytest

from etl.facts.follow_through import FollowThrough, strength
from etl.schema import TABLES

WANTED = "推出原创普法短视频18期，新建法治口袋公园和邻里驿站1处。"
PLAN = {"measure_id": "plan", "report_id": "r22", "part": "plan", "text": WANTED, "theme_code": None}
VIDEOS = "推出原创普法短视频18期，观看三万人次。"
PARK = "建成法治口袋公园、邻里驿站，社区居民出门就能学法。"


def done(text, number=1, part="achievement", theme=None):
    return {"measure_id": f"done{number}", "report_id": "r23", "part": part, "text": text, "theme_code": theme}


def matched(*measures, plans=(PLAN,)):
    follow = FollowThrough()
    follow.add({"organization_id": "o", "report_year": 2022}, plans)
    report = {"organization_id": "o", "report_year": 2023, "report_id": "r23"}
    assert follow.asks_for(report)
    return follow.rows(report, measures)


def test_a_plan_with_what_was_done_about_it():
    [row] = matched(done("依法开展消防检查90次。", 1), done(VIDEOS, 2))
    assert (row["report_id"], row["measure_id"], row["done_report_id"], row["done_measure_id"]) == ("r22", "plan", "r23", "done2")
    assert row["rank"] == 1
    assert Decimal("0.4") <= row["score"] <= 1
    assert row["shared_words"].split()[:2] == ["推出原创普法短视频", "18期"]
    assert row["same_theme"] is None


def test_a_plan_for_which_nothing_was_found_is_a_row_without_match():
    [row] = matched(done("依法开展消防检查90次。"))
    assert (row["measure_id"], row["done_report_id"]) == ("plan", "r23")
    assert not {"done_measure_id", "rank", "score", "strength", "shared_words"} & set(row)


def test_a_report_without_anything_done_leaves_all_plans_open():
    assert len(matched()) == 1
    assert len(matched(done(VIDEOS, part="shortcoming"), done(VIDEOS, 2, part="plan"))) == 1
    assert "done_measure_id" not in matched(done(VIDEOS, part="shortcoming"))[0]


def test_what_leaders_did_counts_as_done():
    assert matched(done(VIDEOS, part="leadership"))[0]["done_measure_id"] == "done1"


def test_a_plan_of_two_things_finds_both_and_the_same_thing_only_once():
    rows = matched(*(done(text, number) for number, text in enumerate((VIDEOS, PARK, "播放原创普法短视频。"))))
    assert {row["done_measure_id"] for row in rows} == {"done0", "done1"}
    assert [row["rank"] for row in rows] == [1, 2]
    assert rows[0]["score"] >= rows[1]["score"]


def test_a_common_theme_raises_the_score():
    plan = PLAN | {"theme_code": "publicity"}
    scores = [matched(done(VIDEOS, theme=theme), plans=[plan])[0] for theme in ("publicity", "disputes", None)]
    assert scores[0]["score"] > scores[1]["score"] == scores[2]["score"]
    assert [row["same_theme"] for row in scores] == [True, False, None]


def test_the_same_facts_give_the_same_rows_and_ids_differ():
    measures = [done(VIDEOS, 1), done(PARK, 2)]
    assert matched(*measures) == matched(*measures)
    plans = [PLAN, PLAN | {"measure_id": "other", "text": "完善行政应诉机制，规范出庭应诉。"}]
    ids = [row["follow_through_id"] for row in matched(*measures, plans=plans)]
    assert len(set(ids)) == len(ids) == 3


def test_of_equal_matches_the_earlier_one_is_shown():
    assert [row["done_measure_id"] for row in matched(done(VIDEOS, 1), done(VIDEOS, 2))] == ["done1"]


def test_only_the_year_after_is_asked():
    follow = FollowThrough()
    follow.add({"organization_id": "o", "report_year": 2022}, [PLAN])
    follow.add({"organization_id": "p", "report_year": 2022}, [done(VIDEOS)])
    asked = [("o", 2023), ("o", 2022), ("o", 2024), ("p", 2023)]
    assert [follow.asks_for({"organization_id": body, "report_year": year}) for body, year in asked] == [True, False, False, False]


@pytest.mark.parametrize(("score", "reading"), [("0.8", "strong"), ("0.799", "likely"), ("0.5", "likely"), ("0.499", "weak")])
def test_how_a_score_reads(score, reading):
    assert strength(Decimal(score)) == reading


def test_rows_have_the_columns_of_the_table():
    names = set(TABLES["fact_follow_through"].column_names)
    assert set(matched(done(VIDEOS))[0]) == names
