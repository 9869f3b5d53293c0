"""Who else has this request open, asked every few seconds by the page itself."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from advice.models import AdviceRequest
from advice.permissions import HANDLE
from advice.presence import note_presence, who_else


class PresencePages:
    """The address that the page asks, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(require_POST(self.presence_view))
        return [path("<int:pk>/aanwezig/", view, name="advice_advicerequest_presence"), *super().get_urls()]

    def presence_view(self, http: HttpRequest, pk: int) -> JsonResponse:
        """Note that this person is here; answer who else is, and which version the request has by now."""
        if not http.user.has_perm(HANDLE):
            raise PermissionDenied
        request = AdviceRequest.objects.only("version").filter(pk=pk).first()
        if request is None:
            return JsonResponse({}, status=404)
        now = timezone.now()
        note_presence(request, by=http.user, is_writing="writing" in http.POST, now=now)
        others = who_else([pk], but=http.user, now=now).get(pk, ())
        return JsonResponse({"others": [[each.name, each.is_writing] for each in others], "version": request.version})
