"""The real settings, but for what only a test may have."""

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.flushing"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Files straight from static/, without collectstatic; tests/config holds the real storage to account.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
# WhiteNoise warns where the folder of collectstatic is missing.
STATIC_ROOT = BASE_DIR / "static"
