"""A methodology's file changed under the same version: its marks are told, and scored again."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, accept_batch
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.marks.rescoring import Obstacle, rescore
from budgeting.methodologies import Evidence, files, methodology, rule_fingerprint
from budgeting.methodologies.files import FOLDER
from budgeting.methodologies.model import Choice, Field, Subject, Threshold
from budgeting.model import Labels
from budgeting.reports import build_report
from budgeting.translations import language

ANA = Identity("ana", Role.REVIEWER)
INDIA = methodology("india_gbs", "2024")
OECD = methodology("oecd_dac")
VIEW = {"municipality": "smallton", "year": "2024", "methodology": "india_gbs", "stage": "approved"}


def edited(method, code, **changes):
    """Return a methodology in which one category is another."""
    categories = (replace(c, **changes) if c.code == code else c for c in method.categories)
    return replace(method, categories=tuple(categories))


B_FROM_50 = edited(INDIA, "B", threshold=Threshold(Decimal(50)))


@pytest.fixture
def budget(prepared, editor):
    return prepared(accept_batch, editor, *ROWS)


def marked(store, row, evidence, method=INDIA, reason="because"):
    line = MarkedSubject(Subject.LINE, f"organisation={row[0]};economic_class={row[1]}")
    said = Classification(method, (Part(evidence),), reason)
    mark(store, ANA, "smallton", [line], said, seen=10**9, from_year=2024)


def scored(score):
    return Evidence(score=Decimal(score))


def again(store, method):
    done = rescore(store, ANA, "smallton", method, "the file was changed")
    return done.part_count, done.changed_count, dict(done.left)


def category(store, row):
    found = ask(
        store,
        "select category from mart.line_year_marks inner join core.line_years "
        "using (line_year_id) where label = $label",
        label=row[2],
    )
    return found[0]["category"]


# --- what the fingerprint is of -------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        replace(INDIA, labels=Labels({"en": "Called otherwise"}), source="another book"),
        edited(INDIA, "B", labels=Labels({"en": "another word"}), stance=None),
        edited(INDIA, "B", threshold=Threshold(Decimal("30.00"))),
        replace(INDIA, conventions={}),
    ],
)
def test_words_and_coefficients_do_not_change_the_fingerprint(other):
    """They change what is read or counted, and no category."""
    assert rule_fingerprint(INDIA) == rule_fingerprint(other)


@pytest.mark.parametrize(
    "other",
    [
        B_FROM_50,
        edited(INDIA, "B", threshold=Threshold(Decimal(30), is_included=False)),
        edited(INDIA, "B", is_reason_required=True),
        replace(INDIA, categories=INDIA.categories[:-1]),
        replace(INDIA, fields=(Field("goal", Labels({"en": "Goal"}), required_for=("B",)),)),
        replace(INDIA, fields=(Field("goal", Labels(), choices=(Choice("x", Labels()),)),)),
    ],
)
def test_what_decides_a_category_changes_the_fingerprint(other):
    """A limit, whether it belongs to the category, what must be written, which ones there are."""
    assert rule_fingerprint(INDIA) != rule_fingerprint(other)


def test_every_methodology_has_a_fingerprint_of_its_own():
    """Versions of one methodology decide differently."""
    found = [rule_fingerprint(one) for one in files.methodologies()]
    assert len(found) == len(set(found))


# --- the queue ------------------------------------------------------------


@pytest.fixture
def own_file(tmp_path, monkeypatch):
    """Return what writes a changed file of the same code and version beside the database."""
    monkeypatch.setattr(files, "own_folder", lambda: tmp_path)

    def write(old, new):
        text = (FOLDER / "india_gbs_2024.toml").read_text(encoding="utf-8")
        assert old in text
        (tmp_path / "india_gbs_2024.toml").write_text(text.replace(old, new), encoding="utf-8")
        (tmp_path / "cases").mkdir(exist_ok=True)

    return write


def queue(store):
    shown = build_report(store, "classification_queue", VIEW)
    english = language("en")
    return shown.facts, " ".join(english.say(note) for note in shown.notes)


def is_told(store, report):
    notes = build_report(store, report, VIEW).notes
    return any("changed under the same version" in str(note) for note in notes)


def test_a_limit_changed_under_the_same_version_opens_the_queue(budget, own_file):
    """The report says so, on the page and on the command line, and lists the line."""
    marked(budget, SCHOOLS, scored(40))
    assert not is_told(budget, "gender_overview")
    facts, notes = queue(budget)
    assert (0, 0) == (facts["older_count"], facts["edited_count"])
    own_file("from = 30", "from = 50")
    facts, notes = queue(budget)
    assert (1, 1) == (facts["older_count"], facts["edited_count"])
    assert "changed under the same version" in notes
    assert is_told(budget, "gender_overview")
    assert is_told(budget, "gender_budget_statement")
    rows = build_report(budget, "classification_queue", {**VIEW, "show": "older"}).tables["queue"]
    assert ["Schools"] == rows.rows["label"].to_pylist()
    assert (1, 1, {}) == again(budget, methodology("india_gbs", "2024"))
    assert (0, "C") == (queue(budget)[0]["older_count"], category(budget, SCHOOLS))


def test_words_changed_under_the_same_version_open_no_queue(budget, own_file):
    """A translator may mend a label at any time."""
    marked(budget, SCHOOLS, scored(40))
    own_file("A – only for women", "A – women only")
    assert 0 == queue(budget)[0]["older_count"]


def test_marks_from_before_fingerprints_are_taken_for_their_version(budget):
    """Nobody knows by which rules they were made, so an upgrade opens no queue of all marks."""
    marked(budget, SCHOOLS, scored(40))
    cursor = budget._connection.cursor()
    for table in ("core.classifications", "mart.line_year_marks"):
        cursor.execute(f"update {table} set rule_fingerprint = ''")
    assert 0 == queue(budget)[0]["older_count"]
    assert (0, 0, {}) == again(budget, B_FROM_50)


# --- what scoring again leaves --------------------------------------------


def test_only_marks_of_other_rules_are_scored_again(budget):
    """40 % was part B; a mark that was made under the changed rules is not asked."""
    marked(budget, SCHOOLS, scored(40))
    marked(budget, ROADS, scored(40), B_FROM_50)
    assert (1, 1, {}) == again(budget, B_FROM_50)
    assert ("C", "C") == (category(budget, SCHOOLS), category(budget, ROADS))


def test_a_mark_without_the_reason_that_is_now_demanded_stays_in_the_queue(budget):
    """With a reason it is scored again; without, it is left, counted and told."""
    strict = edited(B_FROM_50, "C", is_reason_required=True)
    marked(budget, SCHOOLS, scored(40))
    marked(budget, CARE, scored(40), reason="")
    assert (1, 1, {Obstacle.REASON: 1}) == again(budget, strict)
    assert ("C", "B") == (category(budget, SCHOOLS), category(budget, CARE))
    assert (0, 0, {Obstacle.REASON: 1}) == again(budget, strict)


def test_a_mark_without_the_words_that_are_now_demanded_stays_in_the_queue(budget):
    """A goal that nobody wrote is not taken for written."""
    goal = Field("goal", Labels({"en": "Goal"}), required_for=("B",))
    marked(budget, SCHOOLS, scored(40))
    marked(budget, CARE, scored(20))
    assert (1, 0, {Obstacle.WORDS: 1}) == again(budget, replace(INDIA, fields=(goal,)))


def test_a_criterion_that_was_never_asked_is_not_answered_with_no(budget):
    """A new question is put to a person; where all are answered, the mark is scored again."""
    answered = Evidence(ticks={one.id: Decimal(1) for one in OECD.criteria})
    marked(budget, SCHOOLS, answered, OECD)
    one_more = replace(OECD.criteria[0], id="asked_anew")
    assert (0, 0, {Obstacle.CRITERION: 1}) == again(
        budget, replace(OECD, criteria=(*OECD.criteria, one_more))
    )
    other = edited(OECD, OECD.categories[-1].code, is_reason_required=True)
    assert (1, 0, {}) == again(budget, other)


def test_half_a_mark_is_not_scored_again(budget):
    """Where one part must be left, all of the mark is."""
    parts = (Part(scored(40), Decimal("0.5")), Part(scored(20), Decimal("0.5")))
    line = MarkedSubject(Subject.LINE, f"organisation={CARE[0]};economic_class={CARE[1]}")
    said = Classification(INDIA, parts)
    mark(budget, ANA, "smallton", [line], said, seen=10**9, from_year=2024)
    assert (0, 0, {Obstacle.REASON: 1}) == again(
        budget, edited(INDIA, "B", is_reason_required=True)
    )


def test_why_marks_were_left_is_told(budget):
    """Each reason is a sentence with its count."""
    marked(budget, CARE, scored(40), reason="")
    done = rescore(budget, ANA, "smallton", edited(INDIA, "B", is_reason_required=True), "again")
    english = language("en")
    assert 1 == done.left_count
    assert ["One mark lacks the reason that its category needs."] == [
        english.say(one) for one in done.why_left
    ]
