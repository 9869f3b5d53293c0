"""Signing in and one's own account, under /beheer/. The names are allauth's, which finds its own pages by them.

What isn't here isn't there: nobody makes an account, changes an address or gets a password by mail.
"""

from django.urls import path
from django.views.generic import RedirectView

from magsite.staff import pages

urlpatterns = [
    path("login/", pages.sign_in, name="account_login"),
    path("login/passkey/", pages.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("login/code/", pages.enter_code, name="mfa_authenticate"),
    path("login/niet-actief/", pages.inactive, name="account_inactive"),
    path("account/", pages.own_account, name="mfa_index"),
    path("account/bevestigen/", pages.confirm_password, name="account_reauthenticate"),
    path("account/bevestigen/code/", pages.confirm_code, name="mfa_reauthenticate"),
    path("account/bevestigen/passkey/", pages.confirm_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/app/instellen/", pages.set_up_app, name="mfa_activate_totp"),
    path("account/app/verwijderen/", pages.remove_app, name="mfa_deactivate_totp"),
    path("account/herstelcodes/", pages.show_codes, name="mfa_view_recovery_codes"),
    path("account/herstelcodes/nieuwe/", pages.make_codes, name="mfa_generate_recovery_codes"),
    path("account/herstelcodes/bestand/", pages.download_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("account/passkeys/toevoegen/", pages.add_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/naam/", pages.rename_passkey, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/verwijderen/", pages.remove_passkey, name="mfa_remove_webauthn"),
]
