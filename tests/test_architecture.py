"""The architecture: who may import whom, how large a file may be, where SQL and Streamlit live."""

import ast
import re
import subprocess
import sys
from dataclasses import fields
from functools import cache

import pytest

from budgeting.imports.mappings.mapping_file import mapping_named, mapping_names
from budgeting.settings import ROOT, Settings

PACKAGE = ROOT / "budgeting"
PRODUCT = sorted([ROOT / "app.py", *ROOT.glob("pages/*.py"), *PACKAGE.rglob("*.py")])
PAGES = sorted(ROOT.glob("pages/*.py"))

LONGEST_APP, LONGEST_PAGE, LONGEST_FILE, LONGEST_FUNCTION = 80, 120, 400, 60

# outermost first: a layer imports only itself and what stands below it
LAYERS = ("pages", "ui", "outside", "reports", "domain", "model")
OUTSIDE = (
    "__main__",
    "channel",
    "command_files",
    "commands",
    "demo",
    "import_arguments",
    "import_commands",
    "inspection",
    "mark_commands",
    "outcomes",
    "scenario_arguments",
    "scenario_commands",
    "server",
    "succession_arguments",
    "succession_commands",
    "verdict_json",
    "verdict_table",
    "verdict_words",
)
MODEL = ("model", "errors")
STORE_USERS = {
    "__main__",
    "audit",
    "channel",
    "commands",
    "demo",
    "import_commands",
    "imports.stored.acceptance",
    "imports.stored.bundle",
    "imports.checks",
    "imports.stored.comparison",
    "imports.stored.decided",
    "imports.stored.line_years",
    "imports.context",
    "imports.stored.own_codes",
    "imports.labels",
    "imports.population",
    "imports.stored.undo",
    "imports.use.stored",
    "imports.stored.record",
    "imports.use.storing",
    "imports.use.verdict",
    "imports.verdict",
    "mark_commands",
    "marks.carrying",
    "marks.choices",
    "marks.marking",
    "marks.recording",
    "marks.refreshing",
    "marks.rescoring",
    "marks.reviewing",
    "marks.settling",
    "marks.stated",
    "marks.transfer",
    "meetings.joining",
    "meetings.opening",
    "meetings.stored",
    "meetings.submitting",
    "outcomes",
    "scenario_commands",
    "scenarios.baseline",
    "scenarios.consequences",
    "scenarios.deciding",
    "scenarios.drift",
    "scenarios.exchange",
    "scenarios.order",
    "scenarios.kept",
    "scenarios.rules",
    "scenarios.saving",
    "scenarios.stored",
    "scenarios.writing",
    "server",
    "services.defining",
    "services.figures",
    "services.reading",
    "services.registering",
    "services.stored",
    "services.suggesting",
    "succession_commands",
    "successions.confirming",
    "successions.proposing",
    "suggestions.for_lines",
    "ui.filters",
    "ui.session",
    "verdict_json",
}
BAD_NAME = re.compile(r"^_*(get|calc|calculate|process)_|(^|_)(utils?|helpers?|managers?)($|_)")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Yield every module that a file imports, wherever in the file; of a package, the part."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: a relative import hides where it leads"
            yield node.module
            for alias in node.names:
                if is_module(f"{node.module}.{alias.name}"):
                    yield f"{node.module}.{alias.name}"


def is_module(name):
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def importers(library):
    return {
        name_of(path)
        for path in PRODUCT
        if any(name.partition(".")[0] == library for name in imported(path))
    }


