"""The clinics whose days are simulated: their rooms, their services, and who comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db import Order

Hours = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A room as it is planned: its shifts, and on how many days anybody works there."""

    name: str
    services: tuple[str, ...] = ()
    shifts: tuple[Hours, ...] = ((9, 12), (13, 17.5))
    days: float = 1.0


@dataclass(frozen=True)
class Scenario:
    """A clinic, and the people who come to it.

    `services` have a mean in minutes, a coefficient of variation and a weight; `arrivals` are
    people an hour from one hour to another.
    """

    name: str
    rooms: tuple[Place, ...]
    services: Mapping[str, tuple[float, float, float]]
    arrivals: tuple[tuple[float, float, float], ...]
    no_show: float = 0.05
    urgent: float = 0.01
    priority: float = 0.06
    booked: float = 0.0
    """Share of people with an appointment, which staff confirm at once or a little later."""
    mistaken: float = 0.03
    """Share of the others who say that they have one."""
    order: Order = Order.arrival
    patience: float = 150
    """Minutes after which half of the people have had enough."""
    differ: float = 0.18
    """How much practitioners differ: standard deviation of the logarithm of their pace."""
    finishes: bool = True
    """Whether those who work last see everybody who is still there."""


TCM = {"tcm-consultation": (16.0, 0.5, 3.0), "acupuncture": (32.0, 0.25, 2.0)}
BODY = {"medical-massage": (40.0, 0.2, 2.0), "physiotherapy": (28.0, 0.35, 1.5)}
DOCTOR = {"orthopaedics": (14.0, 0.6, 2.0), "": (10.0, 0.7, 0.7)}
ALL = TCM | BODY | DOCTOR
SHORT = {
    "tcm-consultation": (13.0, 0.5, 3.0),
    "orthopaedics": (11.0, 0.6, 2.0),
    "": (8.0, 0.7, 1.0),
}

SCENARIOS = (
    Scenario(
        "one room",
        (Place("1"),),
        TCM | {"": (9.0, 0.7, 1.0)},
        ((8.5, 11, 3.0), (11, 13, 1.5), (13, 16, 2.8)),
        booked=0.4,
    ),
    Scenario(
        "several services",
        (
            Place("1", tuple(TCM)),
            Place("2", tuple(BODY)),
            Place("3", (*DOCTOR, "tcm-consultation")),
            Place("4", ("medical-massage", "acupuncture")),
        ),
        ALL,
        ((8.5, 12, 9.0), (12, 14, 4.0), (14, 16.5, 8.0)),
        booked=0.3,
    ),
    Scenario(
        "rooms open and close",
        (
            Place("1", shifts=((8, 12), (13, 18))),
            Place("2", shifts=((9, 12.5),)),
            Place("3", shifts=((10, 15.5),), days=0.6),
            Place("4", shifts=((14, 18),), days=0.85),
        ),
        TCM | DOCTOR,
        ((7.8, 12, 6.5), (12, 17, 5.5)),
        booked=0.3,
    ),
    Scenario(
        "rush hours",
        (Place("1"), Place("2"), Place("3", shifts=((8.5, 12), (13, 16)))),
        SHORT,
        ((8.3, 9.7, 24.0), (9.7, 13, 4.0), (13, 14.2, 20.0), (14.2, 16.5, 5.0)),
        booked=0.2,
    ),
    Scenario(
        "many do not come",
        (Place("1"), Place("2"), Place("3")),
        TCM | DOCTOR,
        ((8.5, 12, 12.0), (12, 16.5, 9.0)),
        no_show=0.22,
        patience=75,
        booked=0.3,
    ),
    Scenario(
        "urgent and priority",
        (Place("1"), Place("2")),
        SHORT,
        ((8.5, 12, 9.5), (12, 16.5, 7.5)),
        urgent=0.05,
        priority=0.2,
        booked=0.2,
    ),
    Scenario(
        "a quiet clinic",
        (Place("1"), Place("2", ("medical-massage", "physiotherapy"), days=0.8)),
        ALL,
        ((8.8, 12, 2.6), (13, 16.5, 2.2)),
        booked=0.5,
    ),
    Scenario(
        "unlike practitioners",
        (Place("1"), Place("2"), Place("3")),
        TCM | BODY,
        ((8.5, 12, 6.5), (12, 16, 5.0)),
        differ=0.4,
        finishes=False,
        booked=0.3,
    ),
)
