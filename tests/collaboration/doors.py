"""How a browser comes on to a map by a share link."""

DOOR = "/s/"


def enter(browser, token, **sent):
    browser.get(f"/s/{token}/")
    return browser.post(DOOR, {"name": "Gerda", **sent})


def page(journey):
    return f"/journeys/{journey.pk}/"
