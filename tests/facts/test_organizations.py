import pytest

from etl.facts.organizations import organization_row, parent_row
from etl.sources import Territory

JINGAN = Territory("静安区", "上海市", invented=False)
YUNHE = Territory("云河区", "临江市", invented=True)


@pytest.mark.parametrize(
    ("printed", "name", "short_name", "level"),
    [
        ("上海市静安区人民政府", "上海市静安区人民政府", "静安区", "district"),
        ("静安区人民政府", "上海市静安区人民政府", "静安区", "district"),
        ("区政府", "上海市静安区人民政府", "静安区", "district"),
        ("静安区司法局", "上海市静安区司法局", "司法局", "department"),
        ("区司法局", "上海市静安区司法局", "司法局", "department"),
        ("上海市静安区人民政府办公室", "上海市静安区办公室", "办公室", "department"),
        ("静安区人民政府南京西路街道办事处", "上海市静安区南京西路街道办事处", "南京西路街道", "street"),
        ("南京西路街道办事处", "上海市静安区南京西路街道办事处", "南京西路街道", "street"),
        ("彭浦镇人民政府", "上海市静安区彭浦镇人民政府", "彭浦镇", "town"),
        ("静安区卫生健康委员会", "上海市静安区卫生健康委员会", "卫生健康委员会", "department"),
    ],
)
def test_every_spelling_of_a_body_is_one_row(printed, name, short_name, level):
    row = organization_row(printed, JINGAN)
    assert (row["name"], row["short_name"], row["level"]) == (name, short_name, level)
    assert row["organization_id"] == organization_row(name, JINGAN)["organization_id"]


def test_a_made_up_body_is_marked_wherever_it_shows():
    row = organization_row("云河区柳溪镇人民政府", YUNHE)
    assert row["is_sample"] is True
    assert row["name"] == "临江市云河区柳溪镇人民政府（示例）"
    assert row["short_name"] == "柳溪镇（示例）"


def test_bodies_hang_under_their_district():
    parent = parent_row(JINGAN)
    assert parent["parent_organization_id"] is None
    assert organization_row("区司法局", JINGAN)["parent_organization_id"] == parent["organization_id"]


def test_the_same_name_in_another_district_is_another_body():
    assert organization_row("司法局", JINGAN)["organization_id"] != organization_row("司法局", YUNHE)["organization_id"]
