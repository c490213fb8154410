"""Layout: how a country or the Union publishes a statement, and what it is meant for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from budgeting.methodologies import Category, Stance
from budgeting.model import Column, Stage, Text, text
from budgeting.names import stage_name
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.reports.statements.sheet import Figure, Part, Sheet, Words


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement of amounts that a layout shows.

    ``stage`` is None for the stage that the reader chose; ``years_before`` the year shown.
    """

    stage: Stage | None = None
    years_before: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout of the gender budget statement.

    Parameters
    ----------
    statements
        Statements of amounts by name; ``main`` is the one that the reader chose.
    describe
        How it arranges the pieces.
    methodologies
        For which it is meant; none for all.
    is_for_all_of_them
        Whether it shows all these methodologies together.
    has_classes
        Whether it tells economic classes apart.
    stages
        Which stage it shows where the reader chose none: the first of these that the year has.
    units
        The unit of money by currency, where it is not one.
    findings
        What it finds, in sentences: a test, an interval.
    """

    name: str
    label: Text
    describe: Callable[[Asked], Sheet]
    statements: Mapping[str, Shown] = field(default_factory=lambda: {"main": Shown()})
    methodologies: tuple[str, ...] = ()
    is_for_all_of_them: bool = False
    has_classes: bool = False
    stages: tuple[Stage, ...] = (Stage.REVISED, Stage.APPROVED, Stage.EXECUTED)
    units: Mapping[str, str] = field(default_factory=dict)
    findings: Callable[[Asked], tuple[Text, ...]] = lambda asked: ()

    def is_meant_for(self, methodology: str) -> bool:
        """Whether the layout says what a methodology found."""
        return not self.methodologies or methodology in self.methodologies


def amount_in(asked: Asked, column: str, label: Text) -> Figure:
    """Return the column of all marked money of a statement of amounts; it closes to the budget."""
    return Figure(
        column,
        label,
        lambda piece: piece.amount if asked.is_of(piece, column) else None,
        whole=asked.whole(column),
        is_there=asked.vintages[column] is not None,
    )


def counted_in(asked: Asked, key: str, column: str, label: Text) -> Figure:
    """Return the column of what counts under the convention."""
    return Figure(
        key,
        label,
        lambda piece: piece.amount * asked.weight(piece) if asked.is_of(piece, column) else None,
        is_there=asked.vintages[column] is not None,
    )


def by_category(asked: Asked, *stances: Stance) -> tuple[Part, ...]:
    """Return a part for each category that says something for equality, the strongest first.

    What was screened and says nothing stands below the statement; with `stances` all but these do.
    """

    def part(category: Category) -> Part:
        return Part(
            asked.language.say(category.labels), lambda piece: piece.category == category.code
        )

    return tuple(
        part(category)
        for category in asked.question.methodology.categories
        if (category.stance in stances if stances else category.stance is not Stance.NONE)
    )


def written_in(asked: Asked, name: str, label: Text) -> Words:
    """Return the column of what was written or chosen in a field of the methodology."""
    return Words(Column(name, label), lambda piece: asked.written(piece, name))


def programme_of(piece: Piece) -> tuple[int, str | None]:
    """Return what makes pieces one row: the programme, else the label of the line."""
    return piece.programme_id, piece.line_label


def statement_name(asked: Asked, column: str, shown: Shown) -> Text:
    """Return what a column is called: its stage and year."""
    vintage = asked.vintages[column]
    main = asked.question.vintage
    stage = vintage.stage if vintage else shown.stage or main.stage
    return text(
        "{stage} {year}",
        stage=stage_name(stage),
        year=str(main.fiscal_year - shown.years_before),
    )
