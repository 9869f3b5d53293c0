"""Sentences that a questionnaire may not say: those that tell readers what they have (a diagnosis), or what to take (a dose). Pure.

Dutch word order says who asserts what. "Je hebt een tekort" asserts; "of je een tekort hebt" and "heb je een tekort, overleg dan"
do not; "dat je een tekort hebt" does, unless it is denied. So every pattern is judged by the words before it in its clause. When in
doubt a sentence is refused: an editor can say it otherwise, a reader can't unread it.
"""

import re
from collections.abc import Iterator

_YOU = r"(?:je|jij|u|jullie)"
_LACK = r"(?:[\w-]*tekort(?:en)?|[\w-]*gebrek|[\w-]*defici[eë]ntie)"
_ILLNESS = (
    r"(?:[\w-]*ziekte|[\w-]*aandoening|[\w-]*stoornis|bloedarmoede|diabetes|migraine|[\w-]*depressie|burn-?out|botontkalking|osteoporose"
    r"|hoge bloeddruk|hartfalen|artrose|adhd|prikkelbaredarmsyndroom)"
)
_WHAT = rf"(?:{_LACK}|{_ILLNESS})"
_NUTRIENT = r"(?:[\w-]*magnesium|[\w-]*vitamines?|mineralen|ijzer|zink|calcium|kalium|jodium|voedingsstoffen|mineraal|voedingsstof)"
_GAP = r"(?:(?!(?:over|tegen|voor|zonder|om|als|of|die|dat|wie|naar|vragen)\b)[\w'’-]+ )"  # a word that does not change the subject
_SINGLE = re.compile(r"\s+")

# What asserts by itself, in a main clause.
_MAIN = [
    rf"\b{_YOU} (?:hebt|heb|heeft|had) {_GAP}{{0,5}}{_WHAT}\b",
    rf"\b{_YOU} (?:kampt|kampen|zit) (?:met )?{_GAP}{{0,4}}{_WHAT}\b",
    rf"\b{_YOU} (?:lijdt|lijd|lijden) {_GAP}{{0,4}}aan\b",
    rf"\b{_YOU} (?:mist|mis) {_GAP}{{0,4}}{_NUTRIENT}\b",
    rf"\b{_YOU} (?:komt|kom|komen) {_GAP}{{0,5}}tekort\b",
    rf"\b{_YOU} (?:krijgt?|hebt?|heeft|haalt|eet|neemt|gebruikt) {_GAP}{{0,4}}te (?:weinig|veel) {_GAP}{{0,2}}{_NUTRIENT}\b",
    rf"\b{_YOU} (?:bent|ben|lijkt|is) {_GAP}{{0,3}}(?:ziek|depressief|overspannen|ondervoed|overwerkt|ongezond)\b",
    r"\b(?:je|jouw|uw) (?:eigen )?(?:[\w-]*tekort(?:en)?|[\w-]*defici[eë]ntie)\b",
    rf"\b(?:je|jouw|uw) [\w-]*(?:magnesium|vitamine|ijzer|calcium)[\w-]* {_GAP}{{0,3}}is {_GAP}{{0,2}}te (?:laag|hoog)\b",
    rf"\b(?:er is|is er|is bij jou|is hier) {_GAP}{{0,4}}sprake van {_GAP}{{0,4}}{_WHAT}\b",
    rf"\b{_WHAT} (?:aan {_GAP}{{1,2}})?(?:heb|hebt|heeft) {_YOU}\b",
    # the same, with the verb last
    rf"\b{_YOU} {_GAP}{{0,6}}{_WHAT} (?:aan {_GAP}{{1,2}})?(?:hebt|heb|heeft|hebben|zou hebben|kunt hebben)\b",
    rf"\b{_YOU} {_GAP}{{0,5}}aan {_GAP}{{0,3}}[\w-]+ (?:lijdt|lijd|lijden)\b",
    rf"\b{_YOU} {_GAP}{{0,4}}te (?:weinig|veel) {_GAP}{{0,2}}{_NUTRIENT} (?:hebt?|binnenkrijgt|krijgt|eet|haalt|binnen krijgt)\b",
    rf"\b{_YOU} {_GAP}{{0,4}}{_NUTRIENT} (?:mist|tekortkomt|tekort komt)\b",
]
# The verb before the subject: a condition or a question, unless something stands before it.
_INVERTED = [
    rf"\b(?:heb|hebt|heeft) {_YOU} {_GAP}{{0,5}}{_WHAT}\b",
    rf"\b(?:lijd|lijdt) {_YOU} {_GAP}{{0,4}}aan\b",
    rf"\b(?:mis|mist) {_YOU} {_GAP}{{0,4}}{_NUTRIENT}\b",
    rf"\b(?:kom|komt) {_YOU} {_GAP}{{0,5}}tekort\b",
    rf"\b(?:krijg|heb|haal|eet) {_YOU} {_GAP}{{0,4}}te (?:weinig|veel) {_GAP}{{0,2}}{_NUTRIENT}\b",
    rf"\b(?:ben|bent) {_YOU} {_GAP}{{0,3}}(?:ziek|depressief|overspannen|ondervoed|overwerkt)\b",
]
# Reading something from answers or complaints.
_STUDY = r"(?![\w-]*(?:onderzoek|studie|publicatie|bron|cijfer))"
_SIGNS = [
    rf"\b(?:dit|dat|deze|je|jouw|uw) (?:{_STUDY}[\w'’-]+ ){{0,6}}(?:wijst|wijzen|duidt|duiden) (?:[\w-]+ ){{0,3}}(?:op|erop)\b",
    r"\b(?:wijst|wijzen|duidt|duiden) (?:dit|dat|deze|je|jouw|uw) (?:[\w-]+ ){0,4}(?:op|erop)\b",
    rf"\b(?:wijst|wijzen|duidt|duiden) (?:[\w-]+ ){{0,3}}op (?:[\w-]+ ){{0,4}}{_WHAT}\b",
    rf"\b(?:dit|dat|deze|je|jouw|uw) (?:[\w'’-]+ ){{0,6}}(?:teken|signaal|symptoom|symptomen|aanwijzing(?:en)?|past|passen"
    rf"|komt|komen) (?:[\w-]+ ){{0,2}}(?:van|voor|bij|door|op) (?:[\w-]+ ){{0,4}}{_WHAT}\b",
]
_OPEN = {"of", "als", "wanneer", "indien", "mocht", "wie", "zodra", "tenzij", "voordat", "hoe", "waarom", "waar"}
_ASSERTING = {"dat", "omdat", "doordat", "waardoor", "zodat", "aangezien"}
_LEADS_TO_MAIN = re.compile(r"(?:als|wanneer|omdat|doordat|aangezien|nu|sinds|zodra|indien)\b")
_DENIAL = re.compile(r"\b(?:niet|geen|nooit|evenmin|niemand)\b")

