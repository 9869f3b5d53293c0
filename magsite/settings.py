"""Settings, all in one file. Every value that differs between machines is read from the environment, right here at the top."""

from datetime import time
from email.utils import formataddr
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env, validate

from advice.hours import OpeningHours
from magsite.secret_key import load_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env")
A_DAY_AT_LEAST = validate.Range(min=1)  # a typing error must not erase everything tonight

DEBUG = env.bool("DEBUG", False)
PUBLISHED_PAGES_BYTES = env.int("PUBLISHED_PAGES_BYTES", 64_000_000)
PORT = env.int("PORT", 8000)
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
# The public address. Everything absolute (canonical links, feeds, sitemap) is built from it, never from the Host header.
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
HOST = urlsplit(SITE_URL).hostname or "localhost"
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
# How many seconds a write may wait for another before it is refused.
SQLITE_TIMEOUT = env.float("SQLITE_TIMEOUT", 30)
# Limits are counted in the cache, so all processes must share it. The table is made by `migrate`; so many entries, because a table
# that is too full would throw away what is still being counted.
CACHE_URL = env.str("CACHE_URL", "db://magsite_cache?max_entries=100000")
EMAIL_URL = env.str("EMAIL_URL", f"file:///{VAR_DIR / 'mail'}")
# Seconds in which a mail server must say something; `?timeout=` in EMAIL_URL wins.
SMTP_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
# The mailbox in which readers' replies arrive, and its address. Empty: no mailbox is read.
INBOX_URL = env.str("INBOX_URL", "")
INBOX_ADDRESS = env.str("INBOX_ADDRESS", "")
SECRET_KEY = load_secret_key(env.str("SECRET_KEY", ""), VAR_DIR / "secret-key")
# Earlier keys, still believed: what was signed or closed with them stays good.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", sorted({HOST, "127.0.0.1", "localhost"}))
# Behind a proxy, visitors' addresses come from X-Forwarded-For: how many proxies of ours write in it.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", int(BEHIND_PROXY), validate=validate.Range(min=0))
# Nobody gets behind the scenes of a public site with only a password.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", SITE_URL.startswith("https://"))
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 480, validate=validate.Range(min=1))
# A source whose title is masked gets no link for readers: the link would undo the mask.
LINK_MASKED_REFERENCES = env.bool("LINK_MASKED_REFERENCES", False)

# Who gets a mail when something breaks. It tells where, and nothing of a reader: see magsite.log_privacy.
ADMINS = [("Beheer", address) for address in env.list("ERRORS_TO", [])]

SITE_NAME = "Magsite"
PUBLISHER_NAME = env.str("PUBLISHER_NAME", "Magsite")
PUBLISHER_EMAIL = env.str("PUBLISHER_EMAIL", f"redactie@{HOST if HOST.strip('0123456789.') else 'localhost'}")
# Mail: whom it comes from, what stands behind the @ of a Message-ID, and what tells after a crash whether a mail went out.
MAIL_FROM = env.str("MAIL_FROM", PUBLISHER_EMAIL)
MAIL_DOMAIN = env.str("MAIL_DOMAIN", HOST)
MAIL_ARCHIVE = env.str("MAIL_ARCHIVE", "")
MAIL_LEDGER_URL = env.str("MAIL_LEDGER_URL", "")
MAIL_GRACE_SECONDS = env.int("MAIL_GRACE_SECONDS", 300)

INSTALLED_APPS = [
    "magsite.apps.MagsiteConfig",
    "references",
    "intake",
    "articles",
    "advice",
    "vitaminetest",
    "csp",
    "markdownx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
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
    "magsite.staff.sessions.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "magsite.staff.gate.SecondFactorMiddleware",
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
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "magsite.sqlite"  # a writer waits its turn instead of failing, a reader never waits
    # An acknowledged write survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": SQLITE_TIMEOUT,
        # What is deleted is overwritten with zeros: an erased question must not go on standing in free pages of the file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
        "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.dj_cache_url("CACHE_URL", CACHE_URL)}
for name, value in env.dj_email_url("EMAIL_URL", EMAIL_URL).items():
    globals()[name] = value
EMAIL_TIMEOUT = globals()["EMAIL_TIMEOUT"] or SMTP_TIMEOUT
if globals()["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend":
    EMAIL_BACKEND = "advice.outbox.folder.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = formataddr((SITE_NAME, MAIL_FROM))

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
# Hashes of another kind, of before, are made anew when their owner signs in.
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{kind}PasswordHasher" for kind in ("Argon2", "PBKDF2")]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

# Signing in: django-allauth, without the parts by which anybody makes an account or gets a password by mail.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "magsite.staff.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds that a confirmation is good for
ACCOUNT_FORMS = {"login": "magsite.staff.forms.SignInForm", "reauthenticate": "magsite.staff.forms.ConfirmPasswordForm"}
# "ip" is the visitor's network, "key" in login_failed is the account in that network, or for codes just the account: see
# magsite/staff/adapters.py.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key,50/d/key",
    "account_guesses": "50/h/key",
    "busy_account_guesses": "2/h/key",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "magsite.staff.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no address takes part in signing in
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # the code before and the one after are good too: clocks differ and people type
MFA_FORMS = {
    "authenticate": "magsite.staff.forms.CodeForm",
    "reauthenticate": "magsite.staff.forms.ConfirmCodeForm",
    "activate_totp": "magsite.staff.forms.SetUpAppForm",
    "login_webauthn": "magsite.staff.forms.SignInWithPasskeyForm",
    "authenticate_webauthn": "magsite.staff.forms.PasskeyForm",
    "reauthenticate_webauthn": "magsite.staff.forms.ConfirmPasskeyForm",
    "add_webauthn": "magsite.staff.forms.AddPasskeyForm",
    "edit_webauthn": "magsite.staff.forms.RenamePasskeyForm",
}

# Safety. A site address that starts with https switches on everything that only makes sense there.
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
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
        **{f"{what}-src": [SELF] for what in ("script", "style", "img", "font", "connect", "manifest")},
        **{what: [NONE] for what in ("default-src", "base-uri", "frame-ancestors", "object-src")},
        "form-action": [SELF],
    }
}

