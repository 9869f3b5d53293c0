"""The desk of the questionnaire. Importing this package registers its admin classes."""

from vitaminetest.admin.parts import CaseAdmin, OutcomeAdmin, QuestionAdmin, ScoreAdmin, SectionAdmin
from vitaminetest.admin.questionnaire import QuestionnaireAdmin

__all__ = ["CaseAdmin", "OutcomeAdmin", "QuestionAdmin", "QuestionnaireAdmin", "ScoreAdmin", "SectionAdmin"]
