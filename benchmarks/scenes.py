"""A scene for each job of staff: what is so before, the keys of docs/staff.md, what is so then."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.stage import Stage

Scene = Callable[[Stage], None]


class Scenes(dict[str, Scene]):
    """Scenes by the job that they are about, as docs/staff.md has it."""

    def of(self, job: str) -> Callable[[Scene], Scene]:
        """Say which job a scene is about."""

        def known(scene: Scene) -> Scene:
            self[job] = scene
            return scene

        return known
