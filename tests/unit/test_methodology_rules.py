"""Classifying: the category with its reasons, exact and monotonic in evidence."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgeting.errors import EvidenceInvalid
from budgeting.methodologies import (
    Evidence,
    classify,
    evidence_from_json,
    methodologies,
    methodology,
)
from budgeting.methodologies.model import ExpenseClass, RuleKind
from budgeting.methodologies.rules import points, unwritten
from budgeting.model import Labels
from budgeting.translations import language

ONE, ZERO = Decimal(1), Decimal(0)
SIGNIFICANT = ("analysis", "no_harm", "informs_design", "objective", "indicator")
SIGNIFICANT += ("disaggregated", "monitoring")
ALL = [pytest.param(one, id=one.file_name) for one in methodologies()]
CHECKLISTS = [one for one in methodologies() if one.rule is RuleKind.CHECKLIST]
SCALES = [one for one in methodologies() if one.score is not None]


def yes(*names):
    return Evidence(ticks=dict.fromkeys(names, ONE))


def why(code, evidence, tongue="en"):
    return language(tongue).say(classify(methodology(code), evidence).why)


# --- why ------------------------------------------------------------------


def test_a_checklist_says_what_is_met_and_what_is_missing():
    """Of the next stronger category, what is missing is named; met and missing are never the same."""
    outcome = classify(methodology("oecd_dac"), yes(*SIGNIFICANT[:-1]))
    assert ("0", ("monitoring",)) == (outcome.category, outcome.missing)
    assert set(SIGNIFICANT[:-1]) == set(outcome.met)
    assert "For “1 – significant objective” this is missing" in str(outcome.why)
    assert "monitor gender results" in str(outcome.why)
    stronger = classify(methodology("oecd_dac"), yes(*SIGNIFICANT))
    assert ("1", ("ambition", "results")) == (stronger.category, stronger.missing)


def test_a_checklist_says_what_even_the_weakest_category_asks_for():
    """A score of 0 stands without a gender analysis, but the reader is told that one is due."""
    assert "itself asks for what is not met either" in why("oecd_dac", yes("objective"))
    assert "itself asks" not in why("oecd_dac", yes("analysis", "no_harm"))


def test_the_strongest_category_names_what_it_rests_on():
    """Where all is met nothing is missing, and the criteria are listed."""
    names = ("analysis", "no_harm", "informs_design", "ambition", "results")
    outcome = classify(methodology("oecd_dac"), yes(*names, "disaggregated", "monitoring"))
    assert ("2", ()) == (outcome.category, outcome.missing)
    assert "all that it requires is met" in str(outcome.why)


def test_bands_say_the_threshold():
    """Where the category begins, where the next one does, and the score itself, never rounded."""
    outcome = classify(methodology("ph_hgdg"), Evidence(score=Decimal("14.995")))
    assert ("sensitive", Decimal(8)) == (outcome.category, outcome.threshold)
    expected = (
        "“Gender-sensitive”: the sum of points is 14.995. It begins at 8, “Gender-responsive” begins "
        "at 15."
    )
    assert expected == str(outcome.why)
    assert "above 0" in why("india_gbs", Evidence(score=Decimal(5)))
    assert "“Neutral”: the score is 7. “Indirectly responsive” begins at 20." == why(
        "nepal", Evidence(score=Decimal(7))
    )


def test_points_are_summed_with_what_is_missing():
    """Of points, what is not fully met is missing; of an element no more than its maximum counts."""
    evidence = Evidence(
        ticks={"6.1": Decimal("0.67"), "6.2": Decimal("0.67"), "6.3": Decimal("0.67")}
    )
    assert Decimal(2) == points(methodology("ph_hgdg"), evidence)
    outcome = classify(methodology("ph_hgdg"), evidence)
    assert ("6.1", "6.2", "6.3") == outcome.met
    assert {"1.1", "10.3"} <= set(outcome.missing)
    assert Decimal(2) == outcome.score


def test_reasons_are_told_in_the_readers_language():
    """The words of the file are those of the language, also in Latin letters."""
    evidence = Evidence(score=Decimal("7.95"))
    assert "Обећавајуће" in why("ph_hgdg", evidence, "sr")
    assert "Obećavajuće" in why("ph_hgdg", evidence, "sr-Latn")
    assert "7,95" in why("ph_hgdg", evidence, "sr")


def test_a_lookup_says_what_it_found():
    """The key leads to the category; a key that is not there leads to none."""
    assert "gives it for 142" in why("cpr_eige", Evidence(key="142"))
    outcome = classify(methodology("cpr_eige"), Evidence(key="9999"))
    assert (None, None) == (outcome.category, outcome.amount_coefficient)
    assert "has no “9999”" in str(outcome.why)


@pytest.mark.parametrize("one", ALL)
def test_without_an_answer_there_is_no_category(one):
    """Nothing answered is not screened: no category, no coefficient, and never a zero."""
    outcome = classify(one, Evidence())
    assert (None, None, None) == (outcome.category, outcome.score, outcome.amount_coefficient)
    assert "not screened" in str(outcome.why)


# --- evidence that is refused ---------------------------------------------

REFUSED = {
    "a criterion that is not there": ("oecd_dac", yes("goal"), "no criterion “goal”"),
    "an answer between yes and no": ("oecd_dac", Evidence({"analysis": Decimal("0.5")}), "0; 1"),
    "points that the question has not": ("ph_hgdg", Evidence({"2.0": Decimal("0.5")}), "0; 1; 2"),
    "points beyond the most": ("nepal", Evidence({"benefit": Decimal("20.1")}), "0 to 20"),
    "points below zero": ("nepal", Evidence({"benefit": Decimal(-1)}), "0 to 20"),
    "a score beyond the scale": ("ph_hgdg", Evidence(score=Decimal("20.01")), "0 to 20"),
    "a score below zero": ("india_gbs", Evidence(score=Decimal("-0.01")), "0 to 100"),
    "no number": ("india_gbs", Evidence(score=Decimal("NaN")), "0 to 100"),
    "more decimals than are kept": ("india_gbs", Evidence(score=Decimal("29.99999")), "4 decimals"),
    "a score for ticks": ("oecd_dac", Evidence(score=ONE), "does not take a score"),
    "ticks for bands": ("india_gbs", yes("a"), "does not take answers"),
    "a judgement for a checklist": ("oecd_dac", Evidence(category="2"), "chosen by a person"),
    "a key for a judgement": ("eu_budget", Evidence(key="1"), "does not take a code"),
    "a category that is not there": ("eu_budget", Evidence(category="3"), "no category “3”"),
    "a judgement against the table": ("cpr_eige", Evidence(key="142", category="03"), "gives"),
    "words in no field": ("rs_programme", Evidence(texts={"aim": "x"}), "no field “aim”"),
    "a sum that is another": (
        "ph_hgdg",
        Evidence({"2.0": ONE}, score=Decimal(2)),
        "add up to 1, but the score given is 2",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_other_evidence_is_refused(fault):
    """What the methodology does not ask for, or cannot take, is told and never passed over."""
    code, evidence, said = REFUSED[fault]
    with pytest.raises(EvidenceInvalid) as caught:
        classify(methodology(code), evidence)
    assert said in str(caught.value)


def test_an_unknown_convention_is_refused():
    """A coefficient never comes from nowhere."""
    with pytest.raises(EvidenceInvalid, match="no convention “mine”"):
        classify(methodology("oecd_dac"), yes("analysis"), "mine")


def test_coefficients_are_those_of_the_convention():
    """The same category counts differently by convention; a known score goes before a band's limit."""
    significant = yes(*SIGNIFICANT)
    for name, coefficient in (
        (None, "1"),
        ("focused", "1"),
        ("eu_funds", "0.4"),
        ("half", "0.5"),
        ("principal_only", "0"),
    ):
        outcome = classify(methodology("oecd_dac"), significant, name)
        assert Decimal(coefficient) == outcome.amount_coefficient
    canada = methodology("canada_gba")
    assert Decimal("0.625") == classify(canada, Evidence(score=Decimal("62.5"))).amount_coefficient
    assert Decimal("0.6") == canada.convention().coefficients["4"]


