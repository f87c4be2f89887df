"""`new-clinic`: four answers make content that is well, in any language; others are refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lobby_driver import Lobby
from millrace import MILLRACE, TODAY
from siblings import siblings

from kiosk.cli import main
from kiosk.commands.starting.four_answers import LANGUAGES, MORE, QUESTIONS
from kiosk.content.check import check
from kiosk.content.clinic import Clinic
from kiosk.content.texts import load_clinic

LEEDS = {
    "name": "Millrace Practice",
    "website": "millrace.example",
    "address": "12 Mill Lane, Leeds",
    "phone": "+44 113 496 0123",
}
SHANGHAI = {
    "name": "水磨诊所",
    "website": "https://millrace.example/zh",
    "address": "水磨路12号，上海",
    "phone": "+86 21 5555 0123",
}


def new_clinic(folder: Path, said: dict[str, str]) -> int:
    flags = [word for field, text in said.items() for word in (f"--{field}", text)]
    return main(["new-clinic", str(folder), *flags])


def made(folder: Path, said: dict[str, str]) -> Clinic:
    assert new_clinic(folder, said) == 0
    return load_clinic(folder)


class Hands:
    """Somebody at the terminal, who answers what is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self._patch = monkeypatch

    def answer(self, *answers: str) -> None:
        left: Iterator[str] = iter(answers)

        def typed(question: str) -> str:
            self.asked.append(question.partition("\n")[0])
            answer = next(left, None)
            if answer is None:
                raise EOFError
            return answer

        self._patch.setattr("builtins.input", typed)
        self._patch.setattr("sys.stdin.isatty", lambda: True)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch)


# What is made


@pytest.mark.parametrize("said", [LEEDS, SHANGHAI], ids=["Leeds", "Shanghai"])
@siblings(4, "languages", ["", *LANGUAGES, ",".join(LANGUAGES)])
def test_what_is_made_is_well(tmp_path: Path, said: dict[str, str], languages: str) -> None:
    said = said | ({"languages": languages} if languages else {})
    made(tmp_path / "own", said)
    assert check(tmp_path / "own", TODAY)[1] == []


def test_what_was_answered_is_in_it(tmp_path: Path) -> None:
    clinic = made(tmp_path / "own", LEEDS)
    (place,) = clinic.locations
    assert (clinic.name, clinic.languages) == ("Millrace Practice", ("en",))
    assert (clinic.website, clinic.short_url) == ("https://millrace.example/", "millrace.example")
    assert (place.street["en"], place.city["en"]) == ("12 Mill Lane", "Leeds")
    assert place.address["en"] == "12 Mill Lane, Leeds"
    assert place.phone == "+441134960123"


def test_the_phone_number_tells_country_clock_ambulance_and_languages(tmp_path: Path) -> None:
    leeds, shanghai = made(tmp_path / "a", LEEDS), made(tmp_path / "b", SHANGHAI)
    assert (leeds.region, leeds.time_zone, leeds.emergency_number) == ("GB", "Europe/London", "999")
    assert (shanghai.region, shanghai.time_zone) == ("CN", "Asia/Shanghai")
    assert (shanghai.emergency_number, shanghai.languages) == ("120", ("zh-Hans", "en"))


def test_in_china_it_has_surnames_holidays_and_an_address_as_it_is_written_there(
    tmp_path: Path,
) -> None:
    leeds, shanghai = made(tmp_path / "a", LEEDS), made(tmp_path / "b", SHANGHAI)
    assert (len(shanghai.surnames) > 30, leeds.surnames) == (True, {})
    assert [year.year for year in shanghai.holidays] == [2026]
    assert leeds.holidays == ()
    assert shanghai.locations[0].address["zh-Hans"] == "上海水磨路12号"
    latin = made(tmp_path / "c", SHANGHAI | {"address": "12 Mill Lane, Shanghai"}).locations[0]
    assert latin.address["zh-Hans"] == "12 Mill Lane, Shanghai"


def test_its_service_and_its_article_lead_to_one_another(tmp_path: Path) -> None:
    clinic = made(tmp_path / "own", SHANGHAI)
    (service,), (article,) = clinic.services, clinic.articles
    assert (service.articles, article.services) == ((article.slug,), (service.slug,))
    assert list(article.title) == ["zh-Hans", "en"]


def test_a_program_whose_content_was_replaced_can_make_one_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.commands.starting.new_content.CONTENT", MILLRACE)
    clinic = made(tmp_path / "own", SHANGHAI)
    assert (clinic.articles, clinic.surnames, clinic.holidays) == ((), {}, ())
    assert check(tmp_path / "own", TODAY)[1] == []


def test_nothing_of_the_first_clinic_is_in_it(tmp_path: Path) -> None:
    made(tmp_path / "own", SHANGHAI)
    texts = [p for p in (tmp_path / "own").rglob("*.*") if p.is_file() and p.name != "README.md"]
    assert len(texts) >= 6
    for path in texts:
        text = path.read_text("utf-8")
        for word in ("Body", "bodyandsoul", "tcm-shanghai", "Xizang", "西藏南路", "Stevens"):
            assert word not in text, path
        assert "verified = true" not in text, path


def test_its_readme_has_commands_that_can_be_typed_there(tmp_path: Path) -> None:
    made(tmp_path / "own", LEEDS)
    text = (tmp_path / "own" / "README.md").read_text("utf-8")
    assert "run_kiosk.py check --content .\n" in text
    assert "run_kiosk.py preview services/consultation.en.md\n" in text
    assert ".venv" not in text
    assert "](../" not in text


