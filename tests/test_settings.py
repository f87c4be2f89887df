"""Settings from defaults, the file, the environment and flags: the later ones win."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kiosk.settings import CHECKOUT, Room, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without settings: nobody's own must leak into a test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    return tmp_path


Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a settings file."""

    def write(text: str) -> Path:
        path = tmp_path / "etc" / "kiosk.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_any_settings_the_defaults_hold(home: Path) -> None:
    settings = load_settings(environ={})
    assert settings == Settings()
    assert settings.day_starts == "04:00"
    assert (settings.person_days, settings.retention_days) == (7, 30)
    assert (settings.idle_seconds, settings.staff_on_kiosk) == (60, False)
    assert settings.rooms == (Room("1"),)
    assert settings.content_dir == CHECKOUT / "content"


def test_data_and_keys_lie_apart_and_outside_the_checkout(home: Path) -> None:
    settings = load_settings(environ={})
    assert settings.data_dir == home / "share" / "clinic-kiosk"
    assert settings.keys_dir == home / "config" / "clinic-kiosk" / "keys"


def test_under_systemd_data_lies_in_the_state_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(home / "state"))
    assert load_settings(environ={}).data_dir == home / "state"


def test_a_flag_beats_the_environment_which_beats_the_file(written: Written) -> None:
    config = written('location = "file"\ndevice = "file"\nticket_series = "F"')
    environ = {"CLINIC_KIOSK_LOCATION": "environment", "CLINIC_KIOSK_DEVICE": "environment"}
    flags = {"location": "flag", "device": None}
    settings = load_settings(flags, config, environ)
    assert settings.location == "flag"
    assert settings.device == "environment"
    assert settings.ticket_series == "F"


def test_the_users_own_file_is_read_when_none_is_named(home: Path) -> None:
    path = home / "config" / "clinic-kiosk" / "kiosk.toml"
    path.parent.mkdir(parents=True)
    path.write_text('device = "mine"', encoding="utf-8")
    assert load_settings(environ={}).device == "mine"


def test_the_environment_may_name_the_file(written: Written) -> None:
    path = written('device = "named"')
    assert load_settings(environ={"CLINIC_KIOSK_CONFIG": str(path)}).device == "named"


def test_a_named_file_must_exist(home: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(config=home / "missing.toml", environ={})


def test_relative_folders_are_meant_from_the_file_that_names_them(
    written: Written, home: Path
) -> None:
    path = written('data_dir = "data"\nkeys_dir = "/absolute"\ncontent_dir = "../content"')
    settings = load_settings(config=path, environ={})
    assert settings.data_dir == path.parent / "data"
    assert settings.keys_dir == Path("/absolute")
    assert settings.content_dir.resolve() == home / "content"


def test_a_tilde_is_the_home_folder(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere")
    in_file = load_settings(config=written('data_dir = "~/kiosk"'), environ={})
    in_variable = load_settings(environ={"CLINIC_KIOSK_DATA_DIR": "~/kiosk"})
    assert in_file.data_dir == in_variable.data_dir == Path("/nowhere/kiosk")


def test_lists_and_numbers_may_come_from_the_environment() -> None:
    settings = load_settings(
        environ={
            "CLINIC_KIOSK_LANGUAGES": "en, zh-Hans",
            "CLINIC_KIOSK_ROOMS": "1, 2,",
            "CLINIC_KIOSK_IDLE_SECONDS": "90",
            "CLINIC_KIOSK_STAFF_ON_KIOSK": "true",
        }
    )
    assert settings.languages == ("en", "zh-Hans")
    assert settings.rooms == (Room("1"), Room("2"))
    assert settings.idle_seconds == 90
    assert settings.staff_on_kiosk


def test_rooms_in_the_file_may_name_their_services(written: Written) -> None:
    path = written('rooms = [{ name = "2", services = ["cupping"] }, { name = "garden" }]')
    rooms = load_settings(config=path, environ={}).rooms
    assert rooms == (Room("2", ("cupping",)), Room("garden"))


def test_an_unknown_key_is_refused_with_a_suggestion(written: Written) -> None:
    with pytest.raises(SettingsError, match=r"unknown setting 'idle_second'; did you mean 'idle_s"):
        load_settings(config=written("idle_second = 90"), environ={})
    with pytest.raises(SettingsError, match=r"unknown setting 'colour'\."):
        load_settings(config=written('colour = "red"'), environ={})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('ticket_series = "AB"', "one letter from A to Z"),
        ('ticket_series = "a"', "one letter from A to Z"),
        ("idle_seconds = 5", "at least 10"),
        ('idle_seconds = "soon"', "idle_seconds"),
        ("rooms = []", "at least one room"),
        ("places = []", "places needs"),
        ('places = ["cashier", " "]', "places needs"),
        ('places = ["cashier", "cashier"]', "places needs"),
        (f'places = ["{"x" * 21}"]', "20 characters"),
        ("rooms = [{ title = 1 }]", "rooms"),
        ('rooms = [{ name = " " }]', "a name of its own"),
        ('rooms = [{ name = "2" }, { name = "2" }]', "a name of its own"),
        ('day_starts = "4"', "a time such as"),
        ('day_starts = "25:00"', "a time such as"),
        ('day_starts = "04:60"', "a time such as"),
        ('quiet_hours = "at night"', "quiet_hours are written like"),
        ("device = 1 =", "not valid TOML"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_its_reason(
    written: Written, line: str, why: str
) -> None:
    with pytest.raises(SettingsError, match=why):
        load_settings(config=written(line), environ={})


@pytest.mark.parametrize("time", ["00:00", "04:00", "23:59"])
def test_a_day_may_start_at_any_time(time: str) -> None:
    assert Settings(day_starts=time).day_starts == time


def test_settings_do_not_change_once_they_are_read() -> None:
    with pytest.raises(AttributeError):
        Settings().idle_seconds = 5


def test_a_changed_copy_is_checked_too() -> None:
    with pytest.raises(ValueError, match="at least one room"):
        msgspec.structs.replace(Settings(), rooms=())


@pytest.mark.parametrize("patience", [0.5, 6])
def test_patience_neither_hurries_anybody_nor_lasts_for_ever(patience: float) -> None:
    with pytest.raises(SettingsError, match="patience is 1 to 5"):
        load_settings({"patience": patience}, environ={})