def test_evidence_is_the_same_after_being_stored():
    """JSON keeps exact numbers, and only what was given."""
    for evidence in (
        Evidence(),
        yes("a", "b"),
        Evidence({"6.1": Decimal("0.33")}, score=Decimal("0.3300")),
        Evidence(key="001", category="0%*"),
        Evidence(category="2", texts={"goal": "Једнако учешће", "unit": "%"}),
    ):
        assert evidence == evidence_from_json(evidence.as_json())
    assert "{}" == Evidence().as_json()
    assert Evidence() == evidence_from_json("")
    for broken in (
        "[]",
        "{",
        '{"ticks": {"a": "x"}}',
        '{"other": 1}',
        '{"score": []}',
        '{"texts": {"a": 1}}',
    ):
        with pytest.raises(EvidenceInvalid):
            evidence_from_json(broken)


def test_words_decide_no_category():
    """With or without the words of its fields, evidence has the same outcome."""
    serbia = methodology("rs_programme")
    for ticks in (
        yes("goal").ticks,
        yes("goal", "indicator", "baseline", "target", "embedded").ticks,
    ):
        told = Evidence(ticks, texts={"goal": "More women in councils", "indicator": "Share"})
        assert classify(serbia, Evidence(ticks)) == classify(serbia, told)
    assert classify(serbia, Evidence(texts={"goal": "More women"})).category is None


