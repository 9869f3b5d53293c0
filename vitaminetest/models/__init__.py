from vitaminetest.models.questionnaire import Questionnaire, Version  # isort: skip
from vitaminetest.models.draft import Case, Clause, Option, Outcome, PointsRule, Question, Score, Section

__all__ = ["Case", "Clause", "Option", "Outcome", "PointsRule", "Question", "Questionnaire", "Score", "Section", "Version"]
