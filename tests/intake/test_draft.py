"""The answers of a check-in: which question follows which, and what is handed to the store."""

from collections.abc import Callable

import msgspec
import pytest

from db import Arrival
from kiosk.content.clinic import Clinic
from kiosk.content.texts import load_clinic
from kiosk.intake.draft import STEPS, Draft, Step, following, number
from kiosk.settings import CHECKOUT

CLINIC = load_clinic(CHECKOUT / "content")

WALK_IN = Draft(service="", first_visit=False, name_by="none")
APPOINTMENT = Draft(appointment=True, first_visit=True, name_by="typed", typed_name="Zoë")


def path(draft: Draft, clinic: Clinic = CLINIC) -> list[Step]:
    """The questions from safety to the agreement when these are the answers."""
    steps = [Step.SAFETY]
    while steps[-1] is not Step.AGREE:
        assert len(steps) <= len(Step), f"it goes round in circles: {steps}"
        steps.append(following(steps[-1], draft, clinic))
    return steps


def test_a_walk_in_who_is_not_sure_answers_six_questions() -> None:
    assert path(WALK_IN) == [
        Step.SAFETY,
        Step.PURPOSE,
        Step.FIRST_VISIT,
        Step.NAME,
        Step.PHONE,
        Step.AGREE,
    ]


def test_a_group_asks_for_its_service() -> None:
    chosen = msgspec.structs.replace(WALK_IN, group="hands-on", service=None)
    assert following(Step.PURPOSE, chosen, CLINIC) is Step.SERVICE
    assert following(Step.SERVICE, chosen, CLINIC) is Step.FIRST_VISIT


def test_an_appointment_asks_when_with_whom_and_for_what() -> None:
    assert path(APPOINTMENT)[:6] == [
        Step.SAFETY,
        Step.PURPOSE,
        Step.WHEN,
        Step.PRACTITIONER,
        Step.GROUP,
        Step.SERVICE,
    ]


def test_a_practitioner_of_one_service_answers_what_for_too() -> None:
    with_one = msgspec.structs.replace(APPOINTMENT, service="medical-massage")
    assert following(Step.PRACTITIONER, with_one, CLINIC) is Step.FIRST_VISIT


def test_a_clinic_that_names_nobody_does_not_ask_with_whom() -> None:
    nobody = msgspec.structs.replace(CLINIC, practitioners=())
    assert Step.PRACTITIONER not in path(APPOINTMENT, nobody)
    assert following(Step.WHEN, APPOINTMENT, nobody) is Step.GROUP


@pytest.mark.parametrize(
    ("name_by", "asked"),
    [("none", []), ("typed", [Step.TYPED]), ("surname", [Step.SURNAME, Step.TITLE])],
)
def test_a_name_is_asked_for_as_the_person_chose(name_by: str, asked: list[Step]) -> None:
    steps = path(msgspec.structs.replace(WALK_IN, name_by=name_by))
    assert steps[steps.index(Step.NAME) + 1 : steps.index(Step.PHONE)] == asked


@pytest.mark.parametrize("appointment", [False, True])
@pytest.mark.parametrize("service", [None, "", "cupping"])
@pytest.mark.parametrize("name_by", ["none", "typed", "surname"])
def test_the_step_people_are_told_only_grows_to_the_last(
    appointment: bool, service: str | None, name_by: str
) -> None:
    steps = path(Draft(appointment=appointment, service=service, name_by=name_by))
    numbers = [number(step) for step in steps]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, STEPS + 1))


def test_every_question_belongs_to_a_step() -> None:
    assert {number(step) for step in Step} == set(range(1, STEPS + 1))


Answers = Callable[..., Arrival]


@pytest.fixture
def arrival() -> Answers:
    """The arrival of a draft with these answers."""

    def make(**answers: object) -> Arrival:
        return Draft(**answers).arrival(language="en", consent="2026-11", phone="+8613800138000")

    return make


def test_the_arrival_holds_what_was_answered(arrival: Answers) -> None:
    made = arrival(
        appointment=True,
        time="1030",
        practitioner="Ada Ashdown",
        service="cupping",
        first_visit=True,
        name_by="typed",
        typed_name="Zoë",
        party="first-of-the-family",
    )
    assert made == Arrival(
        name="Zoë",
        phone="+8613800138000",
        service="cupping",
        language="en",
        appointment=True,
        appointment_time="10:30",
        practitioner="Ada Ashdown",
        first_visit=True,
        party="first-of-the-family",
        whom="self",
        guardian=False,
        consent="2026-11",
    )


def test_a_child_comes_with_a_guardian_who_agrees(arrival: Answers) -> None:
    assert arrival(whom="child").guardian
    assert not arrival(whom="companion").guardian


@pytest.mark.parametrize("time", ["", "1", "10", "103"])
def test_half_a_time_is_no_time(arrival: Answers, time: str) -> None:
    assert arrival(time=time).appointment_time is None


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({"name_by": "surname", "surname": "王", "title": "ms"}, "王女士"),
        (
            {"name_by": "surname", "surname": "王", "romanised": "Wang", "title": "ms"},
            "Ms Wang 王",
        ),
        ({"name_by": "surname", "surname": "王"}, ""),
        ({"name_by": "typed", "typed_name": "O'Neill"}, "O'Neill"),
        ({"name_by": "none", "typed_name": "O'Neill", "surname": "王", "title": "mr"}, ""),
        ({"name_by": "surname", "typed_name": "O'Neill", "surname": "王", "title": "mr"}, "王先生"),
        ({"typed_name": "O'Neill"}, ""),
    ],
)
def test_only_the_name_given_last_counts(
    arrival: Answers, answers: dict[str, str], name: str
) -> None:
    assert arrival(**answers).name == name


def test_a_draft_does_not_tell_a_log_what_was_typed() -> None:
    draft = Draft(typed_name="Quillfeather", phone="13800138000", surname="王")
    assert not any(secret in repr(draft) for secret in ("Quillfeather", "13800138000", "王"))
