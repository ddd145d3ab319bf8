"""Buying business software: what interviews, calls, surveys and numbers taught us."""

from workshops.demo.shapes import InsightStory, ThreadStory

SOURCES = {
    "interviews": ("Interviews with twelve project groups", "interview"),
    "calls": ("Two days of listening in at customer service", "listening"),
    "survey": ("Survey after go-live, 84 answers", "survey"),
    "analytics": ("Web analytics, last twelve months", "analytics"),
    "reviews": ("Reviews on comparison sites", "review"),
    "walk": ("Our own walk as a customer", "visit"),
}

INSIGHTS = (
    InsightStory(
        "interviews", "motivation",
        "I go for the coffee breaks. That is where people say what really went wrong.",
        "Before any need, peers are the only channel that counts.", 2, (0,), ("peers", "events"),
    ),
    InsightStory(
        "analytics", "performance", "",
        "Mailings to inactive buyers: 0.3 per cent click, and one in five unsubscribes.", 3, (0,),
        ("mailing",),
    ),
    InsightStory(
        "interviews", "pain",
        "They had been our customer for eleven years. They left in a mail of two lines.",
        "The trigger is a loss that somebody has to explain, never a wish for software.", 3, (1,),
        ("complaints",),
    ),
    InsightStory(
        "analytics", "need", "",
        "Half of first visits come after 8 p.m. and start from a symptom, not from a product name.",
        3, (1, 2), ("search",),
    ),
    InsightStory(
        "interviews", "barrier",
        "No price, no list. I had eleven tabs open and closed six for that alone.",
        "Vendors without a price range leave the long list in the first hour.", 3, (2,), ("price",),
    ),
    InsightStory(
        "reviews", "brand",
        "Solid people, but you have to find out for yourself what it costs.",
        "Seen as honest and competent, and as secretive about money.", 2, (2, 4), ("price", "brand"),
    ),
    InsightStory(
        "walk", "challenge",
        "",
        "We asked four vendors for documentation. We were the only one that wanted a phone number first.",
        1, (2, 3), ("documentation",),
    ),
    InsightStory(
        "interviews", "doubt",
        "Everybody has references. I want to call one that you did not choose for me.",
        "Trust comes from a peer who may also say what went wrong.", 3, (3,), ("references",),
    ),
    InsightStory(
        "calls", "pain",
        "I sent you forty questions three weeks ago. Is anybody reading this?",
        "IT waits for answers on security and grows into an opponent meanwhile.", 2, (3,),
        ("security", "IT"),
    ),
    InsightStory(
        "interviews", "need",
        "I wanted the name of the person who would stand here on the Monday.",
        "They buy the people of the roll-out more than the product.", 3, (4,), ("consultants",),
    ),
    InsightStory(
        "survey", "challenge",
        "Week two was awful. Nobody had told us that it would be.",
        "71 per cent feel slower in week two; those who were told so beforehand rate us a point higher.",
        3, (5,), ("onboarding",),
    ),
    InsightStory(
        "calls", "performance",
        "The manual says click Orders. I don't have Orders.",
        "One call in four during start-up is about a manual that is behind the product.", 3, (5,),
        ("manual",),
    ),
    InsightStory(
        "calls", "pain",
        "You close when our second shift starts.",
        "A third of chat requests arrive between four and eight in the evening.", 3, (6,),
        ("chat", "hours"),
    ),
    InsightStory(
        "survey", "gain",
        "38 per cent fewer wrong deliveries. I have it framed, almost.",
        "Customers who measure their result recommend us three times as often.", 2, (6,),
        ("results", "references"),
    ),
)  # fmt: skip

THREADS = (
    ThreadStory(
        0,
        (
            ("owner", "The mailing to inactive buyers costs us two days a month. Does anybody here want to defend it?"),
            ("commenter", "Not me. People call to be taken off the list, and they are not friendly about it."),
            ("editor", "Then let us put those two days into the benchmark instead."),
        ),
        resolved_by="owner",
    ),
    ThreadStory(
        2,
        (
            ("editor", "Sales fears that a price range scares off the small firms. Our interviews say the opposite: no price scares off everybody."),
            ("owner", "Let us test it on the Dutch site for six weeks and count requests."),
        ),
    ),
    ThreadStory(
        3,
        (
            ("commenter", "I had Jonas's double on the phone today. Same forty questions, same three weeks of waiting."),
            ("editor", "A public security page would answer 31 of them. I counted."),
            ("owner", "Put it on the list for the workshop, please."),
            ("commenter", "Done, it is under Active evaluation there."),
        ),
    ),
    ThreadStory(
        3,
        (
            ("owner", "Is the analyst report still worth its fee?"),
            ("editor", "None of the twelve project groups had read it. I set its importance to 2."),
        ),
        resolved_by="editor",
    ),
    ThreadStory(
        5,
        (
            ("commenter", "Please do not forget the night shift. They learn the system from each other, mistakes included."),
            ("editor", "Added as a pain. Could we film the training once, on the floor?"),
            ("commenter", "Yes! The people in Zwolle would volunteer."),
        ),
    ),
    ThreadStory(
        6,
        (("commenter", "Chat until eight: we could cover it with two part-time colleagues. I have the numbers by hour if you need them."),),
    ),
)  # fmt: skip
