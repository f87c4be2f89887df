"""The expected wait, told from what the store has on disk: rules only, no terminal."""

from kiosk.queue.wait.expected import ExpectedWaits as ExpectedWaits
from kiosk.queue.wait.wait import Wait as Wait
