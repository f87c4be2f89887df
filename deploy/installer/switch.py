"""From one version to another: used only if it answers, else everything is as it was."""

import signal
from pathlib import Path

from installer import services, versions
from installer.machine import ENDING, CannotError, FellBackError, Machine, read, write


class Switch:
    """From the version in use to another one, and back if that does not answer."""

    def __init__(self, machine: Machine, version: Path, roles: list[str]) -> None:
        self._settings = read(machine.settings)
        self._roles_before = services.roles_here(machine)
        self.machine, self.version, self.roles = machine, version, roles
        self.last, self.older = versions.current(machine), versions.before(machine)
        self.is_other = self.last not in (None, version)

    def make(self, role: str | None = None, settings: str | None = None) -> None:
        """Use the version, for `role` from every start on; raises FellBackError.

        `settings` is the whole file as it should be from now on, None if it stays.
        """
        anew = self.is_other or settings is not None
        try:
            if settings is not None:
                write(self.machine.settings, settings)
            services.put_files(self.machine, self.version, self.last, self.roles)
            older = self.last if self.is_other else self.older
            versions.use(self.machine, self.version, older)
            services.reload(self.machine, self.roles)
            if role:
                services.enable(self.machine, role)
            if services.answers(self.machine, self.roles, anew=anew):
                return
        except BaseException:
            self._undo()
            raise
        self._undo()
        sentence = f"{self.version.name} did not answer (see `journalctl -b -u 'clinic-kiosk@*'`)."
        if self.last and self.is_other:
            raise FellBackError(f"{sentence} {self.last.name} is in use again.")
        raise CannotError(sentence)

    def _undo(self) -> None:
        """Have everything as it was, whoever presses Ctrl+C meanwhile."""
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
        roles = self._roles_before
        if self.last is None or not (self.is_other or roles != self.roles):
            return
        # The older one would stumble over a setting that it does not know.
        write(self.machine.settings, self._settings)
        services.put_files(self.machine, self.last, self.version, self.roles)
        versions.use(self.machine, self.last, self.older)
        services.reload(self.machine, roles)
        for screen in set(roles) & set(services.SCREENS) - set(self.roles):
            services.enable(self.machine, screen)
        services.answers(self.machine, roles)
