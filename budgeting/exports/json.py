"""JSON: every column by its key, money as decimal text, for other programs."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.exports.cells import digits, is_known, money
from budgeting.model import Column, Money, Report, Share, Table, Text
from budgeting.translations import Language


def write_json(report: Report, language: Language) -> bytes:
    """Return the report as one JSON object; decimals are text, so that they stay exact."""
    content = {
        "report": report.name,
        "title": language.say(report.title),
        "answer": language.say(report.answer),
        "parameters": _plain(report.parameters, language),
        "facts": _plain(report.facts, language),
        "tables": {name: _records(table, language) for name, table in report.tables.items()},
        "notes": [language.say(note) for note in report.notes],
        "sources": [language.say(source) for source in report.sources],
        "data_version": report.data_version,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _records(table: Table, language: Language) -> list[dict[str, Any]]:
    return [
        {column.key: _cell(row[column.key], column, language) for column in table.columns}
        for row in table.rows.to_pylist()
    ]


def _cell(value: Any, column: Column, language: Language) -> Any:
    if column.kind == "money" and is_known(value):
        return digits(money(value))
    return _plain(value, language)


def _plain(value: Any, language: Language) -> Any:
    """Return a value as JSON has it."""
    if not is_known(value):
        return None
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(item, language) for name, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(str(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [_plain(item, language) for item in value]
    return _scalar(value, language)


def _scalar(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return language.say(value)
    if isinstance(value, Money):
        return {"amount": digits(money(value.amount)), "currency_code": value.currency_code}
    if isinstance(value, Share):
        return _plain(value.value, language)
    if isinstance(value, Decimal):
        return digits(value)
    return value.isoformat() if isinstance(value, date) else str(value)
