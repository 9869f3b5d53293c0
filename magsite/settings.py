"""Settings, all in one file. Every value that differs between machines is read from the environment, right here at the top."""

from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env

from advice.hours import OpeningHours
from magsite.secret_key import load_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", False)
PUBLISHED_PAGES_BYTES = env.int("PUBLISHED_PAGES_BYTES", 64_000_000)
PORT = env.int("PORT", 8000)
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
# The public address. Everything absolute (canonical links, feeds, sitemap) is built from it, never from the Host header.
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
HOST = urlsplit(SITE_URL).hostname or "localhost"
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
CACHE_URL = env.str("CACHE_URL", "locmem://")
EMAIL_URL = env.str("EMAIL_URL", f"file:///{VAR_DIR / 'mail'}")
SECRET_KEY = load_secret_key(env.str("SECRET_KEY", ""), VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", sorted({HOST, "127.0.0.1", "localhost"}))
# A source whose title is masked gets no link for readers: the link would undo the mask.
LINK_MASKED_REFERENCES = env.bool("LINK_MASKED_REFERENCES", False)

SITE_NAME = "Magsite"
PUBLISHER_NAME = env.str("PUBLISHER_NAME", "Magsite")
PUBLISHER_EMAIL = env.str("PUBLISHER_EMAIL", f"redactie@{HOST if HOST.strip('0123456789.') else 'localhost'}")

INSTALLED_APPS = [
    "magsite.apps.MagsiteConfig",
    "references",
    "articles",
    "advice",
    "csp",
    "markdownx",
    "magsite.apps.MagsiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "magsite.headers.SafeHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "magsite.old_paths.OldPathsMiddleware",
]

ROOT_URLCONF = "magsite.urls"
# Form widgets may have a template of our own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "magsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "magsite.context.site",
            ],
        },
    }
]

DATABASES = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for a writer, a writer waits instead of failing, and an acknowledged write survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.dj_cache_url("CACHE_URL", CACHE_URL)}
for name, value in env.dj_email_url("EMAIL_URL", EMAIL_URL).items():
    globals()[name] = value

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "magsite.static_files.HashedStaticFiles"},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

# Safety. A site address that starts with https switches on everything that only makes sense there.
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "magsite.kept_forms.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# The editor widget. Its own URLs are never included: they let anybody in. These two lead to views for staff.
MARKDOWNX_URLS_PATH = "/beheer/articles/article/voorbeeld-fragment/"
MARKDOWNX_UPLOAD_URLS_PATH = "/beheer/articles/image/upload/"

# The advice desk: what it asks of the site around it, when it is open, what it promises.
ADVICE_SURROUNDINGS = "magsite.advice_surroundings.SiteAroundAdvice"
ADVICE_OPENING_HOURS = OpeningHours.on_workdays(time(9), time(17))
ADVICE_ANSWER_WITHIN_MINUTES = 8 * 60  # of working time
ADVICE_UNDO_SECONDS = 30
ADVICE_LINK_DAYS = env.int("ADVICE_LINK_DAYS", 30)
MAIL_DOMAIN = env.str("MAIL_DOMAIN", HOST)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
