"""Maps inside other sites: for the sites of their link alone, without cookies (case 66)."""

import pytest

from collaboration import sharing
from collaboration.editing import Refused

pytestmark = pytest.mark.django_db


def test_an_embedded_map_is_drawn_for_its_sites_alone(share, client_of, journey, note):
    _link, token = share(embed_origins=["https://Intranet.example.com/", "https://b.example:8443"])
    browser = client_of(None)

    answer = browser.get(f"/embed/{token}/")

    assert answer.status_code == 200
    assert note.text in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors https://intranet.example.com https://b.example:8443" in policy
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    text = answer.content.decode()
    assert "<script" not in text
    assert "hx-post" not in text
    assert "/personas/" not in text


def test_nothing_else_is_embedded(share, client_of, journey, bob):
    _link, token = share()
    _link, with_password = share(password="open sesame")
    browser = client_of(None)
    for closed in (token, with_password, "x" * 43):
        answer = browser.get(f"/embed/{closed}/")
        assert answer.status_code == 404
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    inside = client_of(bob).get(f"/journeys/{journey.pk}/")
    assert "frame-ancestors 'none'" in inside["Content-Security-Policy"]
    assert inside["X-Frame-Options"] == "DENY"


def test_an_embedded_map_ends_with_its_link(share, client_of, acting, bob):
    link, token = share(embed_origins=["https://a.example"])

    sharing.revoke_link(link, by=acting(bob))

    assert client_of(None).get(f"/embed/{token}/").status_code == 404


@pytest.mark.parametrize(
    "site",
    [
        "*", "https://*", "http://a.example", "https://a.example/path", "https://a.example?x",
        "https://u:p@a.example", "'none'", "https://a.example; script-src *", "javascript:x",
        "https://", "https://a.example:99999", "data:text/html,x", "https://a b.example",
        "//a.example", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(site, share):
    with pytest.raises(Refused, match="not the address of a site"):
        share(embed_origins=[site])


def test_a_password_and_embedding_exclude_each_other(share):
    with pytest.raises(Refused, match="cannot ask for a password"):
        share(password="open sesame", embed_origins=["https://a.example"])
