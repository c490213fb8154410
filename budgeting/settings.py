"""Settings of an installation: ``PARITET_*`` environment variables, read once, typed."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from budgeting.errors import BudgetingError
from budgeting.model import text

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"

# language of the interface -> its name in itself
LANGUAGES: Mapping[str, str] = {"en": "English", "sr": "Српски", "sr-Latn": "Srpski"}
_ALLOWED: Mapping[str, Callable[[Any], bool]] = {
    "port": lambda port: 0 < port < 2**16,
    "upload_limit_mb": lambda limit: limit > 0,
    "language": lambda code: code in LANGUAGES,
    "sign_in": lambda mode: mode in ("none", "oidc", "header"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person who hosts Paritet decides.

    Each field is read from ``PARITET_<NAME>``; docs/administration.md explains them.

    Parameters
    ----------
    database
        The live database file; outside the code, backed up by ``python -m budgeting backup``.
    address, port
        Where the server listens.
    sign_in
        ``none`` (one user, the name in ``user``), ``oidc`` (Streamlit's sign-in, configured in
        ``.streamlit/secrets.toml``) or ``header`` (a proxy that fills ``st.user``).
    header
        The header in which the proxy names the person, where ``sign_in`` is ``header``; the proxy
        must remove it from what visitors send.
    user
        The one name under which changes are recorded where nobody signs in.
    administrators
        Names (e-mail addresses) that are administrators without an entry in the database.
    upload_limit_mb
        The largest file that the Import page takes, in megabytes.
    language
        Interface language where neither the address nor the browser asks for one.
    """

    database: Path = ROOT / "var" / "paritet.duckdb"
    address: str = "127.0.0.1"
    port: int = 8501
    sign_in: str = "none"
    header: str = "X-Forwarded-Email"
    user: str = "local user"
    administrators: tuple[str, ...] = field(default=())
    upload_limit_mb: int = 300
    language: str = "en"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings that `environment` asks for, defaults elsewhere.

    Raises
    ------
    BudgetingError
        A value cannot be read as what it should be.

    Examples
    --------
    >>> read_settings({"PARITET_PORT": "9000"}).port
    9000
    """
    given: dict[str, Any] = {}
    for item in fields(Settings):
        name = f"PARITET_{item.name.upper()}"
        if environment.get(name):
            given[item.name] = _value(name, environment[name], type(item.default))
            if not _ALLOWED.get(item.name, _anything)(given[item.name]):
                raise _unreadable(name, environment[name])
    return Settings(**given)


def _anything(_value: Any) -> bool:
    return True


def _value(name: str, raw: str, kind: Callable[[str], Any]) -> Any:
    if kind is tuple:
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    try:
        return Path(raw).resolve() if kind is type(ROOT) else kind(raw)
    except ValueError as error:
        raise _unreadable(name, raw) from error


def _unreadable(name: str, raw: str) -> BudgetingError:
    return BudgetingError(
        text(
            "The setting {name} has the value “{value}”, which it cannot have.",
            name=name,
            value=raw,
        )
    )


@cache
def settings() -> Settings:
    """Return this process's settings, read from the environment at the first call."""
    return read_settings(os.environ)
