"""Mail servers to send to, and the settings that lead there."""

import pytest

from tests.advice.outbox.smtp_server import running_sink


@pytest.fixture
def sink():
    with running_sink() as sink:
        yield sink


@pytest.fixture
def smtp(sink, settings):
    """A sink that mail goes to, with little patience on our side."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 1
    return sink
