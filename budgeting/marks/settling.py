"""Settling: a file says of a line something else than a person decided; a person says what counts."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotFound
from budgeting.marks.model import Confidence
from budgeting.marks.recording import (
    KEYS,
    PARTS,
    Act,
    known_subjects,
    record,
    refuse_frozen,
    refuse_if_changed,
)
from budgeting.marks.stated import REASON
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, text
from budgeting.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class StatedLines:
    """Whose lines of which year, and under which methodology files speak of them."""

    municipality_code: str
    direction: Direction
    fiscal_year: int
    methodology: str

    @property
    def _key(self) -> dict[str, Any]:
        return {
            "municipality_code": self.municipality_code,
            "direction": self.direction.value,
            "fiscal_year": self.fiscal_year,
            "methodology": self.methodology,
        }

    def to_settle(self, reading: Store | Transaction) -> pa.Table:
        """Return what files say against decisions, one row per line, stage and part of it.

        ``stated_category`` is empty where the newest file gives none to a line that an earlier one
        categorised and a person read; ``category`` is empty where a person withdrew the mark.
        """
        return reading.query("stated_to_settle", **self._key)

    def settle(
        self,
        store: Store,
        identity: Identity,
        line_codes: Collection[str],
        *,
        is_file_right: bool,
        seen: int,
        remark: str = "",
    ) -> int:
        """Let what stands go on counting, or mark the lines as the file says; return how many.

        What the file says becomes a draft of who settles it. Where it gives no category, withdraw
        the mark instead: such lines are settled only by keeping what stands.

        Parameters
        ----------
        line_codes
            Lines that `to_settle` lists.
        seen
            As in `marking.mark`.

        Raises
        ------
        NotAllowed
            The role does not permit it, or an approved mark gives way without a reason.
        NotFound
            Nothing of these lines is to be settled so.
        MarkChanged
            Somebody was faster; nothing is written.
        """
        require(identity, Action.CLASSIFY_LINE)
        told = Change("settle-marks", self.methodology, self.municipality_code, remark.strip())
        with store.transaction(identity, told) as transaction:
            found = self.to_settle(transaction)
            found = found.filter(pc.is_in(found["line_code"], pa.array(line_codes, pa.string())))
            if is_file_right:
                found = found.filter(pc.not_equal(found["stated_category"], ""))
            if not found.num_rows:
                raise NotFound(text("There is nothing to settle for these lines."))
            if is_file_right:
                act = Act(transaction, identity, self.municipality_code, "mark", remark.strip())
                self._mark(act, found.to_pylist(), seen)
            transaction.run(
                "settle_stated_otherwise",
                **self._key,
                settled_by=identity.name,
                settled_at=datetime.now(UTC),
                batch_lines=found.select(["line_code", "stage"])
                .group_by(["line_code", "stage"])
                .aggregate([]),
            )
            lines = pc.unique(found["line_code"]).to_pylist()
            transaction.details = {"lines": lines, "is_file_right": is_file_right}
        return len(lines)

    def _mark(self, act: Act, rows: list[dict[str, Any]], seen: int) -> None:
        """Write what the file says as marks of the year and stage of which it says it."""
        places: dict[tuple[str, str], int] = {}
        numbers: Counter[int] = Counter()
        parts: list[dict[str, Any]] = []
        for row in rows:
            place = places.setdefault((row["line_code"], row["stage"]), len(places))
            parts.append(_part(row, act.remark) | {"parts_id": place, "number": numbers[place]})
            numbers[place] += 1
        kind = {"direction": self.direction.value, "subject": Subject.LINE.value}
        keys = pa.Table.from_pylist(
            [
                {**kind, "subject_code": code, "from_year": self.fiscal_year, "stage": stage}
                | {"parts_id": place, "place": place}
                for (code, stage), place in places.items()
            ],
            schema=KEYS,
        )
        refuse_if_changed(act, self.methodology, keys, seen)
        if not act.remark:
            refuse_frozen(act, self.methodology, keys)
        different = keys.group_by(["direction", "subject", "subject_code"]).aggregate([])
        numbered = different.append_column("place", pa.array(range(different.num_rows), pa.int64()))
        known = known_subjects(act, numbered)
        record(act, self.methodology, keys, pa.Table.from_pylist(parts, schema=PARTS), known)


def _part(row: Mapping[str, Any], remark: str) -> dict[str, Any]:
    copied = ("methodology_version", "rule_fingerprint", "share_before", "amount_share")
    return {name: row[name] for name in copied} | {
        "category": row["stated_category"],
        "score": None,
        "evidence": "{}",
        "evidence_link": "",
        "reason": remark or REASON,
        "confidence": Confidence.HIGH.value,
    }
