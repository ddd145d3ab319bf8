"""Buying business software: doubts, content, backstage and numbers, stage by stage."""

from workshops.demo.drawn import Scene
from workshops.demo.shapes import MetricStory, MoreStory

MORE = (
    MoreStory(
        agreement=2,
        notes={
            "doubts": ("Is there a problem at all?",),
            "content_plan": ("Yearly benchmark: one page, one number, no form.",),
            "backstage": ("Marketing asks twelve customers for their numbers each spring.",),
        },
        metrics=(MetricStory("Know us by name", "ratio", (0.12, 0.14, 0.17, 0.18), target=0.25),),
        scene=Scene("One person and a full shelf: nobody looks for anything.", people=1),
        voices={"We have a system.": "mette", "Scrolls LinkedIn": "mette"},
    ),
    MoreStory(
        agreement=3,
        notes={
            "doubts": ("Was it the people or the process?",),
            "content_plan": ("“Find the cause in five steps”, readable on a phone.",),
            "backstage": ("Support collects the questions that callers open with.",),
        },
        metrics=(
            MetricStory("Readers of the five steps", "number", (210, 340, 520, 610), target=600),
        ),
        scene=Scene(
            "Three red boxes on the shelf, and a line that falls: wrong deliveries.",
            (1, 6, 8),
            1,
            (0.8, 0.6, 0.4, 0.1),
        ),
        voices={"“How could we not": "mette", "“Jonas, can our ERP": "mette"},
    ),
    MoreStory(
        agreement=2,
        notes={
            "doubts": ("Does it run without a second place for customer data?",),
            "content_plan": ("A page with the price, and one that says who it is not for.",),
            "backstage": ("Sales and finance agree on a price that may be shown.",),
        },
        metrics=(
            MetricStory("Leave at the form", "ratio", (0.71, 0.7, 0.66, 0.64), 0.5, less=True),
        ),
        scene=Scene(
            "Two people at the screen count what went wrong.", (1, 6), 2, (0.4, 0.3, 0.35, 0.3)
        ),
        voices={"Who of these knows": "mette", "Why is there a form": "jonas"},
    ),
    MoreStory(
        agreement=4,
        notes={
            "doubts": ("Who answers on the night when it goes wrong?",),
            "content_plan": ("Reference from a wholesaler of 100 people, with the faults named.",),
            "backstage": ("An engineer loads ten of the customer's orders before the demo.",),
        },
        metrics=(MetricStory("Short lists that become pilots", "ratio", (0.38, 0.41, 0.46), 0.5),),
        scene=Scene(
            "Three people compare a trial with ten of their orders.", (6,), 3, (0.3, 0.4, 0.3, 0.5)
        ),
        voices={"IT says no when": "jonas", "Answers on security": "jonas"},
    ),
    MoreStory(
        agreement=4,
        notes={
            "doubts": ("What is not in the contract?",),
            "content_plan": ("The contract on one page, before the lawyers see it.",),
            "backstage": ("Legal keeps three clauses ready that wholesalers ask for.",),
        },
        metrics=(MetricStory("Days to sign", "number", (48, 41, 35), 30, unit="days", less=True),),
        scene=Scene("Two people agree before the shelf.", (6,), 2, (0.3, 0.4, 0.5, 0.6)),
        voices={"What did we forget": "mette"},
    ),
    MoreStory(
        agreement=5,
        notes={
            "doubts": ("Is this slower, or only new?",),
            "content_plan": ("Week-two letter: what is hard now, and when it ends.",),
            "backstage": ("The same consultant stays until the first stock-taking.",),
        },
        metrics=(
            MetricStory("Ease of the first order", "ces", (4.2, 4.6, 5.1, 5.6), target=5.5),
            MetricStory("Answered within a day", "csat", (81, 86, 84), target=90),
        ),
        scene=Scene("Week two: the line dips before it rises.", (3, 10), 3, (0.6, 0.3, 0.2, 0.7)),
        voices={"Is this slower": "mette", "“Where is the button": "jonas"},
    ),
    MoreStory(
        agreement=4,
        notes={
            "doubts": ("Do they still listen, now that we pay?",),
            "content_plan": ("Release notes that say what breaks; a date for each wish.",),
            "backstage": ("Product reads every lost renewal aloud once a quarter.",),
        },
        metrics=(MetricStory("Would recommend us", "nps", (12, 18, 31, 34), target=40),),
        scene=Scene(
            "A shelf without a red box, and a line that has risen all year.",
            (),
            3,
            (0.2, 0.4, 0.7, 0.9),
        ),
        voices={},
    ),
)
