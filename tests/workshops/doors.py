"""How a phone comes into a workshop by its code."""

from workshops import joining
from workshops.door_models import Door, DoorState


def open_door(workshop, by, state=DoorState.OPEN) -> Door:
    return joining.set_door(workshop, state=state, by=by)


def address_of(door: Door) -> str:
    return f"/join/{door.code}/"


def join(browser, door, name="Gerda", department="Sales"):
    return browser.post(address_of(door), {"name": name, "department": department})
