"""Saving a draft while it is typed. The page says of itself whose it is (advice.drafting), so it needs no session to be safe."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from advice import drafting
from advice.admin.posting import base_version


class DraftPages:
    """The address that the script of the page saves to, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        own = path("<int:pk>/concept/", draft_view, name="advice_advicerequest_draft")
        return [own, *super().get_urls()]


@csrf_exempt  # the ticket does what the token does: only a page of ours has it
@never_cache
@require_POST
def draft_view(http: HttpRequest, pk: int) -> JsonResponse:
    """Keep a text; answer when that was done, and whether the adviser is still signed in."""
    ticket = drafting.read_ticket(http.POST.get("ticket", ""), request_id=pk)
    if ticket is None:
        return JsonResponse({}, status=403)
    now, text = timezone.now(), drafting.as_typed(http.POST.get("body", ""))
    drafting.keep_draft(ticket, text=text, base_version=base_version(http), now=now)
    is_own = http.user.is_authenticated and http.user.pk == ticket.user_id
    return JsonResponse({"saved": f"{timezone.localtime(now):%H:%M:%S}", "signed_in": is_own})
