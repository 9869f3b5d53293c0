"""Two editors with one form open: the second save overwrites nothing that it did not show.

The form carries a digest of every value that it was opened with. On saving, the row is locked and the digests tell which values
somebody else changed since. What only the other changed is taken over into the form; where both changed a value, the saved one
stands beside it. Nothing is saved until the form has shown it all.
"""

import hashlib
import json
from contextlib import suppress
from datetime import UTC, datetime

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime

OPENED_WITH = "opened_with"
LONGEST_SHOWN = 1_000


class StaleFormMixin:
    """For a ModelForm: refuses to save over values that were not the ones it was opened with."""

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.instance.pk and self._take_over():
            raise ValidationError(
                format_html(
                    "Er is niets bewaard, want {} intussen iets veranderd. Wat alleen daar veranderde, staat nu in het formulier. "
                    "Kijk het na en sla opnieuw op.",
                    self._who(),
                )
            )
        return cleaned

    @property
    def opened_with(self) -> str:
        """The digests of the values as they are saved now, and the time, for the hidden field of the page."""
        return json.dumps({"at": timezone.now().isoformat(), "values": {name: _digest(self._saved(name)) for name in self.fields}})

    def _take_over(self) -> bool:
        """Bring in what somebody else changed since the form was opened, and return whether there was anything."""
        opened, saved = self._opened()[1], {name: self._saved(name) for name in self.fields}
        theirs = [name for name in self.fields if _digest(saved[name]) != opened.get(name)]
        theirs = [name for name in theirs if self._typed(name) != saved[name]]
        for name in theirs:
            if _digest(self._typed(name)) == opened.get(name):
                self._put(name)
                self.add_error(name, "Dit is intussen veranderd; de nieuwe waarde is overgenomen.")
            else:
                shown = str(self.get_initial_for_field(self.fields[name], name))[:LONGEST_SHOWN]
                self.add_error(name, format_html("Jij en een ander veranderden dit. Bewaard is: ‘{}’.", shown or "(leeg)"))
        return bool(theirs)

    def _opened(self) -> tuple[datetime, dict]:
        """Return when the form was opened, and with what. A form that doesn't say so was opened with nothing that is known."""
        try:
            found = json.loads(self.data.get(OPENED_WITH, ""))
            return datetime.fromisoformat(found["at"]).astimezone(UTC), dict(found["values"])
        except (ValueError, TypeError, KeyError, OverflowError):
            return timezone.now(), {}

    def _saved(self, name: str) -> str:
        return _plain(self.fields[name], self.get_initial_for_field(self.fields[name], name))

    def _typed(self, name: str) -> str:
        return _plain(self.fields[name], self[name].data)

    def _put(self, name: str) -> None:
        """Show the saved value in this field instead of what was typed."""
        value, self.data = self[name].initial, self.data.copy()
        html_name = self.add_prefix(name)
        self.data.pop(html_name, None)
        if isinstance(value, list | tuple):
            self.data.setlist(html_name, [str(item) for item in value])
        elif value is True:
            self.data[html_name] = "on"
        elif value not in (None, False):
            self.data[html_name] = self.fields[name].prepare_value(value)

    def _who(self) -> str:
        """Return who saved since, as the start of a sentence; a command on the server leaves no name."""
        model = {
            "content_type__app_label": self._meta.model._meta.app_label,
            "content_type__model": self._meta.model._meta.model_name,
        }
        since = LogEntry.objects.filter(**model, object_id=str(self.instance.pk), action_time__gte=self._opened()[0])
        last = since.select_related("user").order_by("-action_time").first()
        if last is None:
            return "iemand anders heeft"
        return f"{last.user.get_full_name() or last.user} heeft om {localtime(last.action_time):%H:%M}"


def _plain(field, value) -> str:
    """Return a value as one text, the same for what is saved and what is typed."""
    with suppress(ValidationError, TypeError):  # typed wrongly: the text itself
        value = field.to_python(value)
    if value in (None, "", [], {}):
        return ""
    text = value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True)
    return text.replace("\r\n", "\n").strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class StaleAdminMixin:
    """For the ModelAdmin of such a form: locks the row while it is saved, and puts the digests in the page."""

    change_form_template = "admin/stale_change_form.html"

    def _changeform_view(self, request, object_id, form_url, extra_context):
        # An image is saved without a transaction around it, because making its formats takes seconds: nothing to lock then.
        if request.method == "POST" and object_id is not None and connection.in_atomic_block:
            with suppress(ValidationError, ValueError):  # no such row: the page says so
                list(self.model.objects.select_for_update().filter(pk=unquote(object_id)).values_list("pk"))
        return super()._changeform_view(request, object_id, form_url, extra_context)
