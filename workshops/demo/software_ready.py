"""Buying business software: what stands ready for the doubts and needs of each stage."""

from workshops.demo.shapes import LinkStory, ReadyStory

READY = (
    ReadyStory(
        0, "Yearly benchmark on one page", "information", "in_work", "E-mail", "Marketing",
        due_in=40, answers=("Is there a problem at all?", "Ideas from firms of the same size"),
    ),
    ReadyStory(
        1, "Find the cause in five steps", "information", "ready", "Website", "Marketing",
        link="https://nordlys.example/five-steps",
        answers=("Was it the people or the process?", "Words for the problem"),
    ),
    ReadyStory(
        1, "What do wrong deliveries cost you in a year?", "tool", "planned", "Website", "Product",
        due_in=75, answers=("Words for the problem",),
    ),
    ReadyStory(2, "Price range for three sizes of firm", "information", "missing", "Website", "Sales"),
    ReadyStory(
        2, "When Nordlys Flow is the wrong choice", "message", "planned", "Website", "Marketing",
        due_in=20, answers=("A page that says who it is not for",),
    ),
    ReadyStory(
        3, "Ten of your own orders in a trial", "solution", "ready", "Video meeting", "Sales",
    ),
    ReadyStory(
        3, "Security answers on a public, dated page", "information", "in_work", "Website", "IT",
        due_in=14, answers=("Answers on security within a week",),
    ),
    ReadyStory(
        3, "A reference that you choose yourself", "information", "ready", "Phone", "Sales",
        answers=("Trust comes from a peer", "A reference from the same trade"),
    ),
    ReadyStory(
        4, "The contract on one page", "information", "ready", "E-mail", "Legal",
        answers=("What is not in the contract?",),
    ),
    ReadyStory(
        4, "Names of those who come on the first Monday", "message", "ready", "E-mail",
        "Consulting", answers=("They buy the people of the roll-out",),
    ),
    ReadyStory(
        5, "Two-minute films, one for each role", "tool", "ready", "Customer portal", "Product",
        link="https://nordlys.example/films", answers=("Training by role",),
    ),
    ReadyStory(
        5, "Week-two letter: what is hard now", "message", "ready", "E-mail", "Customer success",
        answers=("Is this slower, or only new?",),
    ),
    ReadyStory(
        6, "Release notes that say what breaks", "information", "in_work", "Customer portal",
        "Product", due_in=30, answers=("Do they still listen",),
    ),
    ReadyStory(
        6, "Chat until eight", "solution", "planned", "Live chat", "Service", due_in=60,
        answers=("Help by phone, mail, chat",),
    ),
)  # fmt: skip

LINKS = (
    LinkStory(
        "How fast somebody answers",
        ("Security questionnaire", "Help by phone"),
        "contradicts",
        "Two minutes after the purchase, three weeks before it: the questionnaire needs a promise, too.",
    ),
    LinkStory(
        "What happens to an order that comes by mail",
        ("Front page and product pages", "Demonstration"),
        "same",
    ),
    LinkStory(
        "What it costs",
        ("Study to download: 12 roll-outs measured", "Contract talks"),
        "differs",
        "The study gives numbers, the talks a feeling. Bring the study to the talks.",
    ),
)  # fmt: skip
