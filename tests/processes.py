"""Real processes against the test database: a Celery worker, and the whole site."""
