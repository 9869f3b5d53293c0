"""Rules that need no function here: the renderer meets these faults on its way, and publishing meets the last one."""

from articles.checks.registry import register
from articles.rendering.findings import Level

register("unknown-source", Level.ERROR, "Een bronvermelding noemt een bron die niet bestaat.")
register("citation-in-link", Level.ERROR, "Een bronvermelding staat binnen een link.")
register("unknown-image", Level.ERROR, "Een afbeelding staat niet in de beeldbank.")
register("missing-alt", Level.ERROR, "Een afbeelding die niet decoratief is, heeft geen alternatieve tekst.")
register("unknown-intake", Level.ERROR, "Een tekst vraagt om een innametabel die er niet is of die geen ADH heeft.")
register("intake-not-alone", Level.ERROR, "Een innametabel staat niet alleen op een regel, of is verkeerd getypt.")
register("duplicate-anchor", Level.ERROR, "Een anker komt twee keer voor.")
register("heading-level", Level.ERROR, "Een kop slaat een niveau over of begint te hoog.")
register("address-taken", Level.ERROR, "Op het adres van dit artikel staat nog een ander artikel.")
register("dead-link", Level.WARNING, "Een link wijst naar een artikel dat niet is gepubliceerd.")
register("dead-anchor", Level.WARNING, "Een link wijst naar een kop die het andere artikel niet heeft.")
register("moved-link", Level.HINT, "Een link gebruikt een adres dat het andere artikel vroeger had.")
register("table-header", Level.WARNING, "Een kolom van een tabel heeft geen kop.")
register("table-caption", Level.WARNING, "Een tabel heeft geen bijschrift.")
