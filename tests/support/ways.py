"""The ways through the lobby that `walk.py` walks: each a scene, by the keys a person presses."""

from collections.abc import Callable, Mapping

from walker import Walk

from db import Arrival
from kiosk.languages.room_names import room_text

TO_NAME = (("1", "None of these"), ("1", "What brings you here today?"))
"""From Home to the question what for."""


def walk_in(w: Walk) -> None:
    """Somebody without an appointment, with a surname and a phone."""
    for step in TO_NAME:
        w.go(*step)
    w.go("2", "Which one?")
    w.go("3", "Is this the first visit to this clinic?")
    w.go("1", "What may we call you?")
    w.go("1", "Which surname?")
    w.go("2", "How should we address you?")
    w.go("2", "Your phone number?")
    w.type("13800138000")
    w.go("", "This number is complete.")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")
    w.go("enter", "Press a number or touch")


def appointment(w: Walk) -> None:
    """Somebody with an appointment at half past ten."""
    for step in TO_NAME:
        w.go(*step)
    w.go("1", "What time is your appointment?")
    w.type("1030")
    w.keep()
    w.go("enter", "Who is your appointment with?")
    w.go("9", "What brings you here today?")
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("2", "Please type your name")
    w.type("Wang Xiaoming")
    w.go("enter", "Your phone number?")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")


def family(w: Walk) -> None:
    """A parent with two children and one phone, who comes again by mistake at the end."""
    _nameless(w, phone="13900139000", name="Li Na")
    for _child in range(2):
        w.read()
        w.go("1", "None of these")
        w.go("1", "What brings you here today?")
        w.go("9", "Is this the first visit to this clinic?")
        w.go("2", "What may we call you?")
        w.terminal.press("5")
        w.keep()
        w.go("3", "Your phone number?")
        w.go("enter", "Is this right? Press a number to change it.")
        w.go("1", "You are checked in. Nothing more to do.")
    w.go("enter", "Press a number or touch")
    for step in TO_NAME:
        w.go(*step)
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("2", "Please type your name")
    w.type("Li Na")
    w.go("enter", "Your phone number?")
    w.type("13900139000")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You may already have a number")
    w.go("1", "You are checked in. Nothing more to do.")


def no_phone(w: Walk) -> None:
    """Somebody who gives neither name nor phone."""
    _nameless(w)
    w.go("enter", "Press a number or touch")


def urgent_with_staff(w: Walk) -> None:
    """Chest pain, and somebody at the staff's screen."""
    w.staff(there=True)
    w.go("1", "None of these")
    w.go("2", "Tell staff now.")
    w.sees("It is on the staff's screen. Please tell somebody too.")
    w.keep()
    w.store.call(w.store.today()[-1].id, room="1", by="Lin")
    w.sees("Staff have seen it. Please go to {room}.", room=room_text("1", w.lang))
    w.keep()
    w.store.begin(w.store.today()[-1].id, by="Lin")


def urgent_without_staff(w: Walk) -> None:
    """The same with nobody there; and it was pressed by mistake."""
    w.staff(there=False)
    w.go("1", "None of these")
    w.go("2", "Nobody is at the staff's screen just now.")
    w.go("1", "No harm done. Please tell staff it was a mistake; they can clear it.")
    w.read()
    w.go("1", "None of these")
    w.store.void(w.store.today()[-1].id, by="Lin", reason="a slip")


def help_nobody(w: Walk) -> None:
    """Help, with nobody signed in."""
    w.staff(there=False)
    w.go("/", "Please go to the desk, or tell any member of staff.")


def help_answered(w: Walk) -> None:
    """Help, and somebody comes."""
    w.staff(there=True)
    w.go("/", "Calling the staff. Please stay here.")
    (call,) = [call for call in w.store.help_calls() if not call.acknowledged_by]
    w.store.acknowledge(call.id, "Lin")
    w.go("", "{name} is coming to you.", name="Lin")


def help_unanswered(w: Walk) -> None:
    """Help, and nobody comes: twenty seconds of the real clock."""
    w.staff(there=True)
    w.go("/", "Calling the staff. Please stay here.")
    w.read(20.5)
    w.go("", "Nobody has answered yet. Please go to the desk.")
    (call,) = [call for call in w.store.help_calls() if not call.acknowledged_by]
    w.store.acknowledge(call.id, "Lin")


