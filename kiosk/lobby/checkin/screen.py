"""CheckInScreen: leads through the questions, keeps the answers, and asks for the ticket."""

from collections.abc import Callable
from uuid import uuid4

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from db import Arrival, CheckIn, DuplicateCheckIn
from kiosk.input.guard import Meaning
from kiosk.intake.draft import STEPS, Draft, Step, following, number
from kiosk.intake.phones import area_code, judge
from kiosk.lobby.checkin.agree import AgreeView
from kiosk.lobby.checkin.appointment import PractitionerView, WhenView
from kiosk.lobby.checkin.endings import AlarmView, DeskView, DuplicateView, TroubleView
from kiosk.lobby.checkin.first_visit import FirstVisitView
from kiosk.lobby.checkin.name import NameView, SurnameView, TitleView
from kiosk.lobby.checkin.phone import PhoneView
from kiosk.lobby.checkin.purpose import GroupView, PurposeView, ServiceView
from kiosk.lobby.checkin.safety import SafetyView
from kiosk.lobby.checkin.typed_name import TypedView
from kiosk.lobby.checkin.view import Change, Commit, Desk, Go, Outcome, StepView, Urgent
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.host import Committed
from kiosk.widgets.press import Press
from kiosk.widgets.words import Words

VIEWS: dict[Step, type[StepView]] = {
    Step.SAFETY: SafetyView,
    Step.PURPOSE: PurposeView,
    Step.WHEN: WhenView,
    Step.PRACTITIONER: PractitionerView,
    Step.GROUP: GroupView,
    Step.SERVICE: ServiceView,
    Step.FIRST_VISIT: FirstVisitView,
    Step.NAME: NameView,
    Step.SURNAME: SurnameView,
    Step.TITLE: TitleView,
    Step.TYPED: TypedView,
    Step.PHONE: PhoneView,
    Step.AGREE: AgreeView,
}


