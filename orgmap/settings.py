"""One settings file. Every difference between places comes from the environment (docs/configuration.md)."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pgtrigger
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from orgmap import embedded

BASE_DIR = Path(__file__).resolve().parent.parent


def env_flag(name: str, default: bool = False) -> bool:
    """A yes or no from the environment: 1, true, yes, on are yes."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    """A comma-separated list from the environment, without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


# --- Where this runs -------------------------------------------------------------------------------------------------

EMBEDDED = embedded.is_default()  # neither DATABASE_URL nor REDIS_URL names a server: ours are used
DEBUG = env_flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not EMBEDDED and not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text, the same for web, worker and beat."
        )
    SECRET_KEY = embedded.secret_key(get_random_secret_key)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
HTTPS = env_flag("HTTPS")

# --- Parts -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "orgmap",
    "orgmap.api",
    "orgmap.reports",
    "channels",
    "departments",
    "orgmap.history",
    "orgmap.users",
    "orgmap.core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pghistory",
    "ninja",
    "pgtrigger",
    "rules",
]

MIDDLEWARE = [
    "orgmap.core.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "orgmap.core.middleware.htmx_answers",
    "orgmap.core.middleware.without_nuls",
    "allauth.account.middleware.AccountMiddleware",
    "orgmap.history.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "orgmap.urls"
WSGI_APPLICATION = "orgmap.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.l10n"
            ],  # a key in an address or a field is no figure: {{ pk|unlocalize }}
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "orgmap.core.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "orgmap.core.forms.Renderer"

# --- Database and broker ---------------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **embedded.database_settings(),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASE_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
# Triggers ask whether they are to be ignored. Unset, the answer is an exception that is caught for every row.
# Queries are short and many come at once: helping processes and compiled code would cost each more than they bring.
DATABASE_OPTIONS["options"] = (
    f"{DATABASE_OPTIONS.get('options', '')} -c pgtrigger.ignore={{}} -c max_parallel_workers_per_gather=0 -c jit=off"
).strip()
if not env_flag("DATABASE_POOL_OFF"):
    DATABASE_OPTIONS["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = embedded.redis_url()
CELERY_BROKER_URL = embedded.broker_url()
CELERY_RESULT_BACKEND = embedded.broker_url()
CELERY_RESULT_EXPIRES = timedelta(hours=6)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TIMEZONE = "UTC"
ROLLUP_EVERY_SECONDS = int(os.environ.get("ROLLUP_EVERY_SECONDS", "20"))
ROLLUP_SPREAD_ABOVE = int(os.environ.get("ROLLUP_SPREAD_ABOVE", "1000"))
ROLLUP_BESIDE_ABOVE = int(os.environ.get("ROLLUP_BESIDE_ABOVE", "5000"))
AUDIT_APART_ABOVE = int(os.environ.get("AUDIT_APART_ABOVE", "20000"))
AUDIT_EVERY_SECONDS = int(os.environ.get("AUDIT_EVERY_SECONDS", "10"))
NOTICES_KEPT_DAYS = int(os.environ.get("NOTICES_KEPT_DAYS", "365"))
IMPORTS_KEPT_DAYS = int(os.environ.get("IMPORTS_KEPT_DAYS", "90"))
CELERY_BEAT_SCHEDULE = {
    "audit what changed": {
        "task": "channels.audit",
        "schedule": timedelta(seconds=AUDIT_EVERY_SECONDS),
        "options": {"expires": AUDIT_EVERY_SECONDS},
    },
    "look for changes": {
        "task": "reports.look_for_changes",
        "schedule": timedelta(seconds=ROLLUP_EVERY_SECONDS),
        "options": {"expires": 60},
    },
    "remind of agreements that end": {
        "task": "departments.remind",
        "schedule": crontab(minute=17),
        "options": {"expires": 3600},
    },
    "remind of accounts that end": {
        "task": "channels.remind_of_closings",
        "schedule": crontab(minute=23),
        "options": {"expires": 3600},
    },
    "ask owners to confirm their accounts": {
        "task": "channels.remind_of_attestation",
        "schedule": crontab(minute=27),
        "options": {"expires": 3600},
    },
    "send letters": {
        "task": "users.post",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60},
    },
    "forget old notices": {
        "task": "users.forget",
        "schedule": crontab(minute=41, hour=3),
        "options": {"expires": 3600},
    },
    "forget the files of old lists": {
        "task": "channels.forget_lists",
        "schedule": crontab(minute=43, hour=3),
        "options": {"expires": 3600},
    },
    "write the monthly letter": {
        "task": "reports.write_letters",
        "schedule": crontab(minute=37),
        "options": {"expires": 3600},
    },
    "go on with files that stopped": {
        "task": "reports.look_for_unfinished",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "go on with what stopped": {
        "task": "channels.look_for_unfinished",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "go on with undos that stopped": {
        "task": "history.look_for_unfinished",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
}

# The memory of one process; nothing in it must outlive it or be shared.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- History ---------------------------------------------------------------------------------------------------------

PGHISTORY_BASE_MODEL = "orgmap.core.event.Event"
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"

# --- People ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "orgmap.users.backend.People",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "orgmap.users.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/login/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": os.environ.get("LOGIN_FAILED_LIMIT", "10/m/ip,5/5m/key")}
ACCOUNT_PREVENT_ENUMERATION = True
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {}
SIGN_ON_HOSTS: list[str] = []  # where the sign-in form may lead on to
if os.environ.get("OIDC_ISSUER"):
    SIGN_ON_HOSTS.append("{0.scheme}://{0.netloc}".format(urlsplit(os.environ["OIDC_ISSUER"])))
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": os.environ.get("OIDC_NAME", "Single sign-on"),
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": os.environ["OIDC_ISSUER"]},
            }
        ]
    }

# --- Language, time, files, mail -------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = env_flag("WHITENOISE_USE_FINDERS", default=EMBEDDED)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = embedded.data_directory() / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND") or (
    "orgmap.users.mailbox.Backend" if EMBEDDED else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10  # seconds; somebody waits for the page
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "orgmap@localhost")

SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "").rstrip("/") or next(
    iter(CSRF_TRUSTED_ORIGINS), f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
)
REPORT_FONTS = os.environ.get("REPORT_FONTS", "")  # a folder with fonts for scripts that the report's own lacks
ORGANISATION_NAME = os.environ.get("ORGANISATION_NAME", "")

# --- Safety ----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *SIGN_ON_HOSTS],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
if env_flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
