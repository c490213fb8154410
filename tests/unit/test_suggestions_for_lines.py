"""Suggestions for stored lines: as last year, like approved ones, by words; and never a mark."""

from decimal import Decimal

import pytest
from fixtures.small_budget import accept_rows, ask
from fixtures.went_on import succession, went_on

from budgeting.access import Identity, Role
from budgeting.errors import NotFound
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, Confidence, MarkedSubject, Part
from budgeting.marks.reviewing import approve, review
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Stance, Subject
from budgeting.model import Direction
from budgeting.suggestions.for_lines import suggestions_for
from budgeting.suggestions.model import Ground
from budgeting.suggestions.terms import term_rules

AMRA = Identity("Amra", Role.ADMINISTRATOR)
OECD = methodology("oecd_dac")
NEWEST = 10**9
SHELTER = "1;Welfare;12;611;10.4;Running costs of the house;500,00;"
MOVED = "1;Welfare;13;611;10.4;Running costs of the house;550,00;"
TWIN = "1;Welfare;14;612;10.4;Running costs of our house;50,00;"
GIRLS = "1;Welfare;15;611;09.1;Girls in science;70,00;"
ROADS = "2;Works;21;821;04.5;Bridges;2.345,67;-5,10"


def build_years(store):
    """2024: a shelter, marked. 2025: the same under another code, another house, girls, bridges."""
    accept_rows(store, AMRA, SHELTER, ROADS, year=2024)
    accept_rows(store, AMRA, MOVED, TWIN, GIRLS, ROADS, year=2025)


@pytest.fixture
def store(prepared):
    return prepared(build_years)


def lines(store, year=2025):
    return {
        row["line_code"]: row["label"]
        for row in ask(
            store,
            "select line_code, label from core.line_years inner join core.budget_lines "
            f"using (line_id) where fiscal_year = {year} order by line_code",
        )
    }


def code_of(store, label, year=2025):
    return next(code for code, name in lines(store, year).items() if name == label)


def evidence(category):
    required = OECD.category(category).requires
    return Evidence({one.id: Decimal(one.id in required) for one in OECD.criteria})


def marked(store, code, *parts, confidence=Confidence.HIGH, methodology=OECD):
    shares = tuple(Part(evidence(category), Decimal(share)) for category, share in parts)
    said = Classification(methodology, shares, "said so", confidence)
    mark(store, AMRA, "smallton", [MarkedSubject(Subject.LINE, code)], said, seen=NEWEST)


def approved(store):
    """Let everything pass; with one user, the author may."""
    for act in (review, approve):
        ids = [
            row["id"]
            for row in ask(store, "select max(classification_id) as id from core.classifications")
        ]
        act(store, AMRA, "smallton", ids)


def suggested(store, asked=None, **how):
    return suggestions_for(
        store, "smallton", asked or lines(store), methodology=OECD, fiscal_year=2025, **how
    ).by_line


def grounds(found):
    return [one.ground for one in found]


def test_without_marks_only_words_speak(store):
    """The words of a name suggest the category that the methodology has for their stance."""
    found = suggested(store)
    assert [code_of(store, "Girls in science"), code_of(store, "Bridges")] == list(found)
    (girls,) = found[code_of(store, "Girls in science")]
    assert (Ground.TERMS, Stance.PRINCIPAL, "2") == (girls.ground, girls.stance, girls.category)
    assert ["Girls"] == [word.written for word in girls.words][:1]
    (bridges,) = found[code_of(store, "Bridges")]
    assert "0" == bridges.category


def test_a_line_that_moved_is_suggested_as_last_year(store):
    """The line of 2024 is gone, and one of the same words is new: as that was, to be confirmed."""
    marked(store, code_of(store, "Running costs of the house", 2024), ("2", 1))
    (found,) = suggested(store)[code_of(store, "Running costs of the house")]
    assert (Ground.LAST_YEAR, "2", Confidence.MEDIUM) == (
        found.ground,
        found.category,
        found.confidence,
    )
    assert 2024 == found.lines[0].fiscal_year


