"""Buying business software: what Nordlys does today, and what it takes."""

from workshops.demo.shapes import ActivityStory

ACTIVITIES = (
    # Not active
    ActivityStory(
        "Monthly mailing to those who never asked", 0, "Letter or print", 24, 9000,
        purpose="Be remembered by buyers who are not looking.", owner="Sales",
        decision="drop", reason="Nobody in twelve interviews remembers one of them.",
    ),
    ActivityStory(
        "Short stories from warehouses", 0, "Social media", 10, 500,
        purpose="Show firms of the same size, no product.", owner="Marketing",
    ),
    # Trigger
    ActivityStory(
        "Boosted posts about efficiency", 1, "Social media", 16, 4000,
        purpose="Reach operations managers in a bad week.", owner="Marketing",
    ),
    ActivityStory(
        "Films from a warehouse", 1, "Video", 6, 2000,
        purpose="Show what changed, told by a shift manager.", owner="Marketing",
    ),
    ActivityStory(
        "Plain articles, one for each symptom", 1, "Search engine", 20, None,
        purpose="Answer what is typed late at night.", owner="Marketing",
        decision="start", reason="The search is a moment of truth, and nothing of ours is found.",
    ),
    # First interest
    ActivityStory(
        "Product pages kept up to date", 2, "Website", 20, 1000,
        purpose="Say what it does, and what it costs.", owner="Marketing",
    ),
    # Active evaluation
    ActivityStory(
        "Demonstrations", 3, "Video meeting", 40, None,
        purpose="Show it with the customer's own orders.", owner="Sales",
    ),
    ActivityStory(
        "Studies of roll-outs", 3, "Website", 12, 1500,
        purpose="Give numbers that can be checked.", owner="Marketing",
    ),
    # Purchase decision
    ActivityStory(
        "Contract talks and kick-off", 4, "Meeting in person", 60, 3000,
        purpose="Agree on roll-out team, KPIs and time plan.", owner="Sales",
    ),
    ActivityStory(
        "Offers with success criteria", 4, "E-mail", 15, None,
        purpose="Put in writing what success is.", owner="Sales",
    ),
    ActivityStory(
        "Order form on the site", 4, "Website", 8, 600,
        purpose="Let small firms buy without talking to us.", owner="Product",
    ),
    # Customer experience
    ActivityStory(
        "Training days", 5, "Meeting in person", 80, 6000,
        purpose="Everybody has packed one order in the new way.", owner="Consulting",
    ),
    ActivityStory(
        "Thirty mails for thirty days", 5, "E-mail", 10, None,
        purpose="One step a day.", owner="Customer success",
    ),
    ActivityStory(
        "Consultants on call", 5, "Phone", 70, None,
        purpose="Solve it while the line is waiting.", owner="Consulting",
    ),
    # Loyalty
    ActivityStory(
        "Service desk", 6, "Phone", 90, 2500,
        purpose="A person who knows the firm.", owner="Service",
    ),
    ActivityStory(
        "Answers by e-mail", 6, "E-mail", 45, None,
        purpose="Within a working day.", owner="Service",
    ),
    ActivityStory(
        "Articles of the knowledge base", 6, "Customer portal", 18, None,
        purpose="The hundred commonest questions.", owner="Service",
    ),
    ActivityStory(
        "Chat on weekdays", 6, "Live chat", 30, 900,
        purpose="Short questions without a queue.", owner="Service",
    ),
    # Tied to no stage
    ActivityStory(
        "Sponsoring of the handball club", None, "", 5, 2500, owner="Management",
    ),
)  # fmt: skip
