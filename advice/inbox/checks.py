"""A wrong address of the mailbox is found before the worker meets it."""

from django.conf import settings
from django.core.checks import Error, register

from advice.inbox.mailbox import AddressWrong, read_address


@register()
def check_inbox(app_configs, **kwargs) -> list:
    """Check INBOX_URL and INBOX_ADDRESS, which belong together."""
    if not settings.INBOX_URL:
        return []
    found = []
    try:
        read_address(settings.INBOX_URL)
    except AddressWrong as wrong:
        found.append(Error(str(wrong), hint="See INBOX_URL in .env.example.", id="advice.E010"))
    local, _, domain = settings.INBOX_ADDRESS.rpartition("@")
    if not (local and domain) or len(local) > 64 - 25:  # a local part has 64 characters, of which "+" and the code take 25
        hint = "Give the address of the mailbox, advies@example.org, with at most 39 characters before the @."
        found.append(
            Error("INBOX_URL is set, and INBOX_ADDRESS is not an address that can be made longer.", hint=hint, id="advice.E011")
        )
    return found
