"""The methods page says how good the suggestions are, and lists what they miss."""

from budgeting.suggestions.quality import measured


def table_with(at, column):
    return next(frame.value for frame in at.dataframe if column in frame.value.columns)


def test_precision_and_recall_stand_for_every_language(visit):
    """Both halves and both groups of each language, the half that is held out first."""
    at = visit("methods", "empty")
    assert not at.exception
    table = table_with(at, "Precision")
    assert len(table) == 7 * 2 * 2
    assert {"Bosnian", "Serbian", "Lithuanian", "Swedish", "Spanish", "German", "English"} == set(
        table["Language"]
    )
    assert ["held out"] * 14 + ["seen by the rules"] * 14 == list(table["Part"])
    first = next(one for one in measured().measures if one.part == "held_out")
    assert f"{100 * first.recall:.1f}%" == table["Recall"][0]


def test_every_miss_is_listed(visit):
    """Each labelled name that the rules take for something else stands there, with their words."""
    table = table_with(visit("methods", "empty"), "Labelled")
    assert [miss.name for miss in measured().misses] == list(table["Name"])
    assert "no suggestion" in set(table["Suggested"])


def test_india_says_what_the_list_cannot_show(visit):
    """Recall stands there with the reason why there is no precision."""
    at = visit("methods", "empty")
    (said,) = [one.value for one in at.markdown if "India" in one.value and "schemes" in one.value]
    (counts,) = [
        one for one in measured().measures if (one.part, one.group) == ("in_gbs", "relevant")
    ]
    assert f"Of the {counts.labelled} schemes" in said
    assert "no wrong suggestion" in said
