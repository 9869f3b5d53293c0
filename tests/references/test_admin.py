import html
import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from references.forms import ReferenceForm
from references.models import HealthClaim, Reference
from references.transfer import digest, import_claims, import_records
from tests.references.test_transfer import CLAIMS

ADD, LIST, SEARCH = "admin:references_reference_add", "admin:references_reference_changelist", "admin:references_reference_search"


def change_url(source):
    return reverse("admin:references_reference_change", args=[source.pk])


def form_data(source=None, **changes):
    """Return what the browser would send for the form of `source`, with changes."""
    form = ReferenceForm(instance=source)
    data = {name: form[name].value() for name in form.fields} | ({"opened_with": form.opened_with} if source else {})
    return {name: "" if value is None else value for name, value in data.items()} | changes


def text_of(response):
    return html.unescape(re.sub(r"<[^>]*>", "", response.content.decode()))


def staff(client, *codenames):
    user = get_user_model().objects.create_user("staf", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames, content_type__app_label="references"))
    client.force_login(user)
    return client


def test_opening_and_saving_a_source_changes_nothing(admin_client_nl, sources):
    for source in sources.values():
        response = admin_client_nl.post(change_url(source), form_data(source))
        assert response.status_code == 302, source.key
    after = Reference.objects.by_key(sources)
    assert {key: after[key].csl() for key in sources} == {key: source.csl() for key, source in sources.items()}
    assert all(digest(source.csl()) == source.imported_digest for source in after.values())


