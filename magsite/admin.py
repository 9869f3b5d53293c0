"""The admin site: Django's own, in Dutch, with our name on the door."""

from django.contrib import admin


class MagsiteAdminSite(admin.AdminSite):
    site_header = "Magsite beheer"
    site_title = "Magsite beheer"
    index_title = "Redactie"
    site_url = "/"
    enable_nav_sidebar = False