class CheckInScreen(LobbyScreen[None]):
    """One question a screen, from safety to the ticket; going back keeps what was answered."""

    def __init__(self, draft: Draft | None = None) -> None:
        """Begin with an empty draft, or with one that knows the phone and the family."""
        super().__init__()
        self._step = Step.SAFETY
        self._draft = draft or Draft()
        self._been: list[Step] = []
        self._changing: int | None = None
        """The number of the step that is being changed, to return to the agreement after it."""
        self._summed_up = self._draft
        """The answers as they stood in the agreement before that."""
        self._check_in_id = str(uuid4())
        self._ending: StepView | None = None
        """The last view, once there are no more questions: desk, alarm or a possible duplicate."""
        self.view = self._view()
        """The question on the screen."""

    # Frame

    def heading(self) -> str:
        """Where we are."""
        return self._("Check in")

    def step(self) -> str:
        """How far along."""
        if self._ending:
            return ""
        return self._("Step {n} of {of}", n=number(self._step), of=STEPS)

    def next_label(self) -> str:
        """As the question says."""
        return self.view.next_label() if self.view.is_attached else self._("Next")

    def compose_body(self) -> ComposeResult:
        """The question that stands now."""
        with Vertical(id="question"):
            self.view = self._view()
            yield self.view

    def _view(self) -> StepView:
        return self._ending or VIEWS[self._step](self._draft)

    def on_mount(self) -> None:
        """Show the first question's buttons."""
        super().on_mount()
        self._dress()

    def _dress(self) -> None:
        """Step, buttons and focus as the view wants them."""
        view = self.view
        self.query_one("#step", Words).say(self.step())
        following = self.query_one("#next", Press)
        following.visible = view.NEXT
        following.relabel(view.next_label())
        self.set_focus(None)
        view.ready()

    @on(StepView.Edited)
    def _edited(self) -> None:
        self.query_one("#next", Press).relabel(self.view.next_label())

    async def _show(self) -> None:
        self.kiosk.appears()
        with self.app.batch_update():
            await self.view.remove()
            self.view = self._view()
            await self.query_one("#question").mount(self.view)
        self._dress()

    async def relanguage(self) -> None:
        """The same question in another language, with everything that was typed."""
        if self._ending:
            self._ending = type(self._ending)(self._draft)
        else:
            self._draft = self.view.collect()
        await self.recompose()
        self._dress()

    # What keys do, for whoever judges them

    @property
    def grave(self) -> bool:
        """As the question is."""
        return self.view.GRAVE

    def means_typing(self, key: events.Key) -> Meaning | None:
        """As the question takes it."""
        return self.view.means_typing(key) if self.view.is_attached else None

    def choice_means(self, name: str) -> Meaning:
        """Every choice is an answer."""
        return Meaning.ANSWERS

    def way_back(self) -> Callable[[], None]:
        """What the question's field says now, for the time after a scan."""
        view, draft = self.view, self.view.collect()
        return lambda: view.restore(draft) if view.is_attached else None

    # Answers

    async def chosen(self, name: str) -> None:
        """A choice of the question's."""
        await self._follow(self.view.chosen(name))

    async def next(self) -> None:
        """Enter, where the question takes it."""
        if isinstance(self._ending, DeskView | AlarmView):
            self.kiosk.end_session()
        elif self.view.NEXT:
            await self._follow(self.view.enter())

    async def typed(self, event: events.Key) -> bool:
        """A key for the question's field."""
        return self.view.typed(event)

    async def back(self) -> None:
        """The question before, with its answer; from the first, Home or what was being read."""
        if self._ending:
            self._ending = None
        elif not self._been:
            if len(self.app.screen_stack) > 2:
                self.dismiss()
            else:
                await self.start_over()
            return
        else:
            self._draft = self.view.collect()
            self._step = self._been.pop()
            if self._step is Step.AGREE:
                # A change that was not finished is none; only for whom it is, is marked at once.
                self._changing = None
                self._draft = msgspec.structs.replace(self._summed_up, whom=self._draft.whom)
        await self._show()

    async def _follow(self, outcome: Outcome) -> None:
        match outcome:
            case Go(draft):
                self._draft = draft
                after = following(self._step, draft, self.kiosk.clinic)
                if self._changing is not None and number(after) != self._changing:
                    after, self._changing = Step.AGREE, None
                    self._been = self._been[: self._been.index(Step.AGREE)]
                else:
                    self._been.append(self._step)
                self._step = after
                await self._show()
            case Change(step):
                self._been.append(self._step)
                self._summed_up = self._draft
                self._step, self._changing = step, number(step)
                await self._show()
            case Commit(allow_same_phone):
                self._commit(self._arrival(), allow_same_phone=allow_same_phone)
            case Urgent():
                # What to do does not wait for a disk.
                await self._end(AlarmView(Draft()))
                urgent = Arrival(language=self._.tag, urgent=True, party=self._draft.party)
                self._commit(urgent, allow_same_phone=True)
            case Desk():
                # Whoever does not agree leaves nothing behind for whoever presses Back.
                self._draft, self._step, self._been = Draft(), Step.SAFETY, []
                await self._end(DeskView(Draft()))

    def _arrival(self) -> Arrival:
        clinic, location = self.kiosk.clinic, self.kiosk.location
        judged = judge(self._draft.phone, clinic.region, area_code(location.phone))
        return self._draft.arrival(
            language=self._.tag, consent=clinic.consent_version, phone=judged.e164
        )

    async def _end(self, view: StepView) -> None:
        self._ending = view
        await self._show()

    # The ticket

    def _commit(self, arrival: Arrival, *, allow_same_phone: bool) -> None:
        if not isinstance(self._ending, AlarmView):
            self.query_one("#step", Words).say(self._("One moment please"))
        kiosk, check_in_id = self.kiosk, self._check_in_id

        def check_in() -> CheckIn:
            return kiosk.store().check_in(
                arrival, id=check_in_id, allow_same_phone=allow_same_phone
            )

        kiosk.commit(check_in, reply_to=self)

    async def on_committed(self, event: Committed) -> None:
        """The ticket is on disk, or there is none and the desk helps on."""
        if isinstance(event.outcome, CheckIn):
            if event.outcome.urgent:
                self.go_on_to("urgent", event.outcome)
            else:
                self.go_on_to("checked-in", event.outcome, self._draft)
        elif isinstance(event.outcome, DuplicateCheckIn):
            await self._end(DuplicateView(self._draft))
        elif not isinstance(self._ending, AlarmView):
            await self._end(TroubleView(Draft()))
