"""The keys of the queue screen, a row each, in the order of the key area and of the page of keys.

All that is known of a key is made from its row: bindings, words, when it may, sentences.
"""

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from db import OPEN, EventKind, Status
from kiosk.languages.language import Language, mark
from kiosk.staff.acts import (
    absent,
    breaks,
    calling,
    correcting,
    elsewhere,
    looking,
    merging,
    notices,
    operations,
)
from kiosk.staff.acts.act import Act, may_become
from kiosk.staff.acts.told import (
    ADDED,
    AMENDED,
    BEGAN,
    CALLED,
    COMPLETED,
    ERASED,
    FIRST,
    GOING,
    IN_TURN,
    LEFT,
    MERGED,
    NO_SHOW,
    NOBODYS_KEY,
    PARKED,
    RECALLED,
    REOPENED,
    RETURNED,
    ROOM_SET,
    TRANSFERRED,
    VOIDED,
    Told,
)
from kiosk.staff.asking.key_lines import Key

_ROWS = (
    Act(
        name="call_next",
        letter="n",
        twin="f2",
        label=mark("call next"),
        sentence=mark("Call whoever is next"),
        does=calling.call_next,
        told=(CALLED,),
    ),
    Act(
        name="call_this",
        letter="Enter",
        label=mark("call this"),
        sentence=mark("Call the one selected"),
        may=lambda one: one.status is Status.parked or may_become(Status.called)(one),
        does_to=calling.call_this,
        told=(CALLED,),
    ),
    Act(
        name="recall",
        letter="r",
        twin="f3",
        label=mark("recall"),
        sentence=mark("Call once more"),
        may=lambda one: one.status is Status.called,
        does_to=calling.recall,
        told=(RECALLED,),
    ),
    Act(
        name="begin",
        letter="b",
        twin="f4",
        label=mark("came in"),
        sentence=mark("The one called came in"),
        may=may_become(Status.in_service),
        does_to=operations.begin,
        told=(BEGAN,),
    ),
    Act(
        name="complete",
        letter="d",
        twin="f5",
        label=mark("done"),
        sentence=mark("The visit is over"),
        may=may_become(Status.done),
        does_to=operations.complete,
        told=(COMPLETED,),
    ),
    Act(
        name="priority",
        letter="p",
        label=mark("priority"),
        sentence=mark("Before the others, or not"),
        spare=5,
        may=lambda one: one.status in OPEN,
        does_to=correcting.set_priority,
        told=(FIRST, IN_TURN),
    ),
    Act(
        name="correct",
        letter="c",
        label=mark("correct"),
        sentence=mark("Correct what was mistyped"),
        spare=4,
        may=lambda one: one.status is not Status.void,
        does_to=correcting.correct,
        told=(AMENDED, VOIDED, ERASED),
    ),
    Act(
        name="no_show",
        letter="x",
        twin="f6",
        label=mark("no-show"),
        sentence=mark("Called and did not come"),
        may=may_become(Status.no_show),
        does_to=operations.no_show,
        told=(NO_SHOW,),
    ),
    Act(
        name="leave",
        letter="q",
        label=mark("left"),
        sentence=mark("Gone without a visit"),
        spare=9,
        may=may_become(Status.left),
        does_to=elsewhere.leave,
        told=(LEFT,),
    ),
    Act(
        name="put_back",
        letter="w",
        twin="f7",
        label=mark("put back"),
        sentence=mark("Waits again in the queue"),
        may=lambda one: one.status is Status.left or may_become(Status.waiting)(one),
        does_to=operations.put_back,
        told=(RETURNED,),
    ),
    Act(
        name="park",
        letter="k",
        twin="f8",
        label=mark("to lab"),
        sentence=mark("Sent on, and comes back"),
        spare=11,
        may=may_become(Status.parked),
        does_to=elsewhere.send,
        told=(PARKED,),
    ),
    Act(
        name="other_room",
        letter="s",
        label=mark("other room"),
        sentence=mark("To another room"),
        spare=2,
        may=lambda one: one.status in (Status.called, Status.in_service),
        does_to=elsewhere.other_room,
        told=(ROOM_SET,),
    ),
    Act(
        name="reopen",
        letter="e",
        label=mark("reopen"),
        sentence=mark("An ended visit goes on"),
        spare=1,
        may=lambda one: one.status not in OPEN,
        does_to=elsewhere.reopen,
        told=(REOPENED,),
    ),
    Act(
        name="transfer",
        letter="t",
        twin="f9",
        label=mark("move"),
        sentence=mark("Move to another service"),
        spare=9,
        may=lambda one: one.status in OPEN,
        does_to=correcting.transfer,
        told=(TRANSFERRED,),
    ),
    Act(
        name="all_keys",
        letter="?",
        twin="f1",
        label=mark("all keys"),
        sentence=mark("This page"),
        does=looking.open_key_page,
    ),
    Act(
        name="filter",
        letter="f",
        label=mark("filter"),
        sentence=mark("Show a part of the queue"),
        spare=3,
        does=looking.choose_part,
    ),
    Act(
        name="merge",
        letter="m",
        label=mark("merge"),
        sentence=mark("Two tickets, one person"),
        spare=2,
        may=lambda one: one.status is not Status.void,
        does_to=merging.merge,
        told=(MERGED,),
    ),
    Act(
        name="add",
        letter="a",
        label=mark("add walk-in"),
        sentence=mark("Add somebody at the desk"),
        spare=12,
        does=correcting.add,
        told=(ADDED,),
    ),
    Act(
        name="undo",
        letter="u",
        label=mark("undo"),
        sentence=mark("Take back your last steps"),
        does=operations.undo,
    ),
    Act(
        name="hide",
        letter="h",
        label=mark("hide names"),
        sentence=mark("Hide or show the names"),
        spare=8,
        does=looking.hide,
    ),
    Act(
        name="search",
        letter="/",
        label=mark("find"),
        sentence=mark("Find a ticket or a person"),
        spare=7,
        does=looking.search,
    ),
    Act(
        name="reception",
        letter="o",
        label=mark("open/full"),
        sentence=mark("Reception open or closed"),
        spare=10,
        does=correcting.ask_reception,
    ),
    Act(
        name="break",
        letter="z",
        label=mark("break"),
        sentence=mark("A room has a break"),
        spare=2,
        does=breaks.ask_break,
    ),
    Act(
        name="away",
        letter="y",
        label=mark("away today"),
        sentence=mark("A practitioner is away"),
        spare=1,
        does=absent.ask_away,
    ),
    Act(
        name="notice",
        letter="j",
        label=mark("notice"),
        sentence=mark("A line for everybody"),
        spare=1,
        does=notices.ask_notice,
    ),
    Act(
        name="figures",
        letter="g",
        label=mark("figures"),
        sentence=mark("Arrivals, waits, rooms"),
        spare=1,
        does=looking.open_figures,
    ),
    Act(
        name="lock",
        letter="l",
        twin="f10",
        label=mark("lock"),
        sentence=mark("Lock this screen"),
        spare=6,
        does=operations.lock,
    ),
    Act(
        name="show_phone",
        letter="v",
        label=mark("phone"),
        sentence=mark("Show the phone number"),
        beside=True,
        covered=False,
        may=lambda one: one.has_phone,
        does_to=looking.show_phone,
        why_not=looking.no_phone,
    ),
    Act(
        name="go",
        letter="i",
        label=mark("I am going"),
        sentence=mark("Answer the alert on top"),
        beside=True,
        does=calling.go,
        told=(GOING,),
    ),
)

