"""What a proposal promises: mappings of last year come first, with what moved; strangers do not."""

import shutil
from pathlib import Path

import pytest
from fixtures.ledger_writing import xlsx

from budgeting.imports.answers import Answers
from budgeting.imports.guessing import choice
from budgeting.imports.guessing.guess_proposal import Proposal, propose
from budgeting.imports.mappings import mapping_file
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile

SMALLTON = Path(__file__).parent.parent / "fixtures" / "smallton.toml"
MADRID = [
    "Centro", "Descripcion Centro", "Seccion", "Descripcion Seccion", "Programa",
    "Descripcion Programa", "Capitulo", "Descripcion Capitulo", "Economico",
    "Descripcion Economico", "CRED_INICIAL", "MOD_CREDITO", "C_DEFINITIVO", "C_AUTORIZADO",
    "C_DISPUESTO", "OBL_RECONOC",
]  # fmt: skip


def proposal(header: list[str], row: str, used: tuple[str, ...] = ()) -> Proposal:
    lines = [";".join(header), *(row.format(n=n) for n in range(1, 9))]
    source = SourceFile("next.csv", "\n".join(lines).encode())
    return propose(source, read(source), Answers(), used)


def of_madrid(renames: dict[str, str], used: tuple[str, ...] = ()) -> Proposal:
    row = "001;Alcaldia;100;Bomberos;{n}1216;Ocio;1;Personal;1{n}000;Sueldos;{n}5;0;{n}5;{n}4,5;{n}4,5;{n}4,5"
    return proposal([renames.get(name, name) for name in MADRID], row, used)


def test_a_mapping_that_fits_is_offered_as_it_is():
    """Where no column moved, nothing is asked."""
    found = of_madrid({})
    assert "es_madrid" == found.fitting[0].mapping.name
    assert 0 == found.fitting[0].renames


def test_a_mapping_of_which_a_column_is_renamed_says_what_moved():
    """The old and the new name of the column are told."""
    found = of_madrid({"Descripcion Economico": "Denominacion Economico"})
    assert ["es_madrid"] == [offer.mapping.name for offer in found.near]
    words = [str(change.message) for change in found.near[0].changes]
    assert any("Denominacion Economico" in told for told in words)


def test_another_town_s_layout_is_offered_only_when_it_is_nearly_the_same():
    """A quarter of renamed columns is the most for a mapping that was never used here."""
    names = {
        name: name.replace("Descripcion", "Denominacion")
        for name in MADRID
        if name.startswith("Descripcion")
    }
    assert () == of_madrid(names).near
    assert ["es_madrid"] == [o.mapping.name for o in of_madrid(names, ("es_madrid",)).near]


def test_the_mapping_used_last_comes_first():
    """Of several that fit, the one of last year is not searched for."""
    header = ["Centro", "Descripcion Centro", "x"]
    assert () == proposal(header, "1;2;3").fitting
    one = of_madrid({}, ("es_madrid",))
    assert "es_madrid" == one.fitting[0].mapping.name


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """A folder of saved mappings, with one that has the columns of a small town."""
    shutil.copy(SMALLTON, tmp_path / "smallton.toml")
    monkeypatch.setattr(mapping_file, "saved_folder", lambda: tmp_path)
    monkeypatch.setattr("budgeting.imports.guessing.guess_proposal.saved_folder", lambda: tmp_path)
    return tmp_path


def test_a_saved_mapping_counts_as_used_here(saved):
    """What was saved from the page is offered with half of its columns renamed."""
    columns = list(mapping_file.mapping_named("smallton").columns)
    renamed = {name: f"{name} new" for name in columns[: len(columns) // 3]}
    row = ";".join("{n}00,5" if "approved" in name else "a{n}" for name in columns)
    found = proposal([renamed.get(name, name) for name in columns], row)
    assert all(offer.renames <= len(columns) / 2 for offer in found.near)


def test_a_workbook_is_read_once_to_see_what_fits_it(monkeypatch):
    """The table that was read serves all mappings; one of text without a header is none of a workbook."""
    source = SourceFile("next.xlsx", xlsx([MADRID, *([n] * 16 for n in range(1, 9))], "Gastos"))
    table = read(source)
    reads = []
    monkeypatch.setattr(choice, "read", lambda *given: reads.append(given) or table)
    assert "es_madrid" == propose(source, table, Answers()).fitting[0].mapping.name
    assert [] == reads
