"""Case 86: whoever writes cells of a spreadsheet does it through collaboration/cells.py."""

import re

from tests.guards.test_files import CODE, ROOT

WRITES = re.compile(
    r"csv\.(?:writer|DictWriter)|page\.cell\(|cell\.value =|page\.append\(|sheet\.append\("
)
MAY = {
    "collaboration/cells.py": "it is the one that guards them",
    "journeys/pasting.py": "text for the clipboard, which is pasted into maps",
    "journeys/export/workbook.py": "names a cell to freeze the heads",
}


def writers() -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for folder in CODE
        if folder not in ("static", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if WRITES.search(path.read_text())
    }


def test_case_86_every_writer_of_cells_guards_them():
    assert writers() - MAY.keys() == set()


def test_no_exception_is_stale():
    assert MAY.keys() <= writers()