ACTS: Mapping[str, Act] = {act.name: act for act in _ROWS}
TOLD: Mapping[EventKind, Told] = {
    told.kind: told for told in (*(told for act in _ROWS for told in act.told), *NOBODYS_KEY)
}
"""How an event of each kind is told."""
FULL_WIDTH = 0xFEE0
"""From an ASCII character to its full-width form."""
EVERYWHERE = ("f1", "f10")
"""Function keys that the app itself hands to whatever screen is on top."""


def bindings() -> list[BindingType]:
    """Every letter also as a capital, and as a Chinese input method sends it."""
    made: list[BindingType] = []
    for act in ACTS.values():
        if len(act.letter) > 1:
            continue  # Enter belongs to the table
        keys = {act.letter, act.letter.upper()}
        keys |= {chr(ord(key) + FULL_WIDTH) for key in keys}
        keys |= {"、"} if act.letter == "/" else set()  # what Chinese input methods make of it
        if act.twin and act.twin not in EVERYWHERE:
            keys.add(act.twin)
        made.append(Binding(",".join(sorted(keys)), f"key('{act.name}')", id=act.name, show=False))
    return made


def staff_keys(lang: Language) -> list[Key]:
    """All the keys in words, in the order of the key area."""
    return [act.key(lang) for act in ACTS.values()]
