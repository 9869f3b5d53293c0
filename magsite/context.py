"""What every template may use."""

from django.conf import settings


def site(request) -> dict:
    """Return the name, address and publisher of the site."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "PUBLISHER_NAME": settings.PUBLISHER_NAME,
        "PUBLISHER_EMAIL": settings.PUBLISHER_EMAIL,
    }