def test_a_category_says_which_words_it_needs():
    """A goal that is ticked must be written down; blanks are no words."""
    serbia = methodology("rs_programme")
    told = Evidence(texts={"goal": "More women in councils", "target": " "})
    assert ("indicator", "baseline", "target") == tuple(
        field.id for field in unwritten(serbia, "met", told)
    )
    assert () == unwritten(serbia, "partly", told)
    assert () == unwritten(serbia, "not_met", Evidence())


# --- laws -----------------------------------------------------------------


def strength(one, outcome):
    """Return how strong a category is: 0 for none, more for stronger ones."""
    codes = [category.code for category in one.categories]
    return 0 if outcome.category is None else len(codes) - codes.index(outcome.category)


@st.composite
def answered(draw):
    one = draw(st.sampled_from(CHECKLISTS))
    names = draw(st.sets(st.sampled_from([criterion.id for criterion in one.criteria]), min_size=1))
    return one, {
        criterion.id: draw(
            st.sampled_from(criterion.values)
            if criterion.values
            else st.decimals(0, criterion.maximum, places=2)
        )
        for criterion in one.criteria
        if criterion.id in names
    }


@given(answered(), st.data())
def test_a_checklist_is_monotonic_in_evidence(given_answers, data):
    """One more answer, or a better one, never gives a weaker category, where the rule says so."""
    one, ticks = given_answers
    assume(one.is_monotonic)
    criterion = data.draw(st.sampled_from(one.criteria))
    before = ticks.get(criterion.id, ZERO)
    better = data.draw(
        st.sampled_from([value for value in criterion.values if value >= before])
        if criterion.values
        else st.decimals(before, criterion.maximum, places=2)
    )
    less = classify(one, Evidence(ticks=ticks))
    more = classify(one, Evidence(ticks=ticks | {criterion.id: better}))
    assert strength(one, less) <= strength(one, more)
    assert set(less.met) <= set(more.met)


