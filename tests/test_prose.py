"""Prose: how a text is set in lines, and the lines in pages."""

from rich.cells import cell_len

from kiosk.widgets.prose import Line, paged, set_lines

BODY = """
First paragraph, long enough for two lines.

## A heading

- one item
- another, which is too long for one line

```
 o
/|\\
```

最后一段。
"""


def test_a_text_is_set_with_air_between_paragraphs_and_none_between_items() -> None:
    assert [line.text for line in set_lines(BODY, 30)] == [
        "First paragraph, long enough",
        "for two lines.",
        "",
        "A heading",
        "",
        " - one item",
        " - another, which is too long",
        "   for one line",
        "",
        "   o",
        "  /|\\",
        "",
        "最后一段。",
    ]
    assert all(cell_len(line.text) <= 20 for line in set_lines(BODY, 20))


def pages(lines: list[Line], height: int) -> list[list[Line]]:
    """The pages without the empty lines that fill them."""
    rows = paged(lines, height)
    assert len(rows) % height == 0
    cut = [rows[at : at + height] for at in range(0, len(rows), height)]
    return [[line for line in page if line.text] for page in cut]


def test_every_line_stands_on_exactly_one_page() -> None:
    lines = set_lines(BODY * 4, 30)
    for height in range(1, 30):
        told = [line for page in pages(lines, height) for line in page]
        assert told == [line for line in lines if line.text]


def test_no_page_ends_with_a_heading_or_parts_a_drawing() -> None:
    lines = set_lines(BODY * 4, 30)
    for height in range(6, 20):
        for page in pages(lines, height):
            assert page[-1].style != "bold $jade"
            assert page[0].text != "  /|\\"


def test_a_page_leaves_no_line_of_a_paragraph_alone() -> None:
    paragraph = set_lines("word " * 40, 20)
    for height in range(4, 10):
        assert len(paragraph) > height
        assert all(len(page) > 1 for page in pages(paragraph, height))


def test_what_is_higher_than_a_page_is_parted_all_the_same() -> None:
    assert [len(page) for page in pages([Line("x", holds=True)] * 10, 4)] == [4, 4, 2]
