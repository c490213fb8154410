"""The term rules in data/terms: every file is read, and inflected forms are found."""

import pytest

from budgeting.methodologies.model import Stance
from budgeting.suggestions.by_terms import TermMatcher
from budgeting.suggestions.terms import term_languages, term_rules

RELEVANT = {Stance.PRINCIPAL, Stance.SIGNIFICANT}

# every case, singular and plural, of words that the rules must know
CASES = {
    "sr": """
        žena žene ženi ženu ženom ženama | djevojčica djevojčice djevojčici djevojčicu djevojčicama
        девојчица девојчице девојчицама | majka majke majci majku majkom majkama
        мајка мајке мајци мајку мајкама | trudnica trudnice trudnici trudnicama
        vrtić vrtića vrtiću vrtićem vrtići vrtićima | вртић вртића вртићу вртићима
        porodilja porodilje porodiljama | udovica udovice udovicama
        poduzetnice poduzetnicama предузетнице предузетницама
    """,
    "lt": """
        moteris moters moteriai moterį moterimi moteryje moterys moterų moterims moterimis
        mergaitė mergaitės mergaitei mergaitę mergaitės mergaičių mergaitėms mergaitėmis
        mergina merginos merginai merginų merginoms merginomis
        motina motinos motinai motinų motinoms | darželis darželio darželiui darželiai darželių
        lopšelis lopšelio lopšeliai lopšelių | smurtautojas smurtautojo smurtautojų smurtautojams
        nėščioji nėščiosios nėščiųjų nėščiosioms | našlė našlės našlių našlėms
    """,
    "sv": "kvinna kvinnan kvinnor kvinnorna kvinnors flickor flickorna tjejer förskola förskolor",
    "de": "Frau Frauen Mädchen Kindergarten Kindergärten Kindergärtens Kita Kitas Mütter Müttern",
    "es": "mujer mujeres niña niñas madre madres guardería guarderías embarazada embarazadas",
    "en": "woman women womens girl girls mother mothers carer carers nursery nurseries",
}


def test_every_language_of_the_project_has_rules():
    """English, Bosnian and Serbian, Lithuanian, Swedish, Spanish and German."""
    assert {"en", "sr", "lt", "sv", "es", "de"} == set(term_languages())


@pytest.mark.parametrize("language", term_languages())
def test_every_file_of_rules_can_be_read(language):
    """No row is broken, and both strong stances and “none” are there."""
    stances = {rule.stance for rule in term_rules(language)}
    assert stances >= {*RELEVANT, Stance.NONE}


@pytest.mark.parametrize(
    ("language", "word"),
    [
        (language, word)
        for language, words in CASES.items()
        for word in words.replace("|", " ").split()
    ],
)
def test_words_are_found_in_every_case(language, word):
    """A rule that knows a word knows its cases and plurals, in both scripts, with and without marks."""
    found = TermMatcher(term_rules(language)).suggestion(f"Xx {word} xx")
    assert found is not None
    assert found.stance in RELEVANT
