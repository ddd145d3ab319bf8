"""What a program sends to create one of each resource, and to change one."""

from base64 import b64encode

from tests.drawn import picture_file

BODIES = {
    "workspaces": lambda _: {"name": "Another firm"},
    "personas": lambda ours: {"workspace": ours["workspaces"].pk, "name": "Karin"},
    "journeys": lambda ours: {"workspace": ours["workspaces"].pk, "title": "A second one"},
    "journey-templates": lambda ours: {
        "workspace": ours["workspaces"].pk, "journey": ours["journeys"].pk, "name": "Ours",
    },
    "stages": lambda ours: {"board": ours["journeys"].pk, "title": "Looks around"},
    "lanes": lambda ours: {"board": ours["journeys"].pk, "kind": "text"},
    "notes": lambda ours: {
        "stage": ours["stages"].pk, "lane": ours["lanes"].pk, "text": "Asks a friend",
    },
    "emotions": lambda ours: {"stage": ours["stages"].pk, "score": -1},
    "paths": lambda ours: {
        "from_stage": ours["paths"].to_stage_id, "to_stage": ours["stages"].pk,
    },
    "metrics": lambda ours: {
        "stage": ours["stages"].pk, "name": "NPS", "points": [{"date": "2026-01-31", "value": 12}],
    },
    "saved-views": lambda ours: {
        "board": ours["journeys"].pk, "name": "Ours", "query": "zoom=fit", "shared": True,
    },
    "pictures": lambda ours: {
        "stage": ours["stages"].pk, "lane": ours["pictures"].lane_id, "alt": "A red square",
        "file": b64encode(picture_file().read()).decode(),
    },
    "channels": lambda ours: {"workspace": ours["workspaces"].pk, "name": "Telephone"},
    "touchpoints": lambda ours: {"stage": ours["stages"].pk, "title": "First call"},
    "touchpoint-emotions": lambda ours: {"touchpoint": ours["touchpoints"].pk, "score": -1},
    "activities": lambda ours: {"board": ours["journeys"].pk, "title": "Monthly mailing"},
    "goals": lambda ours: {
        "board": ours["journeys"].pk, "side": "business", "text": "Sell the better lens",
    },
    "activity-goals": lambda ours: {
        "activity": ours["activities"].pk, "goal": ours["goals"].pk,
    },
    "action-goals": lambda ours: {"action": ours["actions"].pk, "goal": ours["goals"].pk},
    "message-links": lambda ours: {
        "board": ours["journeys"].pk, "title": "The delivery time",
        "touchpoints": [one.touchpoint_id for one in ours["message-links"].messages.all()],
    },
    "walks": lambda ours: {
        "board": ours["journeys"].pk, "competitor": True, "company": "Brillux",
        "steps": [{"stage": ours["stages"].pk, "worked": "no", "missing": "A price", "score": 2}],
    },
    "walk-steps": lambda ours: {
        "walk": ours["walks"].pk, "touchpoint": ours["touchpoints"].pk, "helped_goal": "partly",
        "photo": b64encode(picture_file().read()).decode(),
    },
    "sources": lambda ours: {"workspace": ours["workspaces"].pk, "name": "Hotline"},
    "interviews": lambda ours: {
        "workspace": ours["workspaces"].pk, "participant": "Buyer 7",
        "ladders": [[["What happened?", "I closed it."], ["Why?", "No price."]]],
    },
    "interview-guides": lambda ours: {
        "workspace": ours["workspaces"].pk, "name": "Buyers", "questions": ["What happened?"],
    },
    "insights": lambda ours: {"workspace": ours["workspaces"].pk, "text": "They feel lost"},
    "evidence": lambda ours: {
        "stage": ours["stages"].pk, "insight": ours["insights"].pk, "note": ours["notes"].pk,
        "stance": "contradicts",
    },
    "chosen-sources": lambda ours: {"stage": ours["stages"].pk, "kind": "survey"},
    "readiness": lambda ours: {"stage": ours["stages"].pk, "title": "Price list"},
    "answers": lambda ours: {"readiness": ours["readiness"].pk, "evidence": ours["evidence"].pk},
    "workshops": lambda ours: {"journey": ours["journeys"].pk, "title": "Afternoon"},
    "agenda-items": lambda ours: {"board": ours["workshops"].pk, "kind": "collect"},
    "participants": lambda ours: {"workshop": ours["workshops"].pk, "name": "Erik"},
    "contributions": lambda ours: {"board": ours["workshops"].pk, "text": "Nobody answers"},
    "clusters": lambda ours: {"board": ours["workshops"].pk, "name": "Prices"},
    "proposals": lambda ours: {"board": ours["workshops"].pk, "title": "Answer within a day"},
    "votes": lambda ours: {"contribution": ours["contributions"].pk, "count": 2},
    "ratings": lambda ours: {"proposal": ours["proposals"].pk, "feasibility": 5, "effect": 5},
    "actions": lambda ours: {"board": ours["workshops"].pk, "title": "Hire somebody"},
    "workshop-invitations": lambda ours: {"participant": ours["participants"].pk},
    "inspiration-cases": lambda ours: {
        "workspace": ours["workspaces"].pk, "title": "A call on day two",
        "done": "They ring every buyer.", "tags": ["delivery"],
    },
    "shown-cases": lambda ours: {
        "board": ours["workshops"].pk, "case": ours["inspiration-cases"].pk, "showing": True,
    },
    "comments": lambda ours: {
        "board": ours["journeys"].pk,
        "target": {"type": "stage", "id": ours["stages"].pk},
        "body": "Are we sure?",
    },
    "snapshots": lambda ours: {"board": ours["journeys"].pk, "label": "Before the workshop"},
    "assignments": lambda ours: {
        "board": ours["journeys"].pk,
        "target": {"type": "lane", "id": ours["lanes"].pk},
        "member": ours["memberships"].user_id,
    },
    "exports": lambda ours: {"board": ours["workshops"].pk, "kind": "summary"},
    "imports": lambda ours: {
        "board": ours["journeys"].pk, "kind": "touchpoints", "file_name": "table.csv",
        "file": b64encode(b"Stage;Touchpoint\nBefore;Reads\n").decode(),
    },
    "share-links": lambda ours: {"board": ours["journeys"].pk, "role": "viewer"},
    "board-accesses": lambda ours: {
        "board": ours["journeys"].pk, "user": ours["board-accesses"].membership.user_id,
        "role": "viewer",
    },
}  # fmt: skip

