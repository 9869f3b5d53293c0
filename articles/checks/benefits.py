"""Is every benefit carried by a source and by a health claim that the European Union authorised?

Both are warnings and not errors. A benefit may lean on sources that the chapter's own text names just above it, and a paragraph
without a claim may be plain information about food (Regulation (EC) 1924/2006 speaks of commercial communication): somebody who
knows the text has to judge, and a block would only teach people to cite or claim anything at all.
"""

from collections.abc import Iterator

from articles.checks.registry import Checked, Fault, rule
from articles.rendering.findings import Level
from references.citations import find_groups


@rule("benefit-without-source", Level.WARNING, "Een voordeel noemt geen enkele bron.")
def benefit_has_source(checked: Checked) -> Iterator[Fault]:
    for number, benefit in enumerate(checked.source.benefits, start=1):
        keys = {citation.key for _, _, group in find_groups(benefit.body) for citation in group}
        if not keys & checked.library.references.keys():
            message = f"Het voordeel ‘{benefit.title}’ noemt geen bron. Zet [@sleutel] achter de zin die op een bron rust."
            yield Fault(message, field=benefit.field, heading=f"{number}. {benefit.title}")


@rule("benefit-without-claim", Level.WARNING, "Een voordeel is niet gekoppeld aan een toegestane gezondheidsclaim.")
def benefit_has_claim(checked: Checked) -> Iterator[Fault]:
    for number, benefit in enumerate(checked.source.benefits, start=1):
        if not any(key in checked.library.claims for key in benefit.claims):
            message = f"Het voordeel ‘{benefit.title}’ heeft geen toegestane gezondheidsclaim. {_choices(checked)}"
            field = benefit.field.replace("-body", "-claims")
            yield Fault(message, field=field, heading=f"{number}. {benefit.title}")


def _choices(checked: Checked) -> str:
    nutrients = [f"Voor {name} zijn er: {'; '.join(texts)}." for name, texts in checked.library.nutrient_claims.items()]
    advice = " Past er geen, schrijf het voordeel dan op als informatie en niet als belofte."
    return (" ".join(nutrients) or "Kies er een uit de lijst van Verordening (EU) 432/2012.") + advice
