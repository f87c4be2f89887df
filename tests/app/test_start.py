"""What the programs open: the store of the place they stand in, as the content has it."""

from pathlib import Path

import msgspec
import pytest

from db import Order
from kiosk.app.start import open_clinic_store
from kiosk.content import clinic as content
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT, Settings


def test_the_store_and_the_content_have_the_same_words() -> None:
    assert [order.value for order in content.Order] == [order.value for order in Order]


@pytest.mark.parametrize("order", content.Order)
def test_the_store_has_the_order_of_its_location(tmp_path: Path, order: content.Order) -> None:
    clinic = load_clinic(CHECKOUT / "content")
    here, *others = clinic.locations
    clinic = msgspec.structs.replace(
        clinic, locations=(msgspec.structs.replace(here, order=order), *others)
    )
    settings = Settings(data_dir=tmp_path / "data", keys_dir=tmp_path / "keys", location=here.slug)
    assert open_clinic_store(settings, clinic).order is Order(order)


def test_without_a_word_of_it_the_order_is_by_arrival() -> None:
    clinic = load_clinic(CHECKOUT / "content")
    assert {location.order for location in clinic.locations} == {content.Order.ARRIVAL}
