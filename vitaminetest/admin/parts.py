"""The pages of the parts of a questionnaire: sections, questions, scores, outcomes, test cases. One right goes for all."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from references.stale import StaleAdminMixin
from vitaminetest.admin import part_forms
from vitaminetest.admin.choices import Choices, choices_for, choices_within
from vitaminetest.admin.rows import (
    OptionInline,
    OutcomeConditionInline,
    PointsInline,
    QuestionConditionInline,
    RowsInline,
    SectionConditionInline,
)
from vitaminetest.checks.flow import trouble_of
from vitaminetest.definition import Definition
from vitaminetest.drafts import case_of, definition_of
from vitaminetest.keys import follow_key
from vitaminetest.models import Case, Outcome, Question, Questionnaire, Score, Section
from vitaminetest.publishing import WRITE_PERMISSION
from vitaminetest.structure import find_faults

PARENT = "vragenlijst"  # in the address of a page that adds a part


class PartAdmin(StaleAdminMixin, admin.ModelAdmin):
    """A part has no list of its own: the page of its questionnaire is that. `kind` is what places call it."""

    change_form_template = "admin/vitaminetest/part_form.html"
    delete_confirmation_template = "admin/vitaminetest/part_delete.html"
    inlines: Sequence[type[RowsInline]] = ()
    kind = ""

    def get_urls(self) -> list:
        return [url for url in super().get_urls() if (url.name or "").endswith(("_add", "_change", "_delete"))]

    # Who may

    def has_module_permission(self, request) -> bool:
        return False  # no line of its own on the start page

    def has_add_permission(self, request) -> bool:
        return request.user.has_perm(WRITE_PERMISSION)

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.has_perm(WRITE_PERMISSION)

    has_view_permission = has_delete_permission = has_change_permission

    # Which questionnaire

    def questionnaire_of(self, request: HttpRequest, obj=None) -> Questionnaire:
        """Return the questionnaire that a part belongs to, or will. Raises Http404."""
        if obj is not None and obj.pk:
            return obj.section.questionnaire if isinstance(obj, Question) else obj.questionnaire
        try:
            return Questionnaire.objects.get(pk=int(request.GET.get(PARENT, "")))
        except (ValueError, OverflowError, Questionnaire.DoesNotExist):
            raise Http404("Geen vragenlijst genoemd.") from None

    def definition(self, request: HttpRequest, obj=None) -> Definition:
        """Return the draft as it is saved, read once for every page."""
        if not hasattr(request, "vitaminetest_draft"):
            request.vitaminetest_draft = definition_of(self.questionnaire_of(request, obj))
        return request.vitaminetest_draft

    def _changeform_view(self, request, object_id, form_url, extra_context) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        if object_id and obj is None:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        questionnaire = self.questionnaire_of(request, obj)
        if request.method == "POST" and connection.in_atomic_block:  # what another writes, goes before or after
            Questionnaire.objects.select_for_update().filter(pk=questionnaire.pk).first()
        own = {"questionnaire": questionnaire, "back": self._back(questionnaire, obj), "kind": self.kind}
        own["delete_url"] = reverse(f"admin:vitaminetest_{self.opts.model_name}_delete", args=[obj.pk]) if obj else ""
        return super()._changeform_view(request, object_id, form_url, (extra_context or {}) | own)

    def delete_view(self, request, object_id, extra_context=None) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        own = {"questionnaire": self.questionnaire_of(request, obj)} if obj else {}
        return super().delete_view(request, object_id, own)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"questionnaire": self.questionnaire_of(request, obj)})

    def get_exclude(self, request, obj=None):
        """A key stays as it is once readers may have seen it: a link to it, or a file, could name it."""
        has_versions = self.questionnaire_of(request, obj).versions.exists()
        return ["key"] if obj and has_versions and self.kind != "proef" else []

    def get_fields(self, request, obj=None) -> list[str]:
        hidden = self.get_exclude(request, obj)
        return [name for name in self.form.Meta.fields if name not in hidden]

    def get_fieldsets(self, request, obj=None) -> list:
        fields = self.get_fields(request, obj)
        key = [("Sleutel", {"fields": ["key"], "classes": ["collapse"]})] if "key" in fields else []
        return [(None, {"fields": [name for name in fields if name != "key"]}), *key]

    def get_formset_kwargs(self, request, obj, inline, prefix) -> dict:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"form_kwargs": {"choices": self.choices(request, obj)}}

    def choices(self, request: HttpRequest, obj) -> Choices:
        return Choices()

    # Saving

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            self.place(request, obj)
        old = form.initial.get("key", "")
        super().save_model(request, obj, form, change)
        if change and "key" in form.changed_data and old:
            follow_key(obj, self.questionnaire_of(request, obj), old)

    def log_addition(self, request, obj, message):
        self._log(request, self.questionnaire_of(request, obj), f"{self.kind.capitalize()} ‘{obj}’ toegevoegd.")
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._log(request, self.questionnaire_of(request, obj), f"{self.kind.capitalize()} ‘{obj}’ gewijzigd.")
        return super().log_change(request, obj, message)

    def _log(self, request: HttpRequest, questionnaire: Questionnaire, message: str) -> None:
        """Write in the log of the questionnaire what happened to a part of it: that is where people look."""
        self.admin_site.get_model_admin(Questionnaire).log_change(request, questionnaire, message)

    def place(self, request: HttpRequest, obj) -> None:
        """Put a new part behind those of its kind."""
        obj.questionnaire = self.questionnaire_of(request)
        last = type(obj).objects.filter(questionnaire=obj.questionnaire).order_by("-position").first()
        obj.position = last.position + 1 if last else 0

    def response_post_save_add(self, request, obj) -> HttpResponse:
        return redirect(self._back(self.questionnaire_of(request, obj), obj))

    response_post_save_change = response_post_save_add

    def response_delete(self, request, obj_display, obj_id) -> HttpResponse:
        messages.success(request, f"Verwijderd: ‘{obj_display}’.")
        return redirect(request.vitaminetest_back)

    def delete_model(self, request, obj) -> None:
        questionnaire = self.questionnaire_of(request, obj)
        request.vitaminetest_back = self._back(questionnaire, None)
        self._log(request, questionnaire, f"{self.kind.capitalize()} ‘{obj}’ verwijderd.")
        super().delete_model(request, obj)

    def _back(self, questionnaire: Questionnaire, obj) -> str:
        anchor = f"#{self.kind}-{obj.pk}" if obj is not None and obj.pk else ""
        return reverse("admin:vitaminetest_questionnaire_change", args=[questionnaire.pk]) + anchor


@admin.register(Section)
class SectionAdmin(PartAdmin):
    kind = "onderdeel"
    form = part_forms.SectionForm
    inlines = [SectionConditionInline]

    def choices(self, request, obj) -> Choices:
        return choices_for(self.definition(request, obj), before_section=obj.key if obj and obj.pk else "")


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    kind = "vraag"
    form = part_forms.QuestionForm
    inlines = [OptionInline, QuestionConditionInline]

    def get_fieldsets(self, request, obj=None) -> list:
        rest = super().get_fieldsets(request, obj)[1:]
        return [
            (None, {"fields": ["section", "kind", "text", "hint", "why", "is_required", "may_decline"]}),
            ("Bij een getal", {"fields": [("minimum", "maximum"), "unit"], "classes": ["of-number"]}),
            ("Innametabel", {"fields": ["intake"], "classes": ["collapse"]}),
            *rest,
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A section is chosen here, and made or changed on its own page: the admin would put buttons for that beside it."""
        is_section = db_field.name == "section"
        return db_field.formfield(**kwargs) if is_section else super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request) -> dict:
        return {"section": request.GET.get("onderdeel"), "maximum": "", "minimum": ""}

    def choices(self, request, obj) -> Choices:
        definition = self.definition(request, obj)
        if obj and obj.pk:
            return choices_for(definition, before_question=obj.key)
        chosen = request.POST.get("section") or request.GET.get("onderdeel") or ""
        section = Section.objects.filter(pk=chosen).first() if chosen.isdigit() and len(chosen) < LONGEST_NUMBER else None
        return choices_within(definition, section.key if section else "")

    def place(self, request, obj) -> None:
        last = obj.section.questions.order_by("-position").first()
        obj.position = last.position + 1 if last else 0


