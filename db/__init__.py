"""What the clinic records: check-ins, their queue, the staff accounts, and who did what.

A name is loaded when it is first asked for: Home needs two enums, and all of it takes 50 ms.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.accounts.accounts import Accounts as Accounts
    from db.accounts.accounts import open_accounts as open_accounts
    from db.accounts.errors import AccountError as AccountError
    from db.accounts.errors import AccountExists as AccountExists
    from db.accounts.errors import AccountLocked as AccountLocked
    from db.accounts.errors import UnknownAccount as UnknownAccount
    from db.accounts.errors import WrongPin as WrongPin
    from db.accounts.kept import Account as Account
    from db.accounts.kept import AccountNow as AccountNow
    from db.accounts.kept import Role as Role
    from db.accounts.pins import HashCost as HashCost
    from db.audit import AUDIT_DAYS as AUDIT_DAYS
    from db.audit import Audit as Audit
    from db.audit import open_audit as open_audit
    from db.audit_lines import AuditEntry as AuditEntry
    from db.calendar import utc_now as utc_now
    from db.checkin import OPEN as OPEN
    from db.checkin import Arrival as Arrival
    from db.checkin import CheckIn as CheckIn
    from db.checkin import Event as Event
    from db.checkin import InvalidArrival as InvalidArrival
    from db.checkin import Person as Person
    from db.checkin import Status as Status
    from db.clock import ClockIs as ClockIs
    from db.clock import MachineClock as MachineClock
    from db.closed_sets import ReceptionState as ReceptionState
    from db.closed_sets import Whom as Whom
    from db.counting.figures import FEWEST as FEWEST
    from db.counting.figures import FORGOTTEN as FORGOTTEN
    from db.counting.figures import QUARTER as QUARTER
    from db.counting.figures import Cell as Cell
    from db.counting.figures import Figures as Figures
    from db.counting.figures import RoomFigures as RoomFigures
    from db.counting.figures import ServiceFigures as ServiceFigures
    from db.counting.figures import Span as Span
    from db.counting.figures import Times as Times
    from db.counting.figures import cells_of as cells_of
    from db.counting.stays import DAY_CLOSED as DAY_CLOSED
    from db.counting.stays import Stay as Stay
    from db.counting.stays import stays_of as stays_of
    from db.counting.waiting import Waited as Waited
    from db.counting.waiting import waited_by as waited_by
    from db.counting.waiting import waits_until_called as waits_until_called
    from db.desk.booked import Booking as Booking
    from db.desk.booked import Brought as Brought
    from db.desk.booked import Expected as Expected
    from db.desk.editing import allowed as allowed
    from db.desk.errors import IllegalTransition as IllegalTransition
    from db.desk.errors import ImpossibleArrival as ImpossibleArrival
    from db.desk.errors import NothingToUndo as NothingToUndo
    from db.desk.errors import StaleCheckIn as StaleCheckIn
    from db.desk.reception import HelpCall as HelpCall
    from db.desk.reception import Reception as Reception
    from db.desk.said_today import Away as Away
    from db.desk.said_today import Break as Break
    from db.desk.said_today import Notice as Notice
    from db.errors import ClockWrong as ClockWrong
    from db.errors import DuplicateCheckIn as DuplicateCheckIn
    from db.errors import HasCome as HasCome
    from db.errors import InvalidDocument as InvalidDocument
    from db.errors import KeyMissing as KeyMissing
    from db.errors import NewerFormat as NewerFormat
    from db.errors import StoreBusy as StoreBusy
    from db.errors import StoreCorrupt as StoreCorrupt
    from db.errors import StoreError as StoreError
    from db.errors import StoreFull as StoreFull
    from db.errors import StoreUnavailable as StoreUnavailable
    from db.errors import UnknownCheckIn as UnknownCheckIn
    from db.keeping.backup import Backup as Backup
    from db.keeping.moving import SetAside as SetAside
    from db.keeping.purging import Overdue as Overdue
    from db.keeping.restoring import Restored as Restored
    from db.keeping.rights import Kept as Kept
    from db.keeping.trouble import Trouble as Trouble
    from db.keeping.verifying import Verified as Verified
    from db.kinds import EventKind as EventKind
    from db.line import FORMAT as FORMAT
    from db.moment import Moment as Moment
    from db.news import Change as Change
    from db.queue import Order as Order
    from db.queue import queue_of as queue_of
    from db.store import CheckInStore as CheckInStore
    from db.store import open_store as open_store
    from db.uptime import Uptime as Uptime
else:
    _BY_MODULE = {
        "accounts.accounts": "Accounts open_accounts",
        "accounts.errors": "AccountError AccountExists AccountLocked UnknownAccount WrongPin",
        "accounts.kept": "Account AccountNow Role",
        "accounts.pins": "HashCost",
        "audit": "AUDIT_DAYS Audit open_audit",
        "audit_lines": "AuditEntry",
        "calendar": "utc_now",
        "checkin": "OPEN Arrival CheckIn Event InvalidArrival Person Status",
        "clock": "ClockIs MachineClock",
        "closed_sets": "ReceptionState Whom",
        "counting.figures": (
            "FEWEST FORGOTTEN QUARTER Cell Figures RoomFigures ServiceFigures Span Times cells_of"
        ),
        "counting.stays": "DAY_CLOSED Stay stays_of",
        "counting.waiting": "Waited waited_by waits_until_called",
        "desk.booked": "Booking Brought Expected",
        "desk.editing": "allowed",
        "desk.errors": "IllegalTransition ImpossibleArrival NothingToUndo StaleCheckIn",
        "desk.reception": "HelpCall Reception",
        "desk.said_today": "Away Break Notice",
        "errors": (
            "ClockWrong DuplicateCheckIn HasCome InvalidDocument KeyMissing NewerFormat "
            "StoreBusy StoreCorrupt StoreError StoreFull StoreUnavailable UnknownCheckIn"
        ),
        "keeping.backup": "Backup",
        "keeping.moving": "SetAside",
        "keeping.purging": "Overdue",
        "keeping.restoring": "Restored",
        "keeping.rights": "Kept",
        "keeping.trouble": "Trouble",
        "keeping.verifying": "Verified",
        "kinds": "EventKind",
        "line": "FORMAT",
        "moment": "Moment",
        "news": "Change",
        "queue": "Order queue_of",
        "store": "CheckInStore open_store",
        "uptime": "Uptime",
    }
    """The same once more, for when it runs."""
    _AT = {name: module for module, names in _BY_MODULE.items() for name in names.split()}
    __all__ = list(_AT)

    def __getattr__(name: str) -> object:
        """Give a name of the face, from now on as if it had always been here."""
        if name not in _AT:
            raise AttributeError(f"module 'db' has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"db.{_AT[name]}"), name)
        return value
