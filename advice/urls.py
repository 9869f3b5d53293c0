"""What readers find under /advies/. No path holds anything personal, and a token alone opens nothing."""

from django.urls import path

from advice.views import conversation, form, link, messages, own_data

app_name = "advice"
urlpatterns = [
    path("", form.request_form, name="request"),
    path("ontvangen/<str:token>/", form.receipt, name="receipt"),
    path("l/<str:token>/", link.open_page, name="open_link"),
    path("l/<str:token>/nieuwe-link/", link.new_link, name="new_link"),
    path("nieuwe-link/", messages.link_asked, name="link_asked"),
    path("mijn-vraag/", conversation.show, name="conversation"),
    path("mijn-vraag/openen/", link.reopen, name="reopen"),
    path("mijn-vraag/reageren/", conversation.reply, name="reply"),
    path("mijn-vraag/sluiten/", conversation.close, name="close"),
    path("mijn-vraag/beoordelen/", conversation.rate, name="rate"),
    path("mijn-vraag/gegevens/", own_data.download, name="download"),
    path("mijn-vraag/wissen/", own_data.erase_page, name="erase"),
    path("mijn-vraag/verlaten/", own_data.leave, name="leave"),
    path("gewist/", messages.erased, name="erased"),
    path("verlaten/", messages.left, name="left"),
]