def test_a_confirmed_successor_is_suggested_as_its_predecessor(store):
    """A link that a person confirmed speaks for a line of any other words, too."""
    marked(store, code_of(store, "Running costs of the house", 2024), ("1", 1))
    codes = (code_of(store, "Running costs of the house", 2024), code_of(store, "Girls in science"))
    went_on(store, succession("renamed", *([code] for code in codes)))
    found = suggested(store)[code_of(store, "Girls in science")]
    assert [Ground.LAST_YEAR, Ground.TERMS] == grounds(found)
    assert ("1", Confidence.HIGH) == (found[0].category, found[0].confidence)


def test_only_approved_lines_are_a_model_for_others(store):
    """A draft teaches nothing; once approved, lines alike are suggested with their similarity."""
    marked(store, code_of(store, "Running costs of the house"), ("2", 1))
    twin = code_of(store, "Running costs of our house")
    assert twin not in suggested(store)
    approved(store)
    (found,) = suggested(store)[twin]
    assert (Ground.ALIKE, "2") == (found.ground, found.category)
    assert Decimal("0.5") <= found.lines[0].similarity < 1
    assert "Running costs of the house" == found.lines[0].name


@pytest.mark.parametrize("parts", [(("2", "0.5"), ("0", "0.5")), (("2", "0.5"),)])
def test_marks_of_parts_are_no_model(store, parts):
    """What is half of one category is nothing that another line could be marked like."""
    marked(store, code_of(store, "Running costs of the house"), *parts)
    approved(store)
    assert code_of(store, "Running costs of our house") not in suggested(store)


def test_marks_of_another_methodology_are_no_model(store):
    """Categories are never converted."""
    marked(store, code_of(store, "Running costs of the house"), ("2", 1))
    approved(store)
    asked = {"x": "Running costs of our house"}
    found = suggestions_for(
        store, "smallton", asked, methodology=methodology("india_gbs"), fiscal_year=2025
    )
    assert {} == found.by_line


def test_other_directions_and_later_years_are_no_model(store):
    """Revenue learns nothing from expenditure, and a year nothing from the one after it."""
    marked(store, code_of(store, "Running costs of the house"), ("2", 1))
    approved(store)
    asked = {"x": "Running costs of our house"}
    assert ["x"] == list(suggested(store, asked))
    assert {} == suggested(store, asked, direction=Direction.REVENUE)
    before = suggestions_for(store, "smallton", asked, methodology=OECD, fiscal_year=2024)
    assert {} == before.by_line


def test_nothing_is_marked_by_asking(store):
    """Suggestions write nothing: the state of the store stays."""
    before = store.state
    suggested(store)
    assert before == store.state


def test_a_broken_file_of_rules_is_told_and_the_others_count(store, monkeypatch, tmp_path):
    """A fault in one language does not take away the other ones' suggestions."""
    from budgeting.suggestions import for_lines, terms

    (tmp_path / "en.csv").write_text((terms.FOLDER / "en.csv").read_text(encoding="utf-8"))
    (tmp_path / "sr.csv").write_text("term,stance\n", encoding="utf-8")
    monkeypatch.setattr(terms, "FOLDER", tmp_path)
    monkeypatch.setattr(for_lines, "_country", lambda *_: "RS")
    term_rules.cache_clear()
    for_lines._matcher.cache_clear()
    try:
        found = suggestions_for(
            store, "smallton", {"x": "Girls"}, methodology=OECD, fiscal_year=2025
        )
    finally:
        term_rules.cache_clear()
        for_lines._matcher.cache_clear()
    assert ["x"] == list(found.by_line)
    assert ["sr.csv, row 1"] == [str(fault)[:13] for fault in found.faults]


def test_an_unknown_municipality_is_refused(store):
    """Nobody's lines have no language."""
    with pytest.raises(NotFound):
        suggestions_for(store, "nowhere", {"x": "y"}, methodology=OECD, fiscal_year=2025)
