"""How people are named in Dutch text: a relative, somebody who gives care, a writer who signs. Pure.

A name is a word with a capital in a place where names stand. Every repeat is bounded; every pattern is verbose: a space is `[ ]`.
"""

import re

# Words with a capital after "mijn moeder", "dokter" or "ik ben" that are no names.
_NOT_NAMES = """
    magnesium calcium kalium natrium zink ijzer vitamine citraat parkinson alzheimer crohn hashimoto lyme raynaud sjögren
    bechterew ménière graves adhd google dat die dit deze het een dan daar daarom maar en of als ook wat wie waar hoe waarom
    wanneer welke is heeft kan mag moet zou wil ik je jij hij zij ze we wij zijn mijn ons onze nu toen dus omdat want bij in op
    aan uit na voor van met vandaag nederlands nederlandse nederlander rotterdammer amsterdammer belg belgisch vlaming turks
    turkse marokkaans marokkaanse surinaams surinaamse duits duitse engels engelse frans franse pools poolse christen moslim
    katholiek hindoe vegan vegetariër diabeet graag alvast bedankt dank groet hartelijke vriendelijke nederland europa nhg knmp
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())

# Common given names in the Netherlands that are no other word; with these "een vraag van Bert Visser" is seen as well.
_GIVEN_NAMES = """
    Aad Adriaan Ahmed Ali Alice Amber Amina Anja Anke Anna Anne Anneke Annemarie Anouk Ans Anton Arie Arjan Astrid Barbara Bart
    Bas Bastiaan Bert Bianca Bianka Bram Carla Carolien Caroline Cees Chantal Charlotte Chris Christina Claudia Conny Cor Corrie
    Daan Danielle Danny David Debbie Dennis Diana Dirk Edwin Eline Elisabeth Els Emma Emre Eric Erik Erwin Esther Eva Evelien
    Fatima Fatma Femke Finn Frank Frans Fred Frits Gerard Gerda Gerrit Greet Guus Hanneke Hans Harry Hassan Heleen Helma Henk
    Herman Hilde Ibrahim Ilse Inge Ingrid Irene Jaap Jacqueline Jan Janneke Jasmijn Jasper Jeannette Jelle Jeroen Jessica Joke
    Jolanda Joop Joost Joris José Judith Julia Karin Kees Kevin Khadija Kim Klaas Koos Lars Laura Leo Lianne Linda Lisa Lisette
    Lotte Luuk Maaike Maarten Marcel Margriet Maria Marian Marieke Marije Marijke Marion Marit Marja Marjan Marjolein Martijn
    Martin Martine Mariska Melissa Menno Michel Mieke Mila Miranda Mirjam Mohamed Mohammed Monique Mustafa Nadia Naomi Natasja
    Nick Nicole Niels Nienke Olga Patricia Patrick Paul Paula Peter Petra Piet Pieter Pim Quinten Rachid Ramon Renate René Richard
    Rob Robert Robin Rogier Roel Ronald Rosa Ruben Ruud Samira Sander Sandra Sanne Sara Saskia Sem Silvia Simone Sjaak Sjoerd
    Sofie Sonja Sophie Stefan Stijn Suzanne Sylvia Tamara Teun Theo Thea Thijs Thomas Tim Tineke Toos Trudy Truus Vera Vincent
    Wendy Wesley Wilco Willeke Willem Wilma Wim Wouter Yasmina Youssef Yvonne
