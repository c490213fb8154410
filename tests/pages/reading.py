"""Reading a page as its visitor does: every word that stands on it, one by one."""

import json
import re
from collections.abc import Iterator
from html import unescape

from google.protobuf.descriptor import FieldDescriptor
from streamlit.testing.v1 import AppTest

# fields of Streamlit's messages that are no words for a reader
UNSEEN = {
    "anchor", "color", "component_name", "css_content", "data", "delta_color", "element_type",
    "form_id", "html_content", "icon", "id", "js_content", "language", "mime", "page",
    "page_script_hash", "path", "raw_value", "spec", "tag", "theme", "type", "url", "url_pathname",
    "columns", "date_format", "format",
}  # fmt: skip


def words_of(message) -> Iterator[str]:
    """Yield the words of a Streamlit message, whatever it is."""
    for field, value in message.ListFields():
        if field.name in UNSEEN:
            continue
        is_list = not isinstance(value, (str, bytes)) and hasattr(value, "__len__")
        for item in value if is_list else [value]:
            if field.type == FieldDescriptor.TYPE_MESSAGE and hasattr(item, "ListFields"):
                yield from words_of(item)
            elif field.type == FieldDescriptor.TYPE_STRING and isinstance(item, str):
                yield item


def drill_data(at: AppTest) -> dict | None:
    """Return what the drill table shows; None where the page has none."""
    for element in at.main:
        if element.type == "bidi_component" and element.proto.component_name.endswith(
            "drill_table"
        ):
            proto = (
                element.proto.bidi_component
                if hasattr(element.proto, "bidi_component")
                else element.proto
            )
            return json.loads(json.loads(proto.json))  # a text that is JSON itself
    return None


def drill_words(data: dict) -> Iterator[str]:
    yield from data["trail"]
    yield from data["words"].values()
    yield from (column["label"] for column in data["columns"])
    for row in [*data["rows"], data["total"]]:
        yield from (row["label"], row["opens"], *row["cells"], *row.get("marks", ()))


def html_words(html: str) -> list[str]:
    """Return the words between tags; a style sheet is no words."""
    bare = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return [unescape(words) for words in re.split(r"<[^>]*>", bare) if words.strip()]


def findings(at: AppTest) -> list[str]:
    """Return what heads the parts of a page: sentences that say what there is to see."""
    heads = [one.value.replace("\\", "") for one in at.subheader]
    bodies = [block.proto.body for block in at.get("html")]
    return heads + [
        unescape(head) for body in bodies for head in re.findall("<h3>(.*?)</h3>", body)
    ]


def key_figures(at: AppTest) -> dict[str, str]:
    """Return the key figures of a page by their labels."""
    blocks = [block.proto.body for block in at.get("html")]
    pairs = re.compile(r"<dt>(.*?)</dt><dd>(?:<details><summary>)?(.*?)(?:</summary>|<p>|</dd>)")
    return {
        unescape(name): "".join(html_words(value))
        for b in blocks
        for name, value in pairs.findall(b)
    }


def headings(at: AppTest) -> list[str]:
    return [str(name) for table in at.dataframe for name in table.value.columns]


def cells(at: AppTest) -> list[str]:
    return [str(cell) for table in at.dataframe for cell in table.value.to_numpy().ravel()]


def visible(at: AppTest) -> list[str]:
    """Return every word on the page, tables and their cells included."""
    found = headings(at) + cells(at)
    for element in at.main:
        proto = getattr(element, "proto", None)
        if proto is not None and element.type == "html":
            found += html_words(proto.body)
        elif proto is not None and element.type not in ("bidi_component", "arrow_data_frame"):
            found += words_of(proto)
    found += drill_words(
        drill_data(at)
        or {
            "trail": [],
            "words": {},
            "columns": [],
            "rows": [],
            "total": {"label": "", "opens": "", "cells": []},
        }
    )
    return [words for words in found if words.strip()]
