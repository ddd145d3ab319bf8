"""New sunglasses: what stands ready for the needs of each stage."""

from workshops.demo.shapes import ReadyStory

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
