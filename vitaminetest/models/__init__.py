from vitaminetest.models.questionnaire import Questionnaire, Version

__all__ = ["Questionnaire", "Version"]