"""
GIVEN_NAMES = tuple(_GIVEN_NAMES.split())

WORD = r"[A-ZÀ-ÖØ-Þ](?:[a-zà-öø-ÿ]{1,30}|['’][A-Z][a-z]{1,30})(?:-[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]{1,30})?"
PARTICLE = r"(?:(?i:van|von|de|den|der|het|ten|ter|te|el|al|la|le|bin|ben)\b|['’][tTsS]\b)"
RELATIVE = r"""(?:(?:schoon|stief|klein|pleeg|over|achter|half|ex-?)?
    (?:man|vrouw|echtgenoot|echtgenote|partner|vriend|vriendin|verloofde|zoon|zoontje|dochter|dochtertje|kind|kinderen|kleinkind
    |kleinkinderen|moeder|vader|ouders|mama|papa|mam|pap|oma|opa|zus|zusje|broer|broertje|tante|oom|neef|neefje|nicht|nichtje|buurman
    |buurvrouw|collega|baas|ex|tweeling|baby|maatje|hond|kat|jongste|oudste|middelste))"""

_GAP = r"(?:[ \t\u00a0]{1,3}|[ \t]?\r?\n[ \t]{0,3})"  # a mail may be broken off between "mijn man" and his name
_INITIALS = rf"(?:(?:[A-Z]\.[ ]?){{1,4}}{_GAP}?)?"
_FAMILY = rf"(?:{PARTICLE}{_GAP}){{0,3}}(?P<name>{WORD})"
_MORE = rf"[ \t](?:{PARTICLE}[ \t]){{0,3}}{WORD}"
_FULL_NAME = rf"{_INITIALS}{_FAMILY}(?:{_MORE}){{0,2}}"
_SHORT_NAME = rf"{_INITIALS}{_FAMILY}(?:[ \t](?:{PARTICLE}[ \t]){{1,3}}{WORD})?"

_OURS = r"(?:mijn|m[’']n|mn|onze|ons|haar|zijn|jouw|je|uw)"
_TITLE = r"(?:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|dhr\.?|de[ ]heer|zuster|juf|meester)"
_CARER = r"""(?:dokter|doktor|doctor|dr\.?|prof(?:essor|\.)|[\w-]{0,15}arts|specialist|internist
    |\w{3,15}(?:loog|loge|iater|therapeute?|chirurg)|orthopeed|chirurg|apotheker|diëtiste?|dietiste?|verloskundige|verpleegkundige
    |praktijkondersteuner|osteopaat|coach|masseur)"""
_PLACE = r"(?:ziekenhuis|huisartsenpost|huisartsenpraktijk|gezondheidscentrum|apotheek|praktijk|kliniek|verpleeghuis|zorgcentrum)"
_HOSPITAL = r"""(?:[A-Z][a-z]{3,20}(?:essenhuis|gasthuis)|(?:Erasmus|Amsterdam|Leiden)[ ]?U?MC
    |UMC[ ]?(?:Utrecht|Groningen|Maastricht)|UMCG|UMCU|LUMC|MUMC\+?|AMC|VUmc|Radboud(?:umc|[ ]?UMC)|Isala|OLVG|Amphia|Rijnstate
    |Zuyderland|Meander[ ]MC|Medisch[ ]Spectrum[ ]Twente|Máxima[ ]MC|Jeroen[ ]Bosch)"""
_DEAR = r"(?:beste|hallo|hoi|hi|hey|dag|lieve|geachte|goedemorgen|goedemiddag|goedenavond)"
_REGARDS = r"""(?:(?:met[ ])?(?:(?:vriendelijke|hartelijke|lieve|warme)[ ])?
    (?:groet(?:en|jes)?|gr|mvg|vr\.?[ ]?gr|hoogachtend|liefs|xx{0,2}|veel[ ]dank|bedankt|dank)\b(?:[ ]van)?)"""
_DEGREE = r"(?:(?i:drs|dr|ir|ing|mr|mw|dhr)\.?[ ])?"

_SOURCES: dict[str, tuple[str, ...]] = {
    "relative": (
        rf"""(?i:\b{_OURS}[ ](?:(?!en\b|of\b)\w{{1,15}}[ ])?{RELATIVE})
        (?:,?{_GAP}(?i:(?:heet|heten|genaamd|mevrouw|meneer|dhr\.|mw\.)[ ])?|[ ]?\(){_SHORT_NAME}(?:[ ]en[ ]{WORD})?\)?""",
        rf"(?i:\b{_OURS}[ ]{RELATIVE},?[ ]die[ ]){_SHORT_NAME}[ ]heet(?:te)?\b",
    ),
    "carer": (
        rf"(?i:(?:\bmijn[ ])?\b{_CARER})(?:{_GAP}(?i:{_TITLE}|dr\.?|prof\.?))?{_GAP}{_FULL_NAME}",
        rf"""\b(?!Het|Een|Elk|Ieder|In|Naar|Uit|Academisch|Dit|Dat)(?:(?:St\.|Sint|{WORD})[ ]){{1,3}}
        (?:[Zz]iekenhuis|Gasthuis)\b""",
        rf"(?i:\b{_PLACE})[ ]{_FULL_NAME}",
        rf"(?:\bhet[ ])?\b{_HOSPITAL}\b",
    ),
    "name": (
        rf"(?i:\b(?:ik[ ]heet|mijn[ ]naam(?:[ ]is)?:?|ik[ ]ben)[ ]){_SHORT_NAME}(?!\w)",
        rf"\b(?:{'|'.join(GIVEN_NAMES)})\b(?![ ]?\d)(?:{_MORE})?",
        rf"(?m:^)[ \t]{{0,3}}(?i:{_DEAR})[ ]{_SHORT_NAME}(?=[ ]?[,!.]|[ \t]*$|\r?\n)",
        rf"(?i:\b{_TITLE})[ ]{_FULL_NAME}",
        rf"""(?i:\b{_REGARDS})[.,!]?[ \t]?(?:\r?\n[ \t]{{0,3}}){{0,3}}
        {_DEGREE}{_INITIALS}{_FAMILY}(?:{_MORE}){{0,2}}(?=[.!]?[ \t]{{0,9}}(?:$|\r?\n))""",
    ),
}
NAME_PATTERNS = {name: tuple(re.compile(source, re.VERBOSE) for source in sources) for name, sources in _SOURCES.items()}
