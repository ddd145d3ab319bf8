"""Which items of a map go back together."""

from collaboration.itemtypes import Key
from collaboration.restoring import Choice, company_of
from collaboration.timemachine import State
from journeys.lanes import kind_of


def cell(stage_id: int, lane_id: int) -> Choice:
    """What lay in a cell then or lies there now, with what hangs on it."""

    def choose(old: State, now: State) -> set[Key]:
        found = {
            key for state in (old, now) for key in _in_cell(state, stage_id, lane_id, old, now)
        }
        return company_of(found, old, now)

    return choose


def _in_cell(state: State, stage_id: int, lane_id: int, *states: State) -> set[Key]:
    lane = next((one.of("lane")[lane_id] for one in states if lane_id in one.of("lane")), None)
    if lane is None:
        return set()
    model = kind_of(lane["kind"]).item_model
    own = {"stage_id": stage_id}
    if "lane_id" in model.recorded_names():
        own["lane_id"] = lane_id
    kind = model.type_name()
    return {(kind, pk) for pk, values in state.of(kind).items() if own.items() <= values.items()}
