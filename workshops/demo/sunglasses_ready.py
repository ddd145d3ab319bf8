"""New sunglasses: what stands ready for the needs of each stage."""

from workshops.demo.shapes import LinkStory, ReadyStory

READY = (
    ReadyStory(
        0, "One frame on twelve faces", "information", "in_work", "Social media", "Marketing",
        due_in=21, answers=("To see the frame on real faces",),
    ),
    ReadyStory(
        1, "Frame finder", "tool", "ready", "Website", "E-commerce",
        link="https://solbrillen.example/finder",
    ),
    ReadyStory(
        1, "Tray with two lenses beside every mirror", "product", "planned", "Shop", "Shop",
        due_in=10, answers=("The better lens sells once",),
    ),
    ReadyStory(
        1, "One sentence on each lens", "message", "ready", "Shop", "Shop",
        answers=("One sentence on each kind of lens",),
    ),
    ReadyStory(
        2, "Payment with one tap, as a guest", "solution", "missing", "Website", "E-commerce",
        answers=("Payment with one tap",),
    ),
    ReadyStory(
        3, "Card in the case: three sentences about this lens", "information", "ready",
        "Letter or print", "E-commerce",
    ),
    ReadyStory(
        3, "Adjustment without an appointment", "solution", "ready", "Shop", "Shop",
        answers=("A frame that stays up",),
    ),
    ReadyStory(4, "Lens renewal after two years", "product", "planned", "E-mail", "Marketing", due_in=90),
)  # fmt: skip

LINKS = (
    LinkStory(
        "Where the price starts",
        ("Advertisement in the feed", "Shop window", "The shelf with mirrors"),
        "contradicts",
        "The feed names the lens, the shelf the frame: agree on one starting price, for a whole pair.",
    ),
    LinkStory(
        "What the coupon is good for",
        ("Newsletter with a coupon", "Basket and check-out", "Till in the shop"),
        remark="The till takes it, the web shop refuses it without a word.",
    ),
    LinkStory(
        "Our tone after the purchase",
        ("The parcel", "Mail after a year"),
        "same",
        then=("Mail after a year", "A year already. Look up: your next pair is here."),
    ),
)  # fmt: skip
