"""The site's settings with a few lines that make tests fast and keep them off the disk."""

import tempfile
from pathlib import Path

from magsite.settings import *  # noqa: F403

SECRET_KEY = "only for tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VAR_DIR = Path(tempfile.mkdtemp(prefix="magsite-var-"))
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="magsite-static-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="magsite-media-"))
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if DATABASES["default"]["ENGINE"] == "magsite.sqlite":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