LONGEST_NUMBER = 19


@admin.register(Score)
class ScoreAdmin(PartAdmin):
    kind = "score"
    form = part_forms.ScoreForm
    inlines = [PointsInline]

    def choices(self, request, obj) -> Choices:
        return choices_for(self.definition(request, obj))


@admin.register(Outcome)
class OutcomeAdmin(PartAdmin):
    kind = "uitkomst"
    form = part_forms.OutcomeForm
    inlines = [OutcomeConditionInline]

    def choices(self, request, obj) -> Choices:
        return choices_for(self.definition(request, obj), with_scores=True)


@admin.register(Case)
class CaseAdmin(PartAdmin):
    kind = "proef"
    form = part_forms.CaseForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        # The fields for answers are declared, so that the form factory doesn't look for them in the model.
        form = part_forms.case_form(self.definition(request, obj), part_forms.CaseForm)
        return super().get_form(request, obj, change, form=form, fields=["name"])

    def get_fieldsets(self, request, obj=None) -> list:
        answers = part_forms.field_names(part_forms.case_form(self.definition(request, obj), part_forms.CaseForm))
        return [
            (None, {"fields": ["name"]}),
            ("Wie dit antwoordt …", {"fields": answers, "classes": ["answers"]}),
            ("… krijgt", {"fields": ["expects"]}),
        ]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        definition = self.definition(request, obj)
        if find_faults(definition):
            return
        if trouble := trouble_of(definition, case_of(obj)):
            messages.warning(request, trouble)
        else:
            messages.success(request, "De proef is groen: deze antwoorden leiden precies naar deze uitkomsten.")