def module_of(path):
    """Return a file's name inside the package: ``reports.overview``; pages and app as they are."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    inside = parts[1:] if parts[0] == "budgeting" else parts
    return ".".join(part for part in inside if part != "__init__")


def layer(module):
    first = module.partition(".")[0]
    if first in ("pages", "app"):
        return "pages"
    if first in ("ui", "reports"):
        return first
    if first in OUTSIDE:
        return "outside"
    return "model" if first in MODEL else "domain"


ARROWS = sorted(
    {
        (module_of(path), name.removeprefix("budgeting."))
        for path in PRODUCT
        for name in imported(path)
        if name.startswith("budgeting.")
    }
)


# --- who imports what -----------------------------------------------------


def test_streamlit_is_only_where_the_screen_is():
    """Pages, app.py, ui/ and the server import Streamlit; nothing else does."""
    allowed = ("app.py", "pages/", "budgeting/ui/", "budgeting/server.py")
    found = importers("streamlit")
    assert "app.py" in found
    assert [] == sorted(name for name in found if not name.startswith(allowed))


def test_duckdb_is_only_in_the_store():
    """One file knows which database there is."""
    assert {"budgeting/store.py"} == importers("duckdb")


def test_the_solver_is_only_in_one_module():
    """One file knows which solver there is."""
    assert {"budgeting/optimiser/highs.py"} == importers("highspy")


def goes_down(module, target):
    if module == "server" and target.startswith("ui."):
        return True
    if layer(module) == "ui" and layer(target) == "outside":
        return False
    return LAYERS.index(layer(module)) <= LAYERS.index(layer(target))


def test_imports_go_down():
    """A module imports its own layer or one below it; the server alone may reach up to the ui."""
    assert len(ARROWS) > 100
    wrong = [
        f"{module} imports {target}" for module, target in ARROWS if not goes_down(module, target)
    ]
    assert [] == wrong


def test_the_store_is_used_by_those_who_ask_and_those_who_write():
    """Reports and the named modules import the store; domain functions and pages never do."""
    users = {module for module, target in ARROWS if target == "store"}
    assert set() == {user for user in users if layer(user) != "reports"} - STORE_USERS
    assert any(layer(user) == "reports" for user in users)


def test_what_computes_never_loads_streamlit():
    """The command line starts without the screen, also through detours."""
    said = (
        "import sys\n"
        "from importlib import import_module\n"
        "for name in ('store', 'reports', 'exports', 'imports.verdict', 'commands', '__main__'):\n"
        "    import_module(f'budgeting.{name}')\n"
        "    assert 'streamlit' not in sys.modules, name\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (0, "") == (answer.returncode, answer.stderr)


# --- how large ------------------------------------------------------------


def most_lines_of(path):
    first = path.relative_to(ROOT).parts[0]
    return {"app.py": LONGEST_APP, "pages": LONGEST_PAGE}.get(first, LONGEST_FILE)


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_file_is_short_enough_to_read():
    """app.py 80 lines, a page 120, a file of the package 400."""
    long = [path for path in PRODUCT if lines_of(path) > most_lines_of(path)]
    assert [] == [f"{name_of(path)}: {lines_of(path)} lines" for path in long]


def test_a_function_fits_on_a_screen():
    """No function is longer than 60 lines, its docstring included."""
    long = [
        f"{name_of(path)}: {node.name}"
        for path in PRODUCT
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert [] == long


# --- words ----------------------------------------------------------------


STATEMENT = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|delete\s+from|update\s+\w+\s+set|"
    r"(create|drop|alter)\s+(or\s+replace\s+)?(table|view|schema|sequence))\s",
    re.IGNORECASE | re.DOTALL,
)


def statements_in(path):
    """Return the strings of a file, but docstrings, that are SQL."""
    tree = tree_of(path)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        f"{name_of(path)}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        and STATEMENT.search(node.value + " ")
    ]


def test_sql_is_in_sql_files():
    """No string of the code is a statement."""
    assert [] == [found for path in PRODUCT for found in statements_in(path)]


def bad_names_in(path):
    defined = [
        node.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    ]
    return [
        f"{name_of(path)}: {name}"
        for name in [path.stem, *defined]
        if BAD_NAME.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    ]


def test_names_say_what_something_is():
    """No get_, calc_, process_, no utils, helpers, manager: neither module nor function nor class."""
    assert [] == [bad for path in PRODUCT for bad in bad_names_in(path)]


# --- pages and data -------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_goes_through_the_router_first(path):
    """The first statement after the imports sends a visitor without sign-in round through app.py."""
    body = [
        node
        for node in tree_of(path).body[1:]  # after the docstring
        if not isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert "frame.through_router()" == ast.unparse(body[0])


def test_every_page_is_in_the_navigation():
    """NAVIGATION of app.py and the folder of pages name the same pages, each once."""
    table = next(
        node.value
        for node in tree_of(ROOT / "app.py").body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NAVIGATION"
    )
    listed = [entry.elts[1].value for entry in table.elts]
    assert sorted(listed) == [path.stem for path in PAGES]


@pytest.mark.parametrize("name", sorted(path.stem for path in ROOT.glob("data/mappings/*.toml")))
def test_every_mapping_can_be_read(name):
    """A mapping in data/mappings is offered and loads."""
    assert name in mapping_names()
    assert name == mapping_named(name).name


@pytest.mark.parametrize("setting", [item.name for item in fields(Settings)])
def test_every_setting_is_documented(setting):
    """docs/administration.md names each PARITET_ setting."""
    guide = (ROOT / "docs" / "administration.md").read_text(encoding="utf-8")
    assert re.search(rf"\bPARITET_{setting.upper()}\b", guide)
