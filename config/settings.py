"""Every setting of Waymark, read once from the environment.

docs/operations.md holds the table of variables with their meaning and default.
"""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.database import DeadlineConnection
from config.logs import logging_at

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# What `make run` started on this machine; a variable that is set wins.
if (running := Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))) / "environment").exists():
    env.read_env(running)

# --- What this installation is -------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=DEBUG)
HTTPS = env.bool("HTTPS", default=not DEBUG)
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-never-for-a-server" * DEBUG)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data")))

INSTALLED_APPS = [
    "teams",
    "collaboration",
    "journeys",
    "touchpoints",
    "insights",
    "workshops",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_htmx",
    "django_structlog",
    "template_partials",
]

MIDDLEWARE = [
    "config.middleware.database_deadline",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.private_answers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "teams.middleware.language_and_timezone",
    "teams.middleware.current_workspace",
    "teams.middleware.closed_by_default",
    "teams.middleware.request_log",
    "collaboration.api.rates.rate_headers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "teams.context_processors.workspace",
                "collaboration.context_processors.unread",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "teams.templatetags.icons",
            ],
        },
    }
]

# --- PostgreSQL ----------------------------------------------------------------------------
# A pool outlives a restart of the database; every statement has a deadline.
DATABASES = {"default": env.db("DATABASE_URL", default="postgresql:///waymark")}
DATABASES["default"] |= {
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
    "OPTIONS": DATABASES["default"].get("OPTIONS", {})
    | {
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", default=12),
            "timeout": env.int("DATABASE_POOL_TIMEOUT_SECONDS", default=5),
            "connection_class": DeadlineConnection,
        },
        "connect_timeout": 5,
        "options": "-c statement_timeout=15s -c lock_timeout=8s"
        " -c idle_in_transaction_session_timeout=30s",
    },
}
if env.str("TEST_DATABASE_NAME", default=""):
    DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DATABASE_NAME")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: a bell and a queue, never the truth --------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
REDIS_TIMEOUT_SECONDS = 1.0

CACHES = {
    # Attempts at passwords are counted here: the same number for every process.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # HTML whose key names item, version, role and language is right in every process.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "TIMEOUT": 12 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 5_000, "CULL_FREQUENCY": 4},
    },
    # Whole grids, up to a megabyte each: few, and only the newest version of a map is asked for.
    "grids": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "grids",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 32, "CULL_FREQUENCY": 4},
    },
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 150
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The visibility timeout stays above the hard time limit: a running task is never started twice.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.int("CELERY_VISIBILITY_TIMEOUT_SECONDS", default=180),
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 2,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}
EXPORT_DAYS = env.int("EXPORT_DAYS", default=30)
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": env.int("RESEND_EVERY_SECONDS", default=15)}
    for task in (
        "collaboration.tasks.resend_waiting_exports",
        "collaboration.tasks.resend_waiting_imports",
        "collaboration.tasks.mail_notifications",
        "teams.tasks.send_waiting_mail",
    )
} | {
    "purge exports": {"task": "collaboration.tasks.purge_old_exports", "schedule": 3600},
    "purge imports": {
        "task": "collaboration.tasks.purge_old_imports",
        "schedule": 24 * 60 * 60,
    },
    "purge trash": {"task": "collaboration.tasks.purge_trash", "schedule": 24 * 60 * 60},
    "purge kept answers": {
        "task": "collaboration.tasks.purge_kept_answers",
        "schedule": 24 * 60 * 60,
    },
    "purge sessions": {"task": "teams.tasks.purge_sessions", "schedule": 24 * 60 * 60},
    "purge unused pictures": {
        "task": "collaboration.tasks.purge_unused_pictures",
        "schedule": 24 * 60 * 60,
    },
    "remind": {"task": "workshops.tasks.remind", "schedule": 15 * 60},
    "tell invited": {"task": "workshops.tasks.tell_invited", "schedule": 60},
    "forget": {"task": "insights.tasks.forget_participants_due", "schedule": 24 * 60 * 60},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

# --- People --------------------------------------------------------------------------------
AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "teams.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "teams.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "teams.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# `key` is a person at one place for login_failed, a person at all places for the last.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_everywhere": "50/15m/key",
    "share_password": "20/10m/ip",
    "share_password_of_link": "60/10m/key",
    "invite": "60/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Waymark"
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SIGNUP_OPEN = env.bool("SIGNUP_OPEN", default=True)
SOCIALACCOUNT_PROVIDERS = {}
OIDC_ORIGIN: list[str] = []
if env.str("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("OIDC_NAME", default="OpenID Connect"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env.str("OIDC_SERVER_URL")},
            }
        ]
    }
    # The sign-in button posts to us and is sent on to that server.
    OIDC_ORIGIN = ["{0.scheme}://{0.netloc}".format(urlsplit(env.str("OIDC_SERVER_URL")))]

# --- Mail ----------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Waymark <waymark@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Languages and time --------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("da", _("Danish")), ("sv", _("Swedish")), ("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Copenhagen")

# --- Files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / ".staticfiles")))
# .vendor holds the locked browser scripts; the Makefile copies them out of node_modules.
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "config.storage.ApiDocsFinder",
]
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", BASE_DIR / ".vendor")]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.storage.HashedFiles"
    },
}
# For files without a hash in their name; those with one are kept for ever.
WHITENOISE_MAX_AGE = 60
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "webp", "ico", "gz", "br", "woff", "woff2", "map")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
LARGEST_UPLOAD_BYTES = env.int("LARGEST_UPLOAD_BYTES", default=20_000_000)

# --- What a browser may do -----------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *OIDC_ORIGIN],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# --- API -----------------------------------------------------------------------------------
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=600)
"""What each token may ask; bulk requests bring up to 1,000 items at once."""
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "teams.api.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["collaboration.api.rates.TokenRate"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["collaboration.api.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": [
        "teams.api.filters.FilterBackend",
        "teams.api.filters.Ordering",
    ],
    "DEFAULT_PAGINATION_CLASS": "collaboration.api.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "collaboration.api.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Waymark API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "Journeys, workshops and all that is on them, for scripts and other programs.",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "teams.models.Role",
        "LinkRoleEnum": "collaboration.openings.LINK_ROLES",
        "BoardRoleEnum": "collaboration.openings.BOARD_ROLES",
        "GroundStatusEnum": "insights.grounds.Status",
        "WalkAnswerEnum": "touchpoints.walk_models.Answer",
        "SourceKindEnum": "insights.models.SourceKind",
    },
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "collaboration.api.schema.describe_problems",
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

# --- Logs: one JSON line an event, with the request's id ------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True  # config.middleware gives or checks it
LOGGING = logging_at(LOG_LEVEL)
