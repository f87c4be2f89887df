"""Which Textual the kiosk was made for, and whether this is one: private names come and go."""

from textual.app import App

MADE_FOR = "8.2"
"""The Textual whose private names are used; pyproject.toml allows no other major version."""


def check_textual(app: App[int]) -> str | None:
    """A sentence if this Textual lacks one of the private names we use; None if all is well."""
    missing = [
        name
        for owner, names in private_names(app).items()
        for name in names.split()
        if not _has(owner, name)
    ]
    if not missing:
        return None
    from importlib.metadata import version

    return (
        f"The kiosk was made for Textual {MADE_FOR}; version {version('textual')} lacks "
        f"{', '.join(missing)}. Install {MADE_FOR}."
    )


def _has(owner: object, name: str) -> bool:
    """Whether it has the name, or will have it: its instances are given it when they are made."""
    made = getattr(getattr(owner, "__init__", None), "__code__", None)
    return hasattr(owner, name) or (made is not None and name in made.co_names)


def private_names(app: App[int]) -> dict[object, str]:
    """What we use that Textual and Rich promise to nobody, by what must have it."""
    from rich.segment import Segment
    from textual._compositor import Compositor
    from textual._parser import Parser
    from textual._styles_cache import StylesCache
    from textual._xterm_parser import XTermParser
    from textual.css.stylesheet import Stylesheet
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver
    from textual.screen import Screen
    from textual.scroll_view import ScrollView
    from textual.widget import Widget

    return {
        app: "_dispatch_message _handle_exception _fatal_error _exception _exit_renderables "
        "_running _close_messages_no_wait _batch_count _click_chain_last_time _driver",
        Screen: "_compositor _compositor_refresh _forward_event",
        Widget: "_styles_cache",
        ScrollView: "_size_updated",
        Compositor: "_dirty_regions _get_renders render_partial_update visible_widgets",
        Stylesheet: "_parse_cache _variables",
        Driver: "_app _debug _loop",
        LinuxDriver: "_enable_bracketed_paste _disable_bracketed_paste _get_terminal_size "
        "_query_in_band_window_resize _file run_input_thread",
        Parser: "_timeout_time",
        XTermParser: "_sequence_to_key_events _parse_extended_key feed tick",
        Segment: "_split_cells",
        StylesCache: "get_inner_outer",
    }
