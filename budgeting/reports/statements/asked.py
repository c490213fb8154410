"""What a statement is made of: the marked money of each statement of amounts that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgeting.methodologies import Evidence, Methodology, evidence_from_json
from budgeting.model import Vintage
from budgeting.reports.gender.money import OTHER_VERSION
from budgeting.reports.gender.view import Question
from budgeting.reports.scope import Member, unknown_label
from budgeting.reports.statements.units import Unit
from budgeting.store import Store
from budgeting.tagging import ZERO
from budgeting.translations import Language
from budgeting.translations import language as language_of


@dataclass(frozen=True, slots=True)
class Piece:
    """Money of one statement of amounts under one category; reason and evidence of its largest mark.

    ``line_label`` is there where no programme is known, ``economic_class_id`` where the layout asks
    for it; ``approved`` is the part of the amount whose marks a second reader has approved.
    """

    methodology: str
    vintage_id: int
    category: str
    organisation_id: int
    programme_id: int
    fund_id: int
    economic_class_id: int
    line_label: str | None
    score: Decimal | None
    amount: Decimal
    approved: Decimal
    reason: str
    evidence: Evidence
    evidence_link: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything that a layout arranges.

    Parameters
    ----------
    vintages
        Statement of amounts by the name that the layout gives it; None where the budget has none.
    methodologies
        The methodology asked for, and those that the layout shows beside it.
    wholes
        All money of each statement of amounts, by fund.
    """

    question: Question
    unit: Unit
    vintages: Mapping[str, Vintage | None]
    methodologies: Mapping[str, Methodology]
    pieces: tuple[Piece, ...]
    wholes: Mapping[int, Mapping[int, Decimal]]
    known: Mapping[int, Member]

    @property
    def language(self) -> Language:
        """The language of labels."""
        return language_of(self.question.view.language)

    @property
    def currency(self) -> str:
        """The currency of the year, as ISO 4217."""
        return self.question.where.year.currency_code

    def is_of(self, piece: Piece, column: str) -> bool:
        """Whether a piece belongs to the statement of amounts of this name."""
        vintage = self.vintages[column]
        return vintage is not None and piece.vintage_id == vintage.vintage_id

    def whole(self, column: str) -> Decimal | None:
        """Return all money of a statement of amounts; None where there is none."""
        vintage = self.vintages[column]
        return sum(self.wholes[vintage.vintage_id].values(), ZERO) if vintage else None

    def weight(self, piece: Piece) -> Decimal:
        """Return what a piece counts for, 0 to 1, under the convention of its methodology."""
        if piece.category == OTHER_VERSION:
            return Decimal(0)
        method = self.methodologies[piece.methodology]
        is_asked = method is self.question.methodology
        convention = self.question.convention if is_asked else method.convention()
        if convention.is_of_score and piece.score is not None and method.score:
            return piece.score / method.score.maximum
        return convention.coefficients[piece.category]

    def category(self, piece: Piece) -> str:
        """Return what the category of a piece is called."""
        return self.language.say(
            self.methodologies[piece.methodology].category(piece.category).labels
        )

    def written(self, piece: Piece, name: str) -> str | None:
        """Return what was written in a field of the methodology, or what was chosen is called."""
        words = piece.evidence.texts.get(name)
        field = self.methodologies[piece.methodology].field(name)
        place = field.place(words) if field else None
        return self.language.say(field.choices[place - 1].labels) if field and place else words

    def programme(self, piece: Piece) -> str:
        """Return the programme of a piece, else the label of its line."""
        if piece.line_label is not None:
            return piece.line_label
        return self.member(piece.programme_id)

    def member(self, member_id: int) -> str:
        """Return code and label of a member."""
        member = self.known.get(member_id)
        if member is None:
            return unknown_label(self.question.view.language)
        return member.label if member.label == member.code else f"{member.code} {member.label}"

    def top(self, member_id: int) -> int:
        """Return the member of the highest level that a member is in; 0 where it is not known."""
        member = self.known.get(member_id)
        return member.ancestor_ids[0] if member else 0


def pieces_of(
    store: Store,
    method: Methodology,
    vintages: Mapping[str, Vintage | None],
    fiscal_year: int,
    *,
    has_classes: bool = False,
    unless: str | None = None,
) -> tuple[Piece, ...]:
    """Return the marked money under a methodology.

    Parameters
    ----------
    fiscal_year
        The year whose labels count.
    has_classes
        Whether pieces are told apart by their economic class.
    unless
        Lines that are also marked under this methodology are left out.
    """
    rows = store.query(
        "statement_pieces",
        vintage_ids=sorted({one.vintage_id for one in vintages.values() if one}),
        fiscal_year=fiscal_year,
        methodology=method.code,
        version=method.version,
        categories=[category.code for category in method.categories],
        has_classes=has_classes,
        unless_methodology=unless,
    ).drop_columns(["classification_id"])
    return tuple(
        Piece(
            methodology=method.code,
            **row
            | {
                "score": None if row["score"] is None else Decimal(row["score"]),
                "evidence": evidence_from_json(row["evidence"]),
            },
        )
        for row in rows.to_pylist()
    )


def wholes_of(
    store: Store, vintages: Mapping[str, Vintage | None]
) -> dict[int, dict[int, Decimal]]:
    """Return all money of statements of amounts, by fund."""
    ids = sorted({one.vintage_id for one in vintages.values() if one})
    cube = store.query("statement_cube", vintage_ids=ids)
    found: dict[int, dict[int, Decimal]] = {vintage_id: {} for vintage_id in ids}
    grouped = cube.group_by(["vintage_id", "fund_id"], use_threads=False)
    for row in grouped.aggregate([("amount", "sum")]).to_pylist():
        found[row["vintage_id"]][row["fund_id"]] = row["amount_sum"]
    return found
