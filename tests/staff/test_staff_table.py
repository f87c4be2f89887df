"""What the queue's table paints anew."""

from pathlib import Path

import pytest
from staff_driver import Desk
from textual.strip import Strip

from kiosk.staff.desk.table import QueueTable


async def test_a_change_elsewhere_paints_only_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    people = [desk.arrive(f"Guest {nth}") for nth in range(40)]
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Guest 3")
        painted: list[int] = []
        render_line = QueueTable.render_line

        def note(table: QueueTable, y: int) -> Strip:
            painted.append(y)
            return render_line(table, y)

        monkeypatch.setattr(QueueTable, "render_line", note)
        desk.store.amend(people[3].id, "Mei", first_visit=True)
        await desk.sees("new")
        assert set(painted) == {4}
        painted.clear()
        desk.store.amend(people[39].id, "Mei", first_visit=True)
        revision = desk.now_is(people[39]).revision
        await desk.until(
            lambda: desk.app.screen.queue.snapshot.find(people[39].id).revision == revision
        )
        await desk.settle()
        assert painted == []
        # Whom a key brings may be shown only later; whoever moves the cursor meanwhile keeps it.
        table = desk.app.screen.query_one(QueueTable)
        call, before = object(), object()
        table.expect(call)
        later = desk.arrive("Later")
        table.bring(before, people[1].id)
        table.bring(call, later.id)
        await desk.until(lambda: table.selected == later.id)
        for keys, stands_on in (((), people[2]), (("home",), people[0])):
            table.expect(call)
            await desk.press(*keys)
            table.bring(call, people[2].id)
            assert table.selected == stands_on.id