PATCHES = {
    "workspaces": {"name": "Renamed", "language": "sv"},
    "memberships": {"role": "editor"},
    "personas": {"segment": "Small firms"},
    "journeys": {"title": "Renamed"},
    "journey-templates": {"about": "For the north"},
    "stages": {"title": "Renamed"},
    "lanes": {"title": "Renamed"},
    "notes": {"text": "Rewritten"},
    "emotions": {"score": 2},
    "paths": {"share": 0.25},
    "touchpoint-emotions": {"score": 2},
    "metrics": {"target": 40},
    "saved-views": {"name": "Renamed"},
    "pictures": {"alt": "A reddish square"},
    "channels": {"online": False},
    "touchpoints": {"title": "Renamed"},
    "activities": {"hours_per_month": 12.5},
    "goals": {"text": "Rewritten"},
    "message-links": {"verdict": "differs"},
    "walks": {"company": "Optik Nord"},
    "walk-steps": {"better": "They rang back"},
    "sources": {"kind": "visit"},
    "interviews": {"participant": "Buyer 8"},
    "interview-guides": {"questions": ["And then?"]},
    "insights": {"strength": 3},
    "evidence": {"stance": "contradicts"},
    "readiness": {"status": "ready"},
    "workshops": {"title": "Renamed"},
    "agenda-items": {"minutes": 25},
    "participants": {"department": "Sales"},
    "clusters": {"name": "Rewritten"},
    "contributions": {"text": "Rewritten"},
    "proposals": {"title": "Renamed"},
    "votes": {"count": 1},
    "ratings": {"effect": 1},
    "actions": {"status": "doing"},
    "workshop-invitations": {"answer": "yes"},
    "inspiration-cases": {"effect": "Fewer complaints"},
    "shown-cases": {"showing": True},
    "comments": {"body": "Rewritten"},
    "snapshots": {"label": "Renamed"},
    "assignments": {"due": "2026-12-24"},
    "share-links": {"label": "Renamed"},
    "board-accesses": {"role": "editor"},
}
