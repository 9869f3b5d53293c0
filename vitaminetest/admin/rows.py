"""The rows of a part as formsets that are written anew at every save, so that a row has no life of its own to lose.

Two editors: the page carries a digest of the rows that it was opened with. What only the other changed stays as it is saved;
what both changed is shown, and only a second save writes.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from vitaminetest import drafts
from vitaminetest.admin.choices import OF_QUESTION, OF_SCORE
from vitaminetest.admin.row_forms import ClauseForm, OptionForm, PointsForm
from vitaminetest.definition import Clause, Condition, Option, Points
from vitaminetest.keys import key_for
from vitaminetest.models import draft

LAST = 1_000
MOST_ROWS = 60


class ReplacedFormSet(BaseInlineFormSet):
    """Subclasses say what rows are: `saved` from the database, `typed` from the forms, `starts` of forms, `write`, and `words`."""

    blank_rows = 1

    def __init__(self, data=None, files=None, instance=None, prefix=None, queryset=None, **kwargs):
        self.rows = self.saved(instance) if instance is not None and instance.pk else ()
        self.keeps_saved = False
        starts = None if data is not None else list(self.starts(self.rows))
        none = self.model._default_manager.none()
        super().__init__(data, files, instance=instance, prefix=prefix, queryset=none, initial=starts, **kwargs)
        self.extra = len(starts or ()) + self.blank_rows

    def initial_form_count(self) -> int:
        return 0

    @property
    def opened_with(self) -> str:
        """The digest of the rows that this form is about, for the hidden field of the page."""
        return self.data.get(f"{self.prefix}-OPENED", "") if self.keeps_saved else _digest(self.rows)

    def clean(self) -> None:
        opened = self.data.get(f"{self.prefix}-OPENED", "")
        if any(self.errors) or not opened or opened == _digest(self.rows):
            return
        typed = self.typed()
        if _digest(typed) == opened:
            self.keeps_saved = True
        elif typed != self.rows:
            words = self.words(self.rows) or "niets"
            raise ValidationError(
                f"Iemand anders veranderde dit intussen. Er is niets bewaard. Nu staat er: {words}. Hieronder staat nog wat jij "
                "typte: kijk het na en sla opnieuw op."
            )

    def told(self) -> list[dict]:
        """Return what was typed in every row that isn't empty."""
        return [form.cleaned_data for form in self.forms if form.has_changed() and "row" in getattr(form, "cleaned_data", {})]

    def save(self, commit: bool = True) -> list:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        if not self.keeps_saved and (typed := self.typed()) != self.rows:
            self.write(typed)
        return []

    def saved(self, part: Any) -> Any:
        raise NotImplementedError

    def typed(self) -> Any:
        raise NotImplementedError

    def starts(self, rows: Any) -> Iterable[dict]:
        raise NotImplementedError

    def write(self, rows: Any) -> None:
        raise NotImplementedError

    def words(self, rows: Any) -> str:
        raise NotImplementedError


def _digest(rows: object) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


class ConditionFormSet(ReplacedFormSet):
    def saved(self, part) -> Condition:
        return drafts.condition_of(part.clauses.all())

    def typed(self) -> Condition:
        groups: list[list[Clause]] = []
        for row in self.told():
            if groups and row["joined"] == "and":
                groups[-1].append(row["row"])
            else:
                groups.append([row["row"]])
        return tuple(map(tuple, groups))

    def starts(self, rows: Condition) -> Iterable[dict]:
        for group in rows:
            for place, clause in enumerate(group):
                is_number = clause.operator in ("at_least", "at_most")
                yield {
                    "joined": "and" if place else "or",
                    "about": OF_SCORE + clause.score if clause.score else OF_QUESTION + clause.question,
                    "operator": clause.operator,
                    "answers": [f"{clause.question}={key}" for key in clause.options],
                    "number": clause.number if is_number else None,
                }

    def write(self, rows: Condition) -> None:
        drafts.write_condition(self.instance, rows)

    def words(self, rows: Condition) -> str:
        said = [
            " en ".join(
                f"{clause.question or clause.score} {draft.Operators(clause.operator).label} "
                f"{' of '.join(clause.options) or clause.number}"
                for clause in group
            )
            for group in rows
        ]
        return ", of ".join(said)


