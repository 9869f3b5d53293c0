from django.apps import AppConfig


class VitaminetestConfig(AppConfig):
    name = "vitaminetest"
    verbose_name = "Vitaminetest"