def passed_number(w: Walk) -> None:
    """A number that is called, and one that was called and passed."""
    mine = w.store.check_in(Arrival(service="cupping"))
    w.store.call(mine.id, room="2", by="Lin")
    w.look_up(w.ticket(), "It is your turn. Please go there now.")
    w.store.no_show(mine.id, by="Lin")
    w.go("", "Go to the desk; your number is still good.")
    w.go("-", "The number on your ticket?")
    w.type("99")
    w.go("enter", "No ticket of today has this number. Please check it, or ask at the desk.")


def laboratory(w: Walk) -> None:
    """Back from the laboratory, next in line."""
    mine = w.store.check_in(Arrival(service="cupping"))
    w.store.park(mine.id, by="Lin")
    w.look_up(w.ticket(), "Your place is kept while you are away.")
    w.go("1", "Welcome back. You are in the queue again.")
    w.go("enter", "Press a number or touch")


def leaving(w: Walk) -> None:
    """Somebody who does not want to wait any more, hesitates, and leaves."""
    w.store.check_in(Arrival(service="cupping"))
    w.look_up(w.ticket(), "Leave the queue")
    w.go("2", "Leave the queue?")
    w.go("1", "I do not want to wait any more")
    w.go("2", "Leave the queue?")
    w.read()
    w.go("2", "You have left the queue.")


def away(w: Walk) -> None:
    """Reception is away: a number can be taken."""
    w.reception("away", "23:59")
    w.go("", "Reception is away (back at {time}). Take a number; your place is kept.", time="23:59")
    _nameless(w)
    w.reception("open")


def full(w: Walk) -> None:
    """No more numbers for walk-ins: one without an appointment, and one with."""
    w.reception("full")
    w.go("", "No more walk-in numbers today. Please ask at the desk.")
    w.go("1", "None of these")
    w.go("1", "No more walk-in numbers today. Please ask at the desk.")
    w.go("1", "What time is your appointment?")
    w.reception("open")


def closed(w: Walk) -> None:
    """Check-in is closed."""
    w.reception("closed")
    w.go("", "Check-in is closed. Phone {phone}", phone="")
    w.go("1", "Check-in is closed. Phone {phone}", phone="")
    w.reception("open")


def wrong_button(w: Walk) -> None:
    """Wrong buttons and back; a line changed at the end; and no after all."""
    for step in TO_NAME:
        w.go(*step)
    w.go("4", "Which one?")
    w.go("-", "What brings you here today?")
    w.go("2", "Which one?")
    _other_language(w)
    w.keep()
    _other_language(w, back=True)
    w.go("", "Which one?")
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("3", "Your phone number?")
    w.type("1380013")
    w.go("enter", "This number is not complete. Add the missing digits, or delete it.")
    for _digit in range(7):
        w.terminal.press(".")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("4", "What may we call you?")
    w.go("-", "Is this right? Press a number to change it.")
    w.go("2", "Please go to the desk")
    w.go("enter", "Press a number or touch")


def from_the_reader(w: Walk) -> None:
    """Somebody who reads first, and checks in from there."""
    w.terminal.press("2")
    w.terminal.wait_without(w.lang("Our services"))
    w.keep()
    w.go("1", "Check in here")
    w.go("enter", "Check in here")
    w.go("1", "None of these")
    w.go("1", "What brings you here today?")
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("3", "Your phone number?")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")
    w.go("enter", "Press a number or touch")


def _other_language(w: Walk, *, back: bool = False) -> None:
    """To the other of English and Chinese, or back: from English it is the first of a list."""
    w.terminal.press("+")
    w.read(0.5)
    if (w.lang.tag == "en") is not back:
        w.terminal.press("1")
        w.read(0.5)


def _nameless(w: Walk, *, phone: str = "", name: str = "") -> None:
    for step in TO_NAME:
        w.go(*step)
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    if name:
        w.go("2", "Please type your name")
        w.type(name)
    w.go("enter" if name else "3", "Your phone number?")
    w.type(phone)
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")


SCENES: Mapping[str, Callable[[Walk], None]] = {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        walk_in,
        appointment,
        family,
        no_phone,
        urgent_with_staff,
        urgent_without_staff,
        help_nobody,
        help_answered,
        help_unanswered,
        passed_number,
        laboratory,
        leaving,
        away,
        full,
        closed,
        wrong_button,
        from_the_reader,
    )
}