# The editor widget. Its own URLs are never included: they let anybody in. These two lead to views for staff.
MARKDOWNX_URLS_PATH = "/beheer/articles/article/voorbeeld-fragment/"
MARKDOWNX_UPLOAD_URLS_PATH = "/beheer/articles/image/upload/"

# The advice desk: what it asks of the site around it, when it is open, what it promises.
ADVICE_SURROUNDINGS = "magsite.advice_surroundings.SiteAroundAdvice"
TEST_SURROUNDINGS = "magsite.vitaminetest_surroundings.SiteAroundTest"
ADVICE_OPENING_HOURS = OpeningHours.on_workdays(time(9), time(17))
ADVICE_ANSWER_WITHIN_MINUTES = 8 * 60  # of working time
ADVICE_UNDO_SECONDS = 30
ADVICE_LINK_DAYS = env.int("ADVICE_LINK_DAYS", 30)
# After how many days something goes: see advice.retention. "silent" closes an answered question; the others take away.
ADVICE_KEEP_DAYS = {
    "silent": env.int("ADVICE_CLOSE_SILENT_DAYS", 14, validate=A_DAY_AT_LEAST),
    "closed": env.int("ADVICE_KEEP_CLOSED_DAYS", 365, validate=A_DAY_AT_LEAST),
    "unwanted": env.int("ADVICE_KEEP_UNWANTED_DAYS", 30, validate=A_DAY_AT_LEAST),
    "quarantine": env.int("ADVICE_KEEP_QUARANTINE_DAYS", 30, validate=A_DAY_AT_LEAST),
    "raw_mail": env.int("ADVICE_KEEP_RAW_MAIL_DAYS", 30, validate=A_DAY_AT_LEAST),
    "parked_mail": env.int("ADVICE_KEEP_PARKED_MAIL_DAYS", 90, validate=A_DAY_AT_LEAST),
    "draft": env.int("ADVICE_KEEP_DRAFT_DAYS", 30, validate=A_DAY_AT_LEAST),
    "link": env.int("ADVICE_KEEP_LINK_DAYS", 30, validate=A_DAY_AT_LEAST),
    "presence": 1,
}
# How many questions may come: more than MANY in an hour (from a network) or a day (from an address) are looked at before anybody
# answers them; more than MOST from one network are refused.
ADVICE_MANY_PER_NETWORK = env.int("ADVICE_MANY_PER_NETWORK", 10)
ADVICE_MOST_PER_NETWORK = env.int("ADVICE_MOST_PER_NETWORK", 60)
ADVICE_MANY_PER_ADDRESS = 5
# How often in an hour somebody may type an address at one private link, or at any from one network.
ADVICE_TRIES_PER_LINK, ADVICE_TRIES_PER_NETWORK = 10, 60
ADVICE_NEW_LINKS_A_DAY, ADVICE_REPLIES_AN_HOUR = 3, 20
INBOX_TIMEOUT = 30  # seconds in which a mail server must say something
INBOX_LONGEST_MAIL = 10_000_000  # bytes; of a longer mail only the head is fetched
INBOX_MOST_REPLIES_A_DAY = env.int("INBOX_MOST_REPLIES_A_DAY", 20)  # to one request; what comes after those waits for a person

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "quiet": {"()": "magsite.log_privacy.QuietFilter", "messages": DEBUG},
        "in_production": {"()": "django.utils.log.RequireDebugFalse"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]},
        "mail_admins": {"class": "magsite.log_privacy.QuietAdminEmailHandler", "level": "ERROR", "filters": ["in_production"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["mail_admins"], "level": "INFO"},
        "django.request": {"level": "ERROR"},
        "fido2": {"level": "WARNING"},  # it would write the id of every passkey that is used
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER = "magsite.log_privacy.QuietReporter"
