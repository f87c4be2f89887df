"""Somebody who comes to the simulated clinic, and what they answer at the lobby."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass
class Patient:
    """What one person will answer at the lobby."""

    group: str
    service: str
    surname: str
    """Key of a surname; "" is no name."""
    phone: str
    first_visit: str
    urgent: bool = False

    @classmethod
    def at_random(cls, chance: Random) -> Patient:
        """Somebody from the street."""
        return cls(
            group=chance.choice("2233449"),
            service=chance.choice("129"),
            surname=chance.choice(["", *"12345678"]),
            phone=chance.choice(["", f"1380013{chance.randrange(10000):04d}"]),
            first_visit=chance.choice("12"),
            urgent=chance.random() < 0.03,
        )

    def answers(self) -> dict[str, str]:
        """Keys for each question, by words that stand on its screen."""
        return {
            "None of these": "2" if self.urgent else "1",
            "What brings you here": self.group,
            "Which one?": self.service,
            "Is this the first visit": self.first_visit,
            "What may we call you?": "1" if self.surname else "3",
            "Which surname?": self.surname,
            "How should we address you?": "2",
            "Your phone number?": f"{self.phone}\r",
            "You may already have a number": "1",
            "Is this right?": "1",
        }
