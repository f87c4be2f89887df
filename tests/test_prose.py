"""Prose: how a text is set in lines, and the lines in pages."""

from rich.cells import cell_len

from kiosk.widgets.prose import Line, page_starts, set_lines

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


def test_every_line_stands_on_exactly_one_page_or_is_air_between_two() -> None:
    lines = set_lines(BODY * 4, 30)
    for height in range(4, 30):
        starts = page_starts(lines, height)
        assert starts[0] == 0
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            over = lines[start + height : end]
            assert all(not line.text for line in over), height


def test_no_page_ends_with_a_heading_or_parts_a_drawing() -> None:
    lines = set_lines(BODY * 4, 30)
    for height in range(6, 20):
        for start in page_starts(lines, height)[1:]:
            before = [line for line in lines[:start] if line.text][-1]
            assert before.style != "bold $jade"
            assert lines[start].text != "  /|\\"


def test_a_page_leaves_no_line_of_a_paragraph_alone() -> None:
    paragraph = set_lines("word " * 40, 20)
    for height in range(4, 12):
        for start in page_starts(paragraph, height)[1:]:
            assert start not in (1, len(paragraph) - 1)


def test_what_is_higher_than_a_page_is_parted_all_the_same() -> None:
    assert page_starts([Line("x", holds=True)] * 10, 4) == [0, 4, 8]
