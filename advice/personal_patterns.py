"""What personal numbers, addresses, dates and ages look like in Dutch text: a pattern for every way of writing. Pure.

Patterns find too much rather than too little; `advice.personal_data` checks what has digits to check. Every repeat is bounded and
every pattern is verbose: a space is `[ ]`.
"""

import re

from advice.personal_names import PARTICLE, RELATIVE, WORD

# Two letters after four digits that are no postcode: those never given out, units, and words.
_NOT_POSTCODES = """
    SA SD SS IE IU MG ML KG KM CM MM KJ UG UR EU NL VS CC DL CL GR PG NG NM MW AF AL AN AT BE BY DA DE DO EN ER ES ET EX GA HA HE
    IK IN IS IT JA JE LA ME MO NA NO NU OF OK OM OP OR PM SO TE TO TV UW WC WE WO ZE ZO
"""
NOT_POSTCODES = frozenset(_NOT_POSTCODES.split())

_MONTH = r"""(?i:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sep(?:t(?:ember)?)?|okt(?:ober)?|
    nov(?:ember)?|dec(?:ember)?)\.?"""
_CENTURY = r"(?:19|20)"
_YEAR = rf"(?:{_CENTURY}\d{{2}}|['’]\d{{2}})"
_WRITTEN_DATE = rf"\d{{1,2}}(?:e|ste|de)?[ -]?{_MONTH}[ -]?{_YEAR}(?!\d)"
_NUMERIC_DATE = rf"""(?:\d{{1,2}}[-/]\d{{1,2}}[-/]{_CENTURY}?\d{{2}}(?![\d-])
    |\d{{1,2}}[. ]{{1,2}}\d{{1,2}}[. ]{{1,2}}{_CENTURY}\d{{2}}(?!\d))"""
_DATE = rf"(?:{_WRITTEN_DATE}|{_NUMERIC_DATE})"
_DATE_STARTS = r"(?<![\d./-])"
_BORN = r"""(?i:\b(?:geboren(?:[ ](?:te|in)[ ][a-zà-ÿ-]{3,20},?)?|geboortedag|geboortedatum|geboortejaar|bouwjaar|d\.o\.b\.
    |geb\.?[ ]?(?:dat(?:um|\.)?)?))"""

_STREET = r"(?:straat|straatweg|str\.|laan|plein|gracht|kade|singel|dreef|plantsoen|steeg|boulevard|promenade|passage)"
_MAYBE_STREET = r"""(?:weg|dijk|hof|pad|park|markt|wal|ring|burg|veld|oord|donk|kamp|baan|brink|bos|haven|rijn|zoom|werf|poort|erf
    |horst)"""
_NO_STREET = r"(?!Onder?weg\b|Halverweg|Lucht|Urine|Gal)"
_UNIT = r"(?:%|‰|mg|gram|gr\b|ml|liter|kilo|keer|maal|uur|minuten|weken|dagen|maanden|jaar|procent|tabletten|capsules|graden)"
_HOUSE_NUMBER = rf"""[ ]\d{{1,4}}(?:[ ]?[a-zA-Z](?!\w))?(?:[ ](?:hs|bis|rood|zwart|[IV]{{1,3}})\b)?
    (?:-(?:\d{{1,4}}|[IV]{{1,4}}\b)|[ ]?-[a-zA-Z]\b)?(?![\d,.]\d|\w)(?![ ]?{_UNIT})"""
_NAME_OF_STREET = rf"(?:(?:{PARTICLE}|{WORD}|(?:Burg|Dr|Prof|Mr|St)\.)[ ]){{0,5}}"
_LETTERS = r"[A-Za-zÀ-ÿ'’-]"

_NUMBER_OF_YEARS = r"""(?<![\d,.])(?:(?:\d{1,2}|1[01]\d)(?![\d%]|[,.]\d|[ ]?(?:kilo|kg|cm|meter|liter)\b)
    |(?i:(?:\w{2,5}[eë]n)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig))\b)"""
