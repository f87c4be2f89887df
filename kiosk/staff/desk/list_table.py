"""The table of today's list, and the keys below it."""

from collections.abc import Collection, Mapping

from kiosk.languages.language import Language
from kiosk.staff.asking.key_lines import Key
from kiosk.staff.asking.key_row import KeyRow
from kiosk.staff.desk.table import QueueTable
from kiosk.staff.seen.rows import Row


class ListTable(QueueTable):
    """Who is booked, a line each; Enter checks in, or goes to the ticket of who is here."""

    def headers(self, lang: Language) -> Mapping[str, str]:
        """What stands above each column, by its key."""
        return {
            "mark": "",
            "ticket": lang("Time"),
            "name": lang("Name"),
            "service": lang("For"),
            "appointment": lang("No."),
            "wait": lang("Min."),
            "status": lang("Status"),
            "flags": lang("With"),
        }

    def loud(self, row: Row) -> Collection[str]:
        """Who is missing, and how late somebody is."""
        if row.urgent:
            return {"mark", "ticket", "wait", "status"}
        return {"mark", "wait", "status"} if row.late else ()

    def on_unmount(self) -> None:
        """Let go of every name."""
        self.clear()


class ListKeys(KeyRow):
    """What may be done with whoever is under the cursor."""

    def __init__(self, lang: Language) -> None:
        super().__init__(
            "list-keys",
            [
                Key("call_this", "Enter", lang("is here: check in"), ""),
                Key("search", "/", lang("find"), ""),
                Key("show_phone", "v", lang("phone"), ""),
                Key("hide", "h", lang("hide names"), ""),
                Key("queue", "Esc", lang("Queue"), ""),
            ],
        )
