"""Sentences by hand for the check of what a questionnaire says: refused ones and real ones that must pass."""

DIAGNOSES = """
Je hebt een tekort.
Je hebt een tekort aan magnesium.
Je hebt waarschijnlijk een magnesiumtekort.
Jij hebt vast een klein tekort.
U heeft een tekort aan vitamine D.
U hebt mogelijk een ernstig tekort.
Je hebt geen tekort.
Een tekort heb je.
Een tekort aan magnesium heb je waarschijnlijk.
Waarschijnlijk heb je een tekort.
Dan heb je een tekort.
Dus heb je een tekort aan magnesium.
Als je vaak kramp hebt, heb je een tekort.
Ben je vaak moe, dan heb je een tekort.
Dit betekent dat je een tekort hebt.
We denken dat je een magnesiumtekort hebt.
Je eet weinig noten, waardoor je een tekort hebt.
Dat komt omdat je een tekort hebt.
Je lijdt aan stress.
Je lijdt waarschijnlijk aan een tekort.
Het lijkt erop dat je aan slapeloosheid lijdt.
Je mist magnesium.
Je mist belangrijke voedingsstoffen.
Jij mist waarschijnlijk vitamine D.
Je komt magnesium tekort.
Je krijgt te weinig magnesium binnen.
Je krijgt waarschijnlijk te weinig magnesium.
Dan krijg je te weinig magnesium binnen.
Uit je antwoorden blijkt dat je te weinig magnesium binnenkrijgt.
Dit wijst op een tekort.
Dit wijst erop dat je meer nodig hebt.
Je antwoorden wijzen op een gebrek.
Deze klachten duiden op een aandoening.
Moeheid kan wijzen op een magnesiumtekort.
Dit is een teken van een tekort.
Je klachten passen bij een tekort.
Je kramp komt door een magnesiumtekort.
Er is sprake van een tekort.
Je magnesiumgehalte is te laag.
Je bent overspannen.
Je hebt migraine.
Je hebt waarschijnlijk een depressie.
Jouw tekort is groot.
Met noten vul je je tekort aan.
**Je hebt** een *tekort*.
Je hebt
een tekort.
Je kampt met een ernstig magnesiumtekort.
"""

DOSES = """
Neem 400 mg.
Neem elke dag 400 mg magnesium.
Neem dagelijks twee tabletten.
Slik elke dag magnesium.
Slik 300 mg per dag.
Slik dan een capsule.
Voel je je moe, slik dan magnesium.
Per dag 2 tabletten.
Twee capsules per dag.
Een tablet 's avonds.
Gebruik 250 mg magnesium bij het ontbijt.
Gebruik 10 µg vitamine D.
Neem 400 IE vitamine D.
Begin met 200 mg en verhoog naar 400 mg.
Je kunt 400 mg nemen.
Je moet dagelijks 300 milligram slikken.
Het beste kun je twee tabletten slikken.
De juiste dosis is 300 mg.
De dosering: 2 x 150 mg.
Neem een magnesiumsupplement.
Neem elke avond een supplement.
Begin met een supplement.
Start met magnesium.
Doseer voorzichtig.
Dagelijks 2,5 gram magnesium innemen.
Drink 300 mg magnesium opgelost in water.
Neem een halve tablet voor het slapen.
U kunt het beste 350 mg gebruiken.
Neem 200-400 mg.
Kies 375 mg per dag.
Los elke dag een zakje op.
Drie keer per dag 1 pil.
Neem 1 bruistablet.
Slik na het eten vitamine D.
Je mag 500 mcg nemen.
Verhoog de hoeveelheid naar 500 mg.
Neemt u dagelijks 2 tabletten.
Gebruik iedere dag extra vitamines.
Houd 300 mg per dag aan.
Slik 's ochtends 1 capsule en 's avonds 1 capsule.
"""

ALLOWED = """
Een vragenlijst kan niet meten of je een tekort hebt.
De ADH is 350 mg per dag.
Een arts kan meten of je een tekort hebt.
Als je een tekort hebt, kan je huisarts dat meten.
Heb je een tekort, overleg dan met je huisarts.
Heb je een tekort?
Heb je klachten?
Dit betekent niet dat je een tekort hebt.
De uitslag zegt niet dat je een tekort hebt.
Mensen met een tekort gaan naar hun huisarts.
Wie een tekort heeft, merkt daar vaak niets van.
Een tekort aan magnesium komt in Nederland niet vaak voor.
Je hebt vragen over een tekort en wilt die stellen.
Twijfel je over je gezondheid of over een supplement?
Onderzoek wijst erop dat het lichaam bij stress meer magnesium verbruikt.
Deze onderzoeken wijzen erop dat sporters meer nodig hebben.
Je eet niet zo vaak noten.
Je noemde niet veel voedingsmiddelen waar magnesium in zit.
Je hebt volgens de tabel meer nodig als je zwanger bent.
Je gaf aan dat je last hebt van kramp.
Ben je zwanger, gebruik je medicijnen, heb je klachten of ben je jonger dan 18, dan verwijst de test je door.
Ben je ziek of gebruik je medicijnen, vraag dan raad aan je apotheker.
Lijd je aan een ziekte, dan past geen algemene tip.
Neem contact op met je huisarts of apotheker.
Neem de tijd voor je antwoord.
Neem vandaag eens een handje (25 gram) ongezouten noten.
Neem een ander onderwerp.
Gebruik je medicijnen?
Gebruik je meer dan 250 mg per dag uit een supplement?
Slik je medicijnen?
Slik je meer dan 250 mg per dag, overleg dan met je apotheker.
Slik geen supplementen zonder overleg.
Slik nooit zomaar iets erbij.
Wie meer dan 250 mg per dag slikt, kan last krijgen van diarree.
In een onderzoek slikten deelnemers elke dag 400 mg magnesium.
Stop nooit zelf met een medicijn, en begin niet met een supplement zonder dit te vragen.
Neem een supplement alleen na overleg met je arts.
Voor vrouwen van 25 jaar is de aanbevolen hoeveelheid 300 mg.
In 100 gram amandelen zit 260 mg magnesium.
Eet elke dag een stuk fruit.
Drink genoeg water bij het sporten.
Kies vaker volkoren brood.
Begin de dag met havermout.
Gebruik ongezouten noten in je salade.
Sporters hebben 10 tot 20 procent meer nodig dan anderen.
Hoe vaak eet je per week peulvruchten?
Voor volwassenen is 375 mg de waarde op het etiket.
Hoe vaak neem je zuivel?
Op hogere leeftijd haalt het lichaam minder magnesium uit het eten.
Je huisarts kan wel met je meekijken.
"""


def lines(text: str) -> list[str]:
    """Return the sentences; one that has a line end in it goes on where its next line starts with a small letter."""
    found: list[str] = []
    for line in text.strip().splitlines():
        if line[:1].islower() and found:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found
