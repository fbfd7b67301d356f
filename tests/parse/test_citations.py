import pytest

from etl.parse.citations import find_citations
from etl.parse.folding import fold


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("落实《行政处罚法》和《实施办法》", [("行政处罚法", None), ("实施办法", None)]),
        ("《关于印发〈办法〉的通知》（沪府〔2023〕5号）", [("关于印发〈办法〉的通知", "沪府〔2023〕5号")]),
        ("《关于《甲》的通知》", [("关于《甲》的通知", None)]),
        ("依据临卫发〔2024〕12号文件", [(None, "临卫发〔2024〕12号")]),
        ("根据〔2024〕12号", [(None, "〔2024〕12号")]),
        ("《没有结尾\n》", []),
        ("《》", []),
    ],
)
def test_citations(text, citations):
    found = find_citations(text, fold(text))
    assert [(c.title, c.document_number) for c in found] == citations
    assert all(text[c.char_start : c.char_end] == (c.title or c.document_number) for c in found)
