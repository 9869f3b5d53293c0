"""A small questionnaire with a bit of everything."""

from vitaminetest.definition import Definition
from vitaminetest.definition_file import parse

FILE = """
title: Een proefje
intro: Over noten.[@grober2015]
closing: Dit is algemene informatie.
sections:
- key: jij
  title: Over jou
  questions:
  - {key: leeftijd, kind: number, text: Hoe oud ben je, maximum: 120, unit: jaar, intake: age, why: De hoeveelheid hangt ervan af.}
  - key: geslacht
    kind: choice
    text: Wat is je geslacht
    may_decline: true
    intake: sex
    options:
    - {key: man, label: Man, intake: male}
    - {key: vrouw, label: Vrouw, intake: female}
  - key: situatie
    kind: choice
    text: Ben je zwanger of geef je borstvoeding
    may_decline: true
    intake: state
    options:
    - {key: zwanger, label: Ik ben zwanger, intake: pregnant}
    - {key: borstvoeding, label: Ik geef borstvoeding, intake: breastfeeding}
    - {key: geen, label: Geen van beide, intake: none}
    shown_if:
    - - {question: geslacht, is: [vrouw]}
      - {question: leeftijd, at_least: 14}
- key: eten
  title: Wat je eet
  questions:
  - {key: uitleg, kind: info, text: Nu je bord, hint: Denk aan een gewone week.}
  - key: soms
    kind: several
    text: Wat eet je elke week
    is_required: false
    options:
    - {key: noten, label: Noten}
    - {key: peulvruchten, label: Peulvruchten}
    - {key: niets, label: Geen van deze, is_exclusive: true}
  - {key: volkoren, kind: yesno, text: Eet je volkoren brood}
scores:
- key: bord
  label: Magnesium op je bord
  points:
  - {question: soms, options: [noten], points: 2}
  - {question: soms, options: [peulvruchten], points: 1}
  - {question: volkoren, options: [ja], points: 1}
outcomes:
- key: arts
  kind: doctor
  title: Overleg
  body: Overleg met je verloskundige, huisarts of apotheker.
  applies_if:
  - - {question: leeftijd, at_most: 17}
  - - {question: situatie, is: [zwanger, borstvoeding]}
- key: noten
  kind: tip
  title: Noten
  body: Noten zijn een bron van magnesium.[@grober2015] Lees [[waar-is-magnesium-goed-voor#waar-zit-magnesium-in|waar het in zit]].
  review_by: '2027-11-01'
  applies_if:
  - - {score: bord, at_most: 1}
- key: lees
  kind: read
  title: Lees verder
  body: Over magnesium.
cases:
- name: Weinig op het bord
  answers: {leeftijd: 40, geslacht: man, soms: [niets], volkoren: nee}
  expects: [noten, lees]
- name: Jong
  answers: {leeftijd: 12, geslacht: vrouw, soms: [niets], volkoren: nee}
  expects: [arts, lees]
"""


def sample() -> Definition:
    return parse(FILE)