_COUNT = (
    r"(?:\d+(?:[.,]\d+)?(?: ?(?:-|–|à|a|tot|of) ?\d+(?:[.,]\d+)?)?|een|één|twee|drie|vier|vijf|zes|acht|tien|halve|enkele|paar)"
)
_FORM = (
    r"(?:[\w-]*tablet(?:ten|je|jes)?|[\w-]*capsules?|[\w-]*pil(?:len|letje|letjes)?|druppels?|druppeltjes|zakjes?|sachets?"
    r"|ampul(?:len)?)"
)
_WEIGHT = r"(?:mg|milligram|µg|μg|mcg|ug|microgram|ie|iu|gram (?:magnesium|poeder|vitamine))"
_AMOUNT = re.compile(rf"(?<![\w,.]){_COUNT} ?(?:[\w-]+ )?(?:{_WEIGHT}|{_FORM})\b")
_FORMS = re.compile(rf"(?<![\w,.]){_COUNT} ?(?:[\w-]+ )?{_FORM}\b")
_OFTEN = re.compile(r"(?<!\w)(?:per (?:dag|nacht|week)|daags|dagelijks|(?:elke|iedere) (?:dag|avond|ochtend|nacht)|'s \w+|keer)\b")
_TAKE = re.compile(
    r"\b(?:neem|neemt|nemen|inneemt|innemen|slik|slikt|slikken|bijslikken|gebruik|gebruikt|gebruiken|doseer|doseren|begin|beginnen|start"
    r"|starten|verhoog|verhogen|verlaag|drink|drinken|kies|houd)\b"
)
_TAKE_SUPPLEMENT = re.compile(
    r"(?:^|[,;:] |\ben |\bdan |\bdus |\bbeter )(?:neem|gebruik|slik|begin met|start met|kies voor|ga) "
    rf"(?!(?:je|jij|u|geen|niet|nooit)\b)(?:[\w'’-]+ ){{0,5}}(?:[\w-]*supplement(?:en)?|[\w-]*magnesium|vitamines?|{_FORM})\b"
)
_SWALLOW = re.compile(r"(?:^|[,;:] |\ben |\bdan |\bdus )(?:slik|doseer) (?!je\b|jij\b|u\b|geen\b|niet\b|nooit\b)")
_DOSE = re.compile(r"\b(?:dosis|dosering)\b")
_OTHERS = re.compile(
    r"\b(?:wie|mensen|volwassenen|deelnemers|proefpersonen|onderzoek\w*|stud\w+|vrouwen|mannen|patiënten|kinderen|iemand|artsen|sporters|ouderen)\b"
)
_YOU_AT_ALL = re.compile(r"\b(?:je|jij|jou|jouw|u|uw)\b")
_ASK = re.compile(r"\b(?:overleg\w*|bespreek|vraag|(?:huis)?arts|apotheker|diëtist|verloskundige)\b")
_CONDITION = re.compile(rf"^(?:als|wanneer|indien|mocht) {_YOU}\b|^\w+ {_YOU}\b")