def test_only_a_rule_with_an_upper_limit_is_not_monotonic():
    """Austria's sixth objective breaks the rule; no other methodology punishes evidence."""
    assert ["austria_outcome"] == [one.code for one in methodologies() if not one.is_monotonic]
    five, six = (Evidence({"objectives": Decimal(n), "own": ONE}) for n in (5, 6))
    austria = methodology("austria_outcome")
    assert strength(austria, classify(austria, five)) > strength(austria, classify(austria, six))


@given(st.sampled_from(SCALES), st.data())
def test_a_scale_is_monotonic_and_exact(one, data):
    """A higher score never gives a weaker category, and begins where its threshold says."""
    scores = st.decimals(0, one.score.maximum, places=4)
    low, high = sorted((data.draw(scores), data.draw(scores)))
    lower, higher = classify(one, Evidence(score=low)), classify(one, Evidence(score=high))
    assert strength(one, lower) <= strength(one, higher)
    for score, outcome in ((low, lower), (high, higher)):
        assert outcome.threshold is None or outcome.threshold <= score
        assert isinstance(outcome.amount_coefficient, Decimal)
        assert 0 <= outcome.amount_coefficient <= 1


@given(answered())
def test_met_and_missing_are_criteria_and_never_both(given_answers):
    """What is met is not missing, and the same evidence gives the same answer after being stored."""
    one, ticks = given_answers
    outcome = classify(one, Evidence(ticks=ticks))
    known = {criterion.id for criterion in one.criteria}
    assert set(outcome.met) | set(outcome.missing) <= known
    assert not set(outcome.met) & set(outcome.missing)
    stored = evidence_from_json(Evidence(ticks=ticks).as_json())
    assert outcome == classify(one, stored)


def test_what_is_verified_is_told_apart():
    """One item from general knowledge is enough for the whole not to be fully verified."""
    oecd = methodology("oecd_dac")
    assert (True, False) == (oecd.is_verified, oecd.is_fully_verified)
    assert methodology("ph_hgdg").is_fully_verified
    assert not replace(methodology("ph_hgdg"), is_verified=False).is_fully_verified
    assert not methodology("sharp").is_verified


# --- choices and classes of expense ---------------------------------------


@pytest.mark.parametrize(
    ("words", "is_taken"), [("1", True), ("5", True), ("0", False), ("rich", False)]
)
def test_a_field_with_choices_takes_one_of_them(words, is_taken):
    """Canada's strip of incomes has five points; other words are refused with those there are."""
    evidence = Evidence(score=Decimal(50), texts={"income": words})
    if is_taken:
        assert "3" == classify(methodology("canada_gba"), evidence).category
        return
    with pytest.raises(EvidenceInvalid, match="takes"):
        classify(methodology("canada_gba"), evidence)


@pytest.mark.parametrize(
    ("country", "code", "found"),
    [
        ("RS", "411", "ps"),
        ("BA", "411", "ps"),
        ("BA", "412", "mooe"),
        ("RS", "412", "ps"),
        ("PH", "5-01-01-010", "ps"),
        ("PH", "5-02", "mooe"),
        ("RS", "512", "co"),
        ("RS", "499", None),
        ("RS", "4", None),
        ("SE", "411", None),
    ],
)
def test_the_class_of_expense_follows_from_the_country_and_the_code(country, code, found):
    """The same code is another thing in another country; what no code names is not guessed."""
    expense = methodology("ph_gad").expense(country, [code])
    assert found == (expense and expense.id)


def test_the_longer_code_decides():
    """A detail may be in another class than what it stands under."""
    classes = (
        ExpenseClass("a", Labels({"en": "A"}), {"RS": ("4",)}),
        ExpenseClass("b", Labels({"en": "B"}), {"RS": ("42",)}),
    )
    method = replace(methodology("ph_gad"), expenses=classes)
    assert ("a", "b") == tuple(method.expense("RS", ["4", code]).id for code in ("41", "421"))
