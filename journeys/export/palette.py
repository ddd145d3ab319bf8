"""The colours of tokens.css for light paper, as files know them."""

INK, SOFT, FAINT, LINE, PAPER, ACCENT = (
    "17222a", "48535b", "606970", "e5e2de", "faf8f5", "05526b",
)  # fmt: skip
SIGNAL, SIGNAL_SOFT = "bd6614", "ffedcf"

TINTS = {
    1: "ffe8e6", 2: "ffecda", 3: "fbf3d3", 4: "e2f7e4",
    5: "dcf6f3", 6: "e5f1fa", 7: "efedfb", 8: "faeaf3",
}  # fmt: skip
TONES = {
    1: "96393b", 2: "844c21", 3: "68561d", 4: "2c643b",
    5: "176363", 6: "1d5b8f", 7: "5d4c9f", 8: "8b3a6c",
}  # fmt: skip

BANDS = {"before": "c2e3f1", "during": "2c7a94", "after": "0a4359"}
BAND_INKS = {"before": "0a4359", "during": "ffffff", "after": "ffffff"}