@pytest.mark.wide
@pytest.mark.parametrize("tag", ["en", "zh-Hans", "de"])
async def test_its_lobby_can_be_walked_through(tmp_path: Path, tag: str) -> None:
    languages = ",".join(dict.fromkeys((tag, "en")))
    clinic = made(tmp_path / "own", LEEDS | {"languages": languages})
    lobby = Lobby(tmp_path, clinic=clinic, content_dir=tmp_path / "own")
    lobby.store.mark_present("Lin")
    async with lobby.open():
        for keys, screen in {
            ("2", "1"): "ReaderScreen",
            ("3", "1"): "ReaderScreen",
            ("4",): "LocationsScreen",
            ("5",): "BookScreen",
        }.items():
            await lobby.press(*keys)
            assert (lobby.screen, lobby.cut_off()) == (screen, [])
            await lobby.press("f10")


def test_all_that_it_says_it_is_a_clinic_now_and_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path / "own", LEEDS)
    out = capsys.readouterr().out
    assert out.startswith(f"{tmp_path / 'own'} is a clinic's content now.")
    assert f"  run_kiosk.py check --content {tmp_path / 'own'}\n" in out
    assert f'\n  content_dir = "{tmp_path / "own"}"' in out


# Quotes, and what no file may come to grief over


def test_any_name_stays_what_it_is(tmp_path: Path) -> None:
    name = 'Dr. "Lin" \\ Söhne {x} @name@ \\1'
    clinic = made(tmp_path / "own", LEEDS | {"name": name})
    assert (clinic.name, clinic.short_name) == (name, name)


# Asked in a terminal


def test_four_questions_are_asked_and_no_more(tmp_path: Path, hands: Hands) -> None:
    hands.answer(*LEEDS.values())
    assert main(["new-clinic", str(tmp_path / "own")]) == 0
    assert hands.asked == list(QUESTIONS.values())


def test_what_was_said_is_not_asked_again(tmp_path: Path, hands: Hands) -> None:
    hands.answer("Millrace", "+44 113 496 0123")
    words = ["--address", LEEDS["address"], "--website", LEEDS["website"]]
    assert main(["new-clinic", str(tmp_path / "own"), *words]) == 0
    assert hands.asked == [QUESTIONS["name"], QUESTIONS["phone"]]


def test_an_answer_that_cannot_be_used_is_told_and_asked_for_again(
    tmp_path: Path, hands: Hands, capsys: pytest.CaptureFixture[str]
) -> None:
    good = iter(LEEDS.values())
    hands.answer(
        *(text for bad in ("", "mill race", "Leeds", "0113") for text in (bad, next(good)))
    )
    assert main(["new-clinic", str(tmp_path / "own")]) == 0
    out = capsys.readouterr().out
    assert "Please write the clinic's name." in out
    assert "'mill race' is no address of a website: take the space out." in out
    assert "with a comma between: 12 Mill Lane, Leeds." in out
    assert "'0113' is no phone number; begin with + and the country." in out


def test_what_the_number_does_not_tell_is_asked_too(tmp_path: Path, hands: Hands) -> None:
    said = LEEDS | {"phone": "+7 916 123 45 67"}
    hands.answer(*said.values(), "", "help", "103", "Moscow", "Europe/Moscow")
    assert main(["new-clinic", str(tmp_path / "own")]) == 0
    clinic = load_clinic(tmp_path / "own")
    assert (clinic.emergency_number, clinic.time_zone) == ("103", "Europe/Moscow")
    assert hands.asked[4:] == [MORE["ambulance"]] * 3 + [MORE["time_zone"]] * 2


def test_who_stops_has_nothing_on_the_disk(
    tmp_path: Path, hands: Hands, capsys: pytest.CaptureFixture[str]
) -> None:
    hands.answer("Millrace")
    assert main(["new-clinic", str(tmp_path / "own")]) == 1
    assert capsys.readouterr().err == "\nNothing was written.\n"
    assert not (tmp_path / "own").exists()


# Refused, with a sentence and nothing written


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("name", " ", "Please write the clinic's name."),
        ("name", "Mill\nrace", "Please write the clinic's name."),
        ("website", "millrace", "'millrace' is no address of a website: millrace is no name"),
        ("website", "ftp://millrace.example", "begin with https://"),
        ("address", "Leeds", "with a comma between"),
        ("phone", "+44 113", "is no phone number of any country; is a digit missing?"),
        ("phone", "+800 1234 5678", "is no phone number of any country"),
        ("languages", "en,nl", "There is no language 'nl'. There are: "),
        ("ambulance", "nine", "'nine' is no number to dial for help"),
        ("time-zone", "Leeds", "There is no time zone 'Leeds'"),
    ],
)
def test_what_cannot_be_used_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, text: str, told: str
) -> None:
    assert new_clinic(tmp_path / "own", LEEDS | {field: text}) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "own").exists()


def test_without_a_terminal_the_flags_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert new_clinic(tmp_path / "own", {"name": "Millrace"}) == 1
    told = "There is no terminal to ask in; give --website, --address, --phone.\n"
    assert capsys.readouterr().err == told
    assert new_clinic(tmp_path / "own", LEEDS | {"phone": "+7 916 123 45 67"}) == 1
    assert "give --ambulance, --time-zone." in capsys.readouterr().err


def test_a_folder_that_holds_something_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for there in (tmp_path, tmp_path / "notes.txt"):
        assert new_clinic(there, LEEDS) == 1
        assert "is there already, and not empty; name a new folder." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    (tmp_path / "empty").mkdir()
    assert new_clinic(tmp_path / "empty", LEEDS) == 0


def test_a_folder_that_cannot_be_made_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert new_clinic(tmp_path / "file" / "own", LEEDS) == 1
    assert "cannot be written: " in capsys.readouterr().err