_MARKUP = [
    (re.compile(r"\[@[^\]\n]{0,1000}\]"), ""),
    (re.compile(r"\[\[[^\]|\n]{0,200}\|([^\]\n]{0,300})\]\]"), r"\1"),
    (re.compile(r"\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile("[*_`~#>\u00ad\u200b-\u200d\u2060\ufeff]"), ""),
]
_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s)|\n\s*\n|\n(?=\s*[-*\d])|;(?=\s)")


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line (from 1) and the words of every sentence of a Markdown text."""
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if words := _SINGLE.sub(" ", text[start:end]).strip(" -"):
            yield text.count("\n", 0, start + len(text[start:end]) - len(text[start:end].lstrip())) + 1, words
        start = end


def diagnoses(sentence: str) -> bool:
    """Tell whether a sentence says what somebody has, or reads it from what they answered. A question never does."""
    said = _plain(sentence)
    if said.endswith("?"):
        return False
    if any(re.search(pattern, said) for pattern in _SIGNS):
        return True
    if any(not _is_open(said[: match.start()]) for pattern in _MAIN for match in re.finditer(pattern, said)):
        return True
    return any(_asserts(said[: match.start()]) for pattern in _INVERTED for match in re.finditer(pattern, said))


def _plain(sentence: str) -> str:
    return _SINGLE.sub(" ", sentence.lower()).strip(" \"'“”‘()").rstrip(".! ")


def _is_open(before: str) -> bool:
    """Tell whether what follows these words of a sentence is left open ("of je …", "als je …") or denied ("niet dat je …")."""
    clause = re.split(r"[,;:–]", before)[-1].split()
    for place in range(len(clause) - 1, -1, -1):
        if clause[place] in _OPEN:
            return True
        if clause[place] in _ASSERTING:
            return bool(_DENIAL.search(before))
    return False


def _asserts(before: str) -> bool:
    """Tell whether a verb before its subject is more than a condition after these words: "dan heb je …"."""
    clause = re.split(r"[,;:–]", before)[-1].split()
    if not clause:
        return "," in before and bool(_LEADS_TO_MAIN.match(before))
    return clause[-1] not in ("of", "en", "maar") and clause[0] not in _OPEN


def doses(sentence: str) -> bool:
    """Tell whether a sentence says what to take, or how much. What is said of others, or asked, does not."""
    said = _plain(sentence)
    if said.endswith("?"):
        return False
    is_of_others = bool(_OTHERS.search(said)) and not _YOU_AT_ALL.search(said)
    is_condition = bool(_CONDITION.search(said) and _ASK.search(said))
    if is_of_others or is_condition:
        return False
    if _AMOUNT.search(said) and (_TAKE.search(said) or _DOSE.search(said)):
        return True
    if _FORMS.search(said) and _OFTEN.search(said):
        return True
    return bool(_SWALLOW.search(said)) or bool(_TAKE_SUPPLEMENT.search(said) and not _ASK.search(said))
