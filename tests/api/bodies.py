"""What a program sends to create one of each resource, and to change one."""

BODIES = {
    "workspaces": lambda _: {"name": "Another firm"},
    "personas": lambda ours: {"workspace": ours["workspaces"].pk, "name": "Karin"},
    "journeys": lambda ours: {"workspace": ours["workspaces"].pk, "title": "A second one"},
    "stages": lambda ours: {"board": ours["journeys"].pk, "title": "Looks around"},
    "lanes": lambda ours: {"board": ours["journeys"].pk, "kind": "text"},
    "notes": lambda ours: {
        "stage": ours["stages"].pk, "lane": ours["lanes"].pk, "text": "Asks a friend",
    },
    "emotions": lambda ours: {"stage": ours["stages"].pk, "score": -1},
    "metrics": lambda ours: {
        "stage": ours["stages"].pk, "name": "NPS", "points": [{"date": "2026-01-31", "value": 12}],
    },
    "saved-views": lambda ours: {
        "board": ours["journeys"].pk, "name": "Ours", "query": "zoom=fit", "shared": True,
    },
    "channels": lambda ours: {"workspace": ours["workspaces"].pk, "name": "Telephone"},
    "touchpoints": lambda ours: {"stage": ours["stages"].pk, "title": "First call"},
    "sources": lambda ours: {"workspace": ours["workspaces"].pk, "name": "Hotline"},
    "insights": lambda ours: {"workspace": ours["workspaces"].pk, "text": "They feel lost"},
    "workshops": lambda ours: {"journey": ours["journeys"].pk, "title": "Afternoon"},
    "participants": lambda ours: {"workshop": ours["workshops"].pk, "name": "Erik"},
    "contributions": lambda ours: {"board": ours["workshops"].pk, "text": "Nobody answers"},
    "proposals": lambda ours: {"board": ours["workshops"].pk, "title": "Answer within a day"},
    "ratings": lambda ours: {"proposal": ours["proposals"].pk, "feasibility": 5, "effect": 5},
    "actions": lambda ours: {"board": ours["workshops"].pk, "title": "Hire somebody"},
    "comments": lambda ours: {
        "board": ours["journeys"].pk,
        "target": {"type": "stage", "id": ours["stages"].pk},
        "body": "Are we sure?",
    },
    "exports": lambda ours: {"board": ours["workshops"].pk, "kind": "summary"},
}  # fmt: skip

PATCHES = {
    "workspaces": {"name": "Renamed"},
    "memberships": {"role": "editor"},
    "personas": {"segment": "Small firms"},
    "journeys": {"title": "Renamed"},
    "stages": {"title": "Renamed"},
    "lanes": {"title": "Renamed"},
    "notes": {"text": "Rewritten"},
    "emotions": {"score": 2},
    "metrics": {"target": 40},
    "saved-views": {"name": "Renamed"},
    "channels": {"online": False},
    "touchpoints": {"title": "Renamed"},
    "sources": {"kind": "visit"},
    "insights": {"strength": 3},
    "workshops": {"title": "Renamed"},
    "participants": {"department": "Sales"},
    "contributions": {"text": "Rewritten"},
    "proposals": {"title": "Renamed"},
    "ratings": {"effect": 1},
    "actions": {"status": "doing"},
    "comments": {"body": "Rewritten"},
}
