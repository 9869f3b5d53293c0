"""Do links that others shared still lead to their place?"""

from collections.abc import Iterator

from articles.checks.registry import Checked, Fault, rule
from articles.rendering.findings import Level
from articles.rendering.fragments import anchors_of


@rule("anchor-gone", Level.WARNING, "Een anker van de gepubliceerde versie is weg: gedeelde links ernaar raken hun plek kwijt.")
def keeps_anchors(checked: Checked) -> Iterator[Fault]:
    for anchor in sorted(checked.published_anchors - anchors_of(checked.rendered)):
        yield Fault(
            f"Het anker ‘{anchor}’ stond in de vorige versie en is weg: gedeelde links ernaar komen boven aan de pagina uit. "
            "Staat het stuk er nog? Geef de kop dan zijn oude anker terug."
        )