def test_a_source_can_be_added(admin_client_nl):
    data = form_data(
        key="berg2020",
        type="article-journal",
        title="Een titel",
        author_lines="van der Berg, J.\n{Voedingscentrum}",
        container_title="Blad",
        issued_year="2020",
        issued_month="2",
        issued_day="29",
        doi=" https://doi.org/10.1000/xyz ",
        language="nl",
        extra='{"edition": "2"}',
    )
    response = admin_client_nl.post(reverse(ADD), data)
    assert response.status_code == 302
    assert Reference.objects.get().csl() == {
        "id": "berg2020",
        "type": "article-journal",
        "title": "Een titel",
        "author": [{"family": "Berg", "given": "J.", "non-dropping-particle": "van der"}, {"literal": "Voedingscentrum"}],
        "issued": {"date-parts": [[2020, 2, 29]]},
        "container-title": "Blad",
        "DOI": "10.1000/xyz",
        "language": "nl",
        "edition": "2",
    }


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"key": "a b"}, "key", "Gebruik letters, cijfers en liggende streepjes"),
        ({"key": "wester1992"}, "key", "Er is al een bron met deze sleutel. Kies een andere, bijvoorbeeld grober2015b."),
        ({"author_lines": "Jan Jansen"}, "author_lines", "‘Jan Jansen’: schrijf een persoon als achternaam, komma, voorletters"),
        ({"doi": "nu7095388"}, "doi", "Dit is geen DOI. Een DOI begint met 10. en heeft een schuine streep: 10.3390/nu7095388."),
        ({"url": "javascript:alert(1)"}, "url", "Vul een volledig webadres in dat begint met https:// of http://."),
        ({"issued_month": "13"}, "issued_month", "12"),
        ({"issued_year": "", "issued_month": "3"}, "issued_year", "Vul ook het jaar in, of laat de maand leeg."),
        ({"issued_day": "3"}, "issued_month", "Vul ook de maand in, of laat de dag leeg."),
        ({"issued_year": "2023", "issued_month": "2", "issued_day": "29"}, "issued_day", "De datum 29-2-2023 bestaat niet."),
        ({"extra": "[1]"}, "extra", "Dit moet een JSON-object zijn, tussen accolades. Leeg laten mag ook."),
        ({"extra": '{"a": "\\u0000"}'}, "extra", "Dit bevat een teken dat niet kan worden opgeslagen."),
        (
            {"public_title": "Over MAGNESIUM in prevention and therapy!"},
            "public_title",
            "In de openbare titel staat de hele titel nog.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_dutch_at_the_field(sources, changes, field, message):
    form = ReferenceForm(form_data(sources["grober2015"], **changes), instance=sources["grober2015"])
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert message in " ".join(form.errors[field])


def test_an_empty_extra_is_an_empty_object(sources):
    form = ReferenceForm(form_data(sources["grober2015"], extra=""), instance=sources["grober2015"])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["extra"] == {}


def test_the_form_shows_the_line_for_readers_and_the_remark(admin_client_nl, sources):
    page = text_of(admin_client_nl.get(change_url(sources["wester1992"])))
    assert "Wester, P. O. (1992). Electrolyte balance in [...] and the role for magnesium ions. The American Journal" in page
    assert "Zo staat de bron in de lijst" in page
    assert "Nog na te gaan" in page
    assert page.count("A reference list elsewhere gives the pages as 44C-49C.") == 2
    assert "Nog na te gaan" not in text_of(admin_client_nl.get(change_url(sources["grober2015"])))
    assert "Verschijnt zodra je de velden invult." in text_of(admin_client_nl.get(reverse(ADD)))


def test_markup_in_a_source_stays_text_in_the_admin(admin_client_nl, sources):
    source = sources["grober2015"]
    source.public_title = source.remark = source.container_title = "<script>alert(1)</script>"
    source.save()
    for url in (change_url(source), reverse(LIST)):
        assert b"<script>alert" not in admin_client_nl.get(url).content


def test_the_preview_follows_the_form_and_saves_nothing(admin_client_nl, sources):
    source = sources["zhang2017"]
    url = reverse("admin:references_reference_preview", args=[source.pk])
    data = form_data(source, title="Een andere titel", volume="10", issued_day="99", language="nl")
    entry = admin_client_nl.post(url, data).json()["html"]
    assert entry.startswith(
        "Zhang, Y., Xun, P., Wang, R., Mao, L., &amp; He, K. (2017). Een andere titel. <i>Nutrients</i>, <i>10</i>(9), 946."
    )
    source.refresh_from_db()
    assert (source.title, source.volume) == ("Can magnesium enhance exercise performance?", "9")
    new = admin_client_nl.post(reverse("admin:references_reference_preview"), {"title": "Nieuw", "type": "book"})
    assert new.json() == {"html": "<i>Nieuw</i>. (z.d.)."}
    assert Reference.objects.count() == 19


def test_the_preview_needs_the_right_to_change(client, sources):
    url = reverse("admin:references_reference_preview", args=[sources["zhang2017"].pk])
    assert 'id="opnieuw"' in client.post(url).content.decode()
    assert staff(client, "view_reference").post(url).status_code == 403
    assert client.post(reverse("admin:references_reference_preview")).status_code == 403


def test_the_list_searches_and_filters(admin_client_nl, sources):
    def keys(**query):
        response = admin_client_nl.get(reverse(LIST), query)
        return sorted(source.key for source in response.context["cl"].queryset)

    assert keys(q="grober 2015") == ["grober2015"]
    assert len(keys(gemaskeerd="ja")) == 10
    assert len(keys(gemaskeerd="nee")) == 9
    assert keys(opmerking="ja") == ["nielsen2006", "wester1992"]
    assert len(keys(opmerking="nee")) == 17
    assert keys(type__exact="webpage") == ["ods2022", "voedingscentrum-magnesium"]


def test_the_list_takes_as_many_queries_for_one_as_for_three(admin_client_nl, sources, django_assert_num_queries):
    for shown in (1, 3):
        keep = list(sources)[:shown]
        Reference.objects.exclude(key__in=list(sources)[:3]).delete()
        with django_assert_num_queries(5 if shown == 1 else 4):  # a search first asks how rare the word is
            response = admin_client_nl.get(reverse(LIST), {"q": keep[0]} if shown == 1 else {})
        assert response.context["cl"].result_count == shown


def test_the_search_for_citing(admin_client_nl, sources, django_assert_num_queries):
    with django_assert_num_queries(5):  # session, user, keys from here, how rare the longest word is, the sources
        response = admin_client_nl.get(reverse(SEARCH), {"q": "GROBER 2015"})
    assert response.json() == {
        "results": [
            {
                "key": "grober2015",
                "label": "Gröber e.a., 2015",
                "title": "Magnesium in prevention and therapy",
                "year": 2015,
                "detail": "Nutrients · gemaskeerd",
            }
        ]
    }
    assert "no-store" in response["Cache-Control"]
    assert len(admin_client_nl.get(reverse(SEARCH)).json()["results"]) == 12
    assert admin_client_nl.get(reverse(SEARCH), {"q": "bestaat niet"}).json() == {"results": []}
    assert admin_client_nl.post(reverse(SEARCH)).status_code == 405


def test_the_search_needs_the_right_to_view(client, sources):
    anonymous = client.get(reverse(SEARCH), {"q": "gröber"})
    assert (anonymous.status_code, b"prevention" in anonymous.content) == (302, False)
    assert staff(client, "view_healthclaim").get(reverse(SEARCH), {"q": "gröber"}).status_code == 403
    client.logout()
    get_user_model().objects.all().delete()
    assert len(staff(client, "view_reference").get(reverse(SEARCH), {"q": "gröber"}).json()["results"]) == 1


def test_an_uncited_source_can_be_deleted_and_renamed(admin_client_nl, sources):
    source = sources["grober2015"]
    admin_client_nl.post(change_url(source), form_data(source, key="groeber2015"))
    assert Reference.objects.get(pk=source.pk).key == "groeber2015"
    admin_client_nl.post(reverse("admin:references_reference_delete", args=[source.pk]), {"post": "yes"})
    assert not Reference.objects.filter(pk=source.pk).exists()


def test_a_claim_warns_until_somebody_confirms_it(admin_client_nl):
    import_claims(CLAIMS)
    claim = HealthClaim.objects.get(key="bones")
    url = reverse("admin:references_healthclaim_change", args=[claim.pk])
    assert "moet iemand eerst vergelijken met de officiële tekst" in text_of(admin_client_nl.get(url))
    data = {name: getattr(claim, name) for name in ("nutrient", "text_nl", "text_en", "regulation", "condition", "position")}
    data |= {
        "is_confirmed": "on",
        "opinion_lines": "EFSA Journal 2009;7(9):1216\n\n EFSA Journal 2010;8(10):1807 ",
        "key": "gekaapt",
        "opened_with": admin_client_nl.get(url).context["adminform"].form.opened_with,
    }
    assert admin_client_nl.post(url, data).status_code == 302
    after = HealthClaim.objects.get(pk=claim.pk)
    assert (after.key, after.is_confirmed, after.efsa_opinions) == ("bones", True, claim.efsa_opinions)
    assert admin_client_nl.get(reverse("admin:references_healthclaim_changelist")).status_code == 200


def test_the_search_answer_is_valid_json_for_odd_sources(admin_client_nl, db):
    Reference(key="x", title="</script>\u2028", authors=[{"family": "<b>"}]).save()
    assert json.loads(admin_client_nl.get(reverse(SEARCH)).content)["results"][0]["title"] == "</script>\u2028"


def test_key_that_begins_with_what_was_typed_comes_first(admin_client):
    import_records([{"id": "aaa-zhang", "type": "book", "title": "Zhang"}, {"id": "zhang2017", "type": "book", "title": "B"}])

    results = admin_client.get(reverse(SEARCH), {"q": "zhang"}).json()["results"]

    assert [result["key"] for result in results] == ["zhang2017", "aaa-zhang"]
