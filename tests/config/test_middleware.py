import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def test_every_answer_is_private_and_has_an_id(client):
    response = client.get("/accounts/login/")
    print(response.status_code, dict(response.headers))
