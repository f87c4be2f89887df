"""Opening what the commands work on, and running the app until it ends."""

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.content.clinic import Clinic
from kiosk.settings import Mode, Settings

if TYPE_CHECKING:
    from db import Accounts, CheckInStore
    from kiosk.app.app import KioskApp
    from kiosk.app.supervisor import Supervisor

FRAMES = "250"
"""Textual's frames a second at most. What a key changes comes in two or three of them, and with
Textual's 60 the last would come 40 ms after the first; a screen at rest paints none."""
ESCAPE_DELAY = "10"
"""Milliseconds after which an Esc is a key and not a sequence's beginning, whose bytes terminals
send at once; tmux's own number, where Textual waits 100."""

ENDING = (
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGALRM,
)
"""Signals that end the program in order, with the terminal as it was."""


def open_clinic_store(
    settings: Settings, clinic: Clinic, *, clock: Callable[[], datetime] | None = None
) -> "CheckInStore":
    """The store of the location this machine stands in, as the settings say; raises StoreError.

    `clock` gives aware moments; the machine's own is also asked whether it is right.
    """
    from db import open_audit, open_store, utc_now

    location = clinic.location(settings.location)
    return open_store(
        settings.data_dir,
        location=location.slug,
        order=location.order,
        keys_dir=settings.keys_dir,
        time_zone=clinic.time_zone,
        day_starts=settings.day_starts,
        series=settings.ticket_series,
        device=settings.device,
        phone_region=clinic.region,
        person_days=settings.person_days,
        retention_days=settings.retention_days,
        clock=clock or utc_now,
        audit=open_audit(settings.data_dir, keep_days=settings.audit_days),
    )


def open_clinic_accounts(settings: Settings) -> "Accounts":
    """The staff's accounts, as the settings say."""
    from db import open_accounts, open_audit

    audit = open_audit(settings.data_dir, keep_days=settings.audit_days)
    return open_accounts(settings.data_dir, keys_dir=settings.keys_dir, audit=audit)


def run_app(settings: Settings, clinic: Clinic, mode: Mode, account: str | None = None) -> int:
    """Open one of the screens and stay until it ends; a crash gives 1.

    `account`: the only one that can sign in here, None for all.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print("This needs a terminal: start it in a terminal window.", file=sys.stderr)
        return 1
    prepare_terminal()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core holds what somebody was typing
    end_in_order()
    gc.disable()  # until Home is painted: all that is made on the way there stays
    with no_signals_from_keys():
        from kiosk.app.app import KioskApp
        from kiosk.content.news import report
        from kiosk.log import open_log
        from kiosk.textual_private.made_for import check_textual

        gc.freeze()  # modules are never garbage, and to look through them takes a key 40 ms
        app = KioskApp(
            settings,
            clinic,
            mode=mode,
            open_store=lambda: open_clinic_store(settings, clinic),
            open_accounts=lambda: open_clinic_accounts(settings),
        )
        if (sentence := check_textual(app)) is not None:
            print(sentence, file=sys.stderr)
            return 1
        open_log(settings.data_dir, mode)
        report(clinic)
        app.recovers, app.only_account = True, account
        app.when_seen.append(lambda: follow_link(app))
        with supervised(app):
            return run_until_signalled(app)


@contextmanager
def supervised(app: "KioskApp") -> Iterator[None]:
    """Keep whoever looks after the program informed, if anybody does: systemd, by its variables."""
    if "NOTIFY_SOCKET" not in os.environ or (found := _supervisor()) is None:
        yield
        return
    app.when_seen.append(lambda: found.follow(app, f"The {app.start_mode} is on the screen."))
    try:
        yield
    finally:
        found.ending()


def _supervisor() -> "Supervisor | None":
    from kiosk.app.supervisor import supervisor

    return supervisor()


def follow_link(app: "KioskApp") -> None:
    """Have the app end for a new version, if an installer's link led to this one."""
    from kiosk.app.renewal import Renewal, link_of

    if link := link_of(sys.argv[0]):
        lang, last_words = app.first_language, ""
        if app.start_mode == Mode.staff:  # the others come back by themselves
            last_words = lang("A new version is in use now. Please open this screen again.")
        Renewal(app, link, lambda: app.at_rest, last_words).start()


def prepare_terminal() -> None:
    """Before Textual is imported: nothing from outside changes what it does, nor how soon."""
    for name in [n for n in os.environ if n.startswith("TEXTUAL") and n != "TEXTUAL_ANIMATIONS"]:
        del os.environ[name]
    os.environ["TEXTUAL_FPS"] = FRAMES
    os.environ["ESCDELAY"] = ESCAPE_DELAY


def end_in_order() -> None:
    """Until the app listens, a signal ends the program as an error does: all is put back."""

    def end(*_: object) -> None:
        raise SystemExit(0)

    for number in ENDING:
        signal.signal(number, end)


@contextmanager
def no_signals_from_keys() -> Iterator[None]:
    """Keep Ctrl+C and its kin from ending the program before Textual has taken the terminal."""
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    quiet = list(before)
    quiet[3] &= ~(termios.ISIG | termios.ECHO)
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSANOW, before)


def run_until_signalled(app: "KioskApp") -> int:
    """Run the app; a signal ends it with the terminal restored."""
    import asyncio

    async def run() -> int | None:
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, app.exit, 0)
        return await app.run_async()

    result = asyncio.run(run())
    # A panic leaves neither a result nor a code; the supervisor must see a failure.
    return result if result is not None else app.return_code or 1
