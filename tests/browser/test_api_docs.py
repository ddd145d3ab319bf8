"""The page of the API works under the strict content policy, with nothing from elsewhere."""


def test_the_page_shows_every_resource_and_tries_one_out(page_of, bob, nordlys, live_site):
    page = page_of(bob)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/api/v1/docs/")
    page.locator("#operations-tag-workspaces").click()
    operation = page.locator("#operations-workspaces-workspaces_create")
    operation.scroll_into_view_if_needed()
    operation.locator("button.opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.locator("textarea").fill('{"name": "Solbrillen"}')
    operation.get_by_role("button", name="Execute").click()
    operation.locator(".live-responses-table .response-col_status", has_text="201").wait_for()

    assert bob.workspaces.filter(name="Solbrillen").exists()
    assert said == []
    assert [url for url in asked if not url.startswith((live_site.url, "data:", "blob:"))] == []
