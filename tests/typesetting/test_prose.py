"""Prose: how a text is set in lines, and the lines in pages."""

from rich.cells import cell_len

from kiosk.typesetting.paging import paged
from kiosk.typesetting.setting import Line, set_lines, spaced

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


WARNING = """
Some words before it.

## When to get help

Call 120 at once:

- one sign
- another sign, which is too long for one line of it
- a third

After it.

Put a hand on your head.

```
 o/
/|
```
"""


def page_with(lines: list[Line], height: int, text: str) -> str:
    """What stands on the page that says `text`."""
    told = ["\n".join(line.text for line in page) for page in pages(lines, height)]
    return next(page for page in told if text in page)


def test_a_list_stands_with_its_heading_and_with_what_leads_into_it() -> None:
    lines = set_lines(WARNING, 30)
    for height in range(9, 24):
        page = page_with(lines, height, "a third")
        assert "When to get help" in page
        assert "Call 120 at once:" in page


def test_a_list_longer_than_a_page_is_parted_between_two_items() -> None:
    lines = set_lines("Mind this:\n" + "- an item that takes two lines\n" * 9, 20)
    for height in range(5, 12):
        told = pages(lines, height)
        assert len(told) > 1
        assert told[0][0].text == "Mind this:"
        assert all(page[0].text.startswith(" - ") for page in told[1:])


def test_a_drawing_stands_with_the_text_it_shows() -> None:
    lines = set_lines(WARNING, 30)
    for height in range(6, 24):
        assert "Put a hand" in page_with(lines, height, "/|")


def test_what_names_the_emergency_number_is_read_in_one_look() -> None:
    body = "Some words. " * 9 + "\n\n" + "If it hurts, lie down. " * 4 + "Call 120."
    whole, parted = set_lines(body, 30, emergency="120"), set_lines(body, 30)
    assert all(page_with(whole, height, "120").count("hurts") == 4 for height in range(6, 12))
    assert page_with(parted, 7, "120").count("hurts") < 4


def test_a_warning_after_a_list_stands_with_it_where_there_is_room() -> None:
    body = "Word.\n\n" * 4 + "- one sign\n- another\n\nCall 120."
    lines = set_lines(body, 30, emergency="120")
    assert "one sign" in page_with(lines, 10, "120")
    assert "another" in page_with(lines, 4, "one sign")


def test_air_between_the_lines_never_parts_what_belongs_together() -> None:
    lines = set_lines(WARNING, 30)
    for height in range(9, 30):
        page = page_with(spaced(lines, height), height, "a third")
        assert "Call 120 at once:" in page
    close, items, all_lines = (len(spaced(lines, height)) for height in (9, 12, 40))
    assert close < items < all_lines


def test_air_at_the_end_makes_no_page() -> None:
    assert len(paged(spaced([Line("a"), Line("b")], 3), 3)) == 3
