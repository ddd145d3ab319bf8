import pytest
from django.db import connection


@pytest.mark.django_db
def test_database_is_private_to_the_run(settings):
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        print(cursor.fetchone(), settings.DATABASES, settings.CELERY_BROKER_URL)


def test_cast(alice, client_of):
    assert client_of(alice)
