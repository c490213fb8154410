"""A part of a page never stands beside something older or newer than itself."""

from pages.reading import findings, key_figures
from pages.test_gender_overview_page import JASENIK, mark_programme

from budgeting.ui import gender_parts

YEARS = "Year by year: meant for equality, and screened"


def turn_to(at, tab):
    return at.segmented_control[0].set_value(tab).run()


def test_a_mark_that_was_made_meanwhile_moves_all_of_the_page(visit):
    at = visit("gender_overview", **JASENIK)
    assert "0.0%" == key_figures(at)["Screened"]
    mark_programme("2001", "1")
    at = turn_to(at, "years")
    assert YEARS in findings(at)
    assert "8.1%" == key_figures(at)["Screened"]


def test_a_mark_made_while_the_page_is_drawn_is_in_all_of_it(visit, monkeypatch):
    """The figures above are drawn, then a colleague marks, then the tables are asked for."""
    visit("gender_overview", **JASENIK)
    draw, once = gender_parts.figures_and_groups, iter([True])

    def interrupted(*shown):
        draw(*shown)
        if next(once, False):
            mark_programme("2001", "1")

    monkeypatch.setattr(gender_parts, "figures_and_groups", interrupted)
    at = visit("gender_overview", **JASENIK)
    assert "8.1%" == key_figures(at)["Screened"]
