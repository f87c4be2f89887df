"""The expected wait, told from what the store has on disk: rules only, no terminal."""

from kiosk.waiting.expected import ExpectedWaits as ExpectedWaits
from kiosk.waiting.wait import Wait as Wait