class OptionFormSet(ReplacedFormSet):
    blank_rows = 2

    def saved(self, part) -> tuple[Option, ...]:
        return drafts.options_of(part)

    def typed(self) -> tuple[Option, ...]:
        told = sorted(self.told(), key=lambda row: row["place"] or LAST)
        known = {option.key for option in self.rows}
        taken, used, found = {row["row"].key for row in told} & known, set(), []
        for option in (row["row"] for row in told):
            key = option.key if option.key in known - used else key_for(option.label, taken)
            taken.add(key)
            used.add(key)
            found.append(Option(key, option.label, option.is_exclusive, option.intake))
        return tuple(found)

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        rows, kind = self.typed(), self.instance.kind
        if kind in (draft.Kinds.CHOICE, draft.Kinds.SEVERAL) and not rows:
            raise ValidationError("Geef antwoorden om uit te kiezen.")
        if kind not in (draft.Kinds.CHOICE, draft.Kinds.SEVERAL) and rows:
            raise ValidationError("Bij deze soort vraag horen geen antwoorden. Maak de regels leeg, of kies een andere soort.")

    def starts(self, rows: tuple[Option, ...]) -> Iterable[dict]:
        for place, option in enumerate(rows, start=1):
            own = {"key": option.key, "label": option.label, "is_exclusive": option.is_exclusive, "intake": option.intake}
            yield own | {"place": place}

    def write(self, rows: tuple[Option, ...]) -> None:
        drafts.write_options(self.instance, rows)

    def words(self, rows: tuple[Option, ...]) -> str:
        return ", ".join(option.label for option in rows)


class PointsFormSet(ReplacedFormSet):
    blank_rows = 3

    def saved(self, part) -> tuple[Points, ...]:
        return drafts.score_of(part).points

    def typed(self) -> tuple[Points, ...]:
        return tuple(row["row"] for row in self.told())

    def starts(self, rows: tuple[Points, ...]) -> Iterable[dict]:
        for rule in rows:
            answers = [f"{rule.question}={key}" for key in rule.options]
            own = {"about": OF_QUESTION + rule.question, "answers": answers, "points": rule.points}
            yield own | {"at_least": rule.at_least, "at_most": rule.at_most}

    def write(self, rows: tuple[Points, ...]) -> None:
        drafts.write_points(self.instance, rows)

    def words(self, rows: tuple[Points, ...]) -> str:
        return ", ".join(f"{rule.question} {' of '.join(rule.options)}: {rule.points}" for rule in rows)


class RowsInline(admin.StackedInline):
    template = "admin/vitaminetest/rows.html"
    extra = 0
    max_num = MOST_ROWS
    can_delete = False
    hint = ""
    add_words = ""

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("vitaminetest.change_questionnaire")

    has_change_permission = has_view_permission = has_delete_permission = has_add_permission


class ConditionInline(RowsInline):
    model, form, formset = draft.Clause, ClauseForm, ConditionFormSet
    fields = ("joined", "about", "operator", "answers", "number")
    hint = (
        "Zonder regels geldt dit altijd. ‘En’ hoort bij de regel erboven: beide moeten kloppen. Met ‘of’ begint een nieuwe groep: "
        "dan is één groep die klopt genoeg. Wie een vraag niet beantwoordde, voldoet aan geen enkele regel erover."
    )
    add_words = "regel"


class SectionConditionInline(ConditionInline):
    fk_name = "section"
    verbose_name_plural = "toon dit onderdeel alleen als …"


class QuestionConditionInline(ConditionInline):
    fk_name = "question"
    verbose_name_plural = "toon deze vraag alleen als …"


class OutcomeConditionInline(ConditionInline):
    fk_name = "outcome"
    verbose_name_plural = "toon deze uitkomst alleen als …"


class OptionInline(RowsInline):
    model, form, formset = draft.Option, OptionForm, OptionFormSet
    fields = ("key", "place", "label", "is_exclusive", "intake")
    verbose_name_plural = "antwoorden"
    hint = "Voor een vraag met een keuze. Maak een antwoord leeg om het te verwijderen."
    add_words = "antwoord"


class PointsInline(RowsInline):
    model, form, formset = draft.PointsRule, PointsForm, PointsFormSet
    fields = ("about", "answers", "at_least", "at_most", "points")
    verbose_name_plural = "punten"
    hint = "Elke regel die klopt, telt één keer mee. Bij een getal vul je ‘van’ en ‘tot en met’ in (een van de twee mag)."
    add_words = "regel"