_YEARS = r"(?:[ ]?(?:jaar|jr)\b\.?)"
_IS = r"(?:ben|is|was|word|wordt)"
_ABOUT = r"(?:[ ](?:nu|bijna|net|pas|al|ongeveer|circa|inmiddels|ruim|vorige|volgende|deze|week|maand|jaar|gisteren|vandaag)){0,3}"
_OLD = rf"(?:{_YEARS}(?:[ ]oud)?|(?=[ ]geworden\b|[ ]en\b|[.,;!?)]|\s*$))(?:[ ]geworden)?"
_NOT_A_RANGE = r"(?![ ]?(?:jaar[ ])?(?:en|of)[ ](?:ouder|jonger)|[ ]?[-–][ ]?\d|[ ]tot\b)"
_PERSON = r"(?:man|vrouw|meisje|jongen|moeder|vader|zoon|dochter|dame|heer|oma|opa|student|studente|sporter|patiënte?)"
_MY_RELATIVE = rf"(?:mijn|m[’']n|onze|haar|zijn|de)[ ](?:\w{{1,15}}[ ])?{RELATIVE}"

_BETWEEN_DIGITS = r"[ ./()\u00a0‑–-]{0,3}"
_PHONE_STARTS = r"(?<![\w.,+/-])"
_NETWORK = r"(?:insta(?:gram)?|facebook|twitter|x|tiktok|snap(?:chat)?|threads)"
_AT = r"(?:[ ]?[(\[][ ]?(?:at|apenstaartje)[ ]?[)\]][ ]?|[ ](?:at|apenstaartje)[ ])"
_DOT = r"(?:\.|[ ](?:punt|dot)[ ]|[ ]?[(\[](?:punt|dot)[)\]][ ]?)"

