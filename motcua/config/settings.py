"""Django's settings: what the environment says (options.py) put where Django looks for it."""

import os

from motcua.config.database import database
from motcua.config.keys import secret_key
from motcua.config.logs import configure_structlog, logging_config
from motcua.config.options import CHECKOUT, read_options

OPTIONS = read_options()

BASE_DIR = CHECKOUT
DATA_DIR = OPTIONS.data
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
PACK_DIR = OPTIONS.pack
DEMO = OPTIONS.demo

DEBUG = False
SECRET_KEY = secret_key(OPTIONS.secret_key_file or DATA_DIR / "keys" / "secret")
ALLOWED_HOSTS = list(OPTIONS.allowed_hosts)
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"

ROOMS = [
    "motcua.journal",
    "motcua.jobs",
    "motcua.people",
    "motcua.procedures",
    "motcua.dossiers",
    "motcua.custody",
    "motcua.money",
    "motcua.documents",
    "motcua.carriers",
    "motcua.acts",
    "motcua.stats",
    "motcua.web",
]
INSTALLED_APPS = [
    *ROOMS,
    "ninja",
    "django_htmx",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# Few, and each looked at: Django's default row costs more than the work of a request (docs/decisions/0006).
MIDDLEWARE = [
    "motcua.config.middleware.measured",
    "motcua.config.middleware.guarded",
    "motcua.config.middleware.api_first",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.config.middleware.spoken",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

SERVED = "MOTCUA_SERVED" in os.environ
DATABASES = {"default": database(OPTIONS.database_url, DATA_DIR, OPTIONS.threads if SERVED else 0)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = OPTIONS.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.https else None
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [CHECKOUT / "motcua" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = CHECKOUT / "build" / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "motcua.config.staticfiles.HashedStaticFiles"},
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

LOGGING = logging_config(OPTIONS.log)
configure_structlog()

# Django's sync ORM under Playwright's running loop, in the browser tests' own process only.
if os.environ.get("MOTCUA_BROWSER_TESTS"):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