_SOURCES: dict[str, tuple[str, ...]] = {
    "iban": (
        r"(?i:\bNL\d{2}[ .-]?[a-z]{4}(?:[ .-]?\d){10})(?!\d)",
        r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z\d]{4}){2,7}(?:[ ]?[A-Z\d]{1,3})?\b",
    ),
    "bsn": (
        r"""(?i:(?P<label>\b(?:bsn|burgerservicenummer|sofi-?nummer)\b(?:[ ]is)?[ :]{1,3}))?
        (?<![\w.,/+-])\d{2,4}[. ]?\d{2,3}[. ]?\d{2,3}(?![.,/-]\d|\w)""",
    ),
    "profile": (
        r"""(?i:(?<![\w.])(?:https?://)?(?:(?:www|m|nl|nl-nl|mobile)\.)?
        (?:(?:facebook|fb|instagram|tiktok|twitter|x|threads|pinterest|snapchat|strava)\.(?:com|net|nl)|linkedin\.com/in
        |youtube\.com/(?:@|user|channel|c/)|bsky\.app/profile|wa\.me|t\.me|mastodon\.\w{2,10})/?@?[\w.@%/?=&-]{2,100}(?<![.?]))""",
        rf"(?<![\w@\[])@[\w.]{{2,30}}[ ](?i:(?:op|via|bij)[ ]{_NETWORK})\b",
        rf"(?i:\b{_NETWORK}[ ]?(?:is|:)?[ ]?@[\w.]{{2,30}})",
    ),
    "email": (
        r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
        rf"(?i:(?<![\w.+%-])[\w.+%-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,4}})",
    ),
    "phone": (
        rf"{_PHONE_STARTS}(?:\+|00)[1-9]\d{{0,2}}[ ./-]{{0,2}}(?:\(0\))?(?:{_BETWEEN_DIGITS}\d){{6,12}}(?!\d)",
        rf"{_PHONE_STARTS}\(?0[1-9](?:{_BETWEEN_DIGITS}\d){{8}}(?!\d|[.,]\d)",
    ),
    "date_of_birth": (
        rf"{_BORN}[ :]{{0,3}}(?:(?:is|op|in|datum)[ :]{{1,2}}){{0,2}}(?:{_DATE}|{_YEAR}\b)",
        rf"(?i:\b(?:in|op)[ ](?:{_DATE}|{_CENTURY}\d{{2}})[ ]geboren\b)",
        rf"(?i:\bik[ ]ben[ ](?:van|uit)(?:[ ]het[ ]jaar|[ ]bouwjaar)?)[ ]{_CENTURY}\d{{2}}(?!\d)",
    ),
    "postcode": (r"(?<![\w.,-])[1-9]\d{3}[ \u00a0]?(?P<letters>[A-Za-z]{2})(?!\w|-\w|[.]\w)",),
    "address": (
        rf"\b{_NAME_OF_STREET}{_LETTERS}{{0,40}}{_STREET}{_HOUSE_NUMBER}",
        rf"\b{_NAME_OF_STREET}{_NO_STREET}[A-ZÀ-Þ]{_LETTERS}{{1,40}}{_MAYBE_STREET}{_HOUSE_NUMBER}",
        rf"\b(?:Laan|Plein|Weg|Hof|Kade|Gracht)[ ](?:van|der|de|het|aan)[ ]{_NAME_OF_STREET}{WORD}{_HOUSE_NUMBER}",
        rf"(?<!\w)(?:Oude|Nieuwe|Lange|Korte|Grote|Kleine|Hoge|Lage|['’]t)[ ]{WORD}{_HOUSE_NUMBER}",
        rf"""(?i:\b(?:woon|wonen|woont|adres(?:[ ]is)?:?|woonachtig)[ ](?:zelf[ ])?(?:op|aan|in|te)?)[ ]?
        {_NAME_OF_STREET}{WORD}{_HOUSE_NUMBER}""",
        r"(?i:\bpostbus[ ]\d{1,5})(?!\d)",
    ),
    "reference": (
        r"""(?i:\b(?:patiënt|patient|klant|polis|dossier|order|bestel|lid|lidmaatschaps|verzekerden|relatie|personeels|zaak)[ -]?
        (?:nummer|nr\b\.?)(?:[ ]is)?[ :]{1,3})[\w./-]{0,10}\d[\w./-]{0,20}(?<![./-])""",
    ),
    "date": (
        rf"{_DATE_STARTS}{_WRITTEN_DATE}",
        rf"{_DATE_STARTS}{_CENTURY}\d{{2}}[-/](?P<month>\d{{2}})[-/](?P<day>\d{{2}})(?!\d)",
        rf"{_DATE_STARTS}(?P<day>\d{{1,2}})[-/](?P<month>\d{{1,2}})[-/]{_CENTURY}?\d{{2}}(?![\d/-])",
        rf"{_DATE_STARTS}(?P<day>\d{{1,2}})\.[ ]?(?P<month>\d{{1,2}})\.[ ]?{_CENTURY}\d{{2}}(?!\d)",
        rf"{_DATE_STARTS}(?P<day>\d{{2}})\.(?P<month>\d{{2}})\.\d{{2}}(?![\d.]|[/-]\d)",
    ),
    "age": (
        rf"(?i:\b(?:ik[ ]{_IS}|{_IS}[ ]ik|{_MY_RELATIVE}[ ]{_IS}|(?:hij|zij|ze)[ ]{_IS}){_ABOUT})[ ]{_NUMBER_OF_YEARS}{_OLD}",
        rf"(?i:\b{_MY_RELATIVE})(?:[ ]van[ ]|,[ ]|[ ]?\(){_NUMBER_OF_YEARS}{_YEARS}?\)?{_NOT_A_RANGE}",
        rf"(?<!van[ ])(?<!dan[ ])(?<!vanaf[ ])(?<![Gg]emiddeld[ ]){_NUMBER_OF_YEARS}[ ](?:jaar|jr)[ ](?:oud|jong)\b",
        rf"(?i:\bik[ ]?\(){_NUMBER_OF_YEARS}{_YEARS}?\)",
        r"(?i:\bik[ ]ben[ ])\d{2}\+(?!\d)",
        rf"(?i:\b(?:een|deze|als)[ ]{_PERSON}[ ]van)[ ]{_NUMBER_OF_YEARS}{_YEARS}?{_NOT_A_RANGE}",
        rf"(?i:\b(?:{_PERSON}|[mv])(?:,[ ]|[ ]|/|,[ ]?leeftijd[ ])){_NUMBER_OF_YEARS}{_YEARS}{_NOT_A_RANGE}",
        rf"(?i:\b(?:man|vrouw|[mv])/){_NUMBER_OF_YEARS}\b",
        rf"{_NUMBER_OF_YEARS}-jarige[ ](?i:{_PERSON})\b",
        rf"(?i:\bleeftijd(?:[ ]is)?[ ]?[:=]?)[ ]?{_NUMBER_OF_YEARS}{_YEARS}?{_NOT_A_RANGE}",
    ),
}
PATTERNS = {name: tuple(re.compile(source, re.VERBOSE) for source in sources) for name, sources in _SOURCES.items()}
