r"""Characters that a terminal obeys instead of showing: written as visible escapes, so that a text can't give orders.

A text, a file's name or an argument may hold ESC (colours, the clipboard, the window's title), BEL, C1 codes, or marks that turn the direction of
writing. Whatever is shown to people goes through `visible`; formats with escapes of their own (JSON, Turtle) keep the very same data by theirs.
"""

from __future__ import annotations

import re

# C0 without tab and line feed, DEL, C1, line and paragraph separators, marks of direction and of annotation, invisible operators and tags, lone
# surrogates (which no encoding can write). Soft hyphens, zero-width spaces and joiners stand in texts of the press, order nothing and stay.
_ORDERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2061-\u206f\ud800-\udfff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_LAYOUT = {"\n": r"\n", "\t": r"\t"}


def visible(text: str) -> str:
    r"""The text with `\x1b`, `\u202e` and the like for what a terminal would obey; tabs and line feeds stay. Idempotent."""
    return _ORDERS.sub(lambda m: _escape(ord(m[0])), text)


def one_line(text: str) -> str:
    r"""As `visible`, and line feeds and tabs are escapes too: for names, which could otherwise write lines of their own."""
    return re.sub(r"[\n\t]", lambda m: _LAYOUT[m[0]], visible(text))


def in_json(text: str) -> str:
    r"""JSON that says the same with `\u001b` for what a terminal would obey: a reader of JSON gets the very character."""
    return _ORDERS.sub(lambda m: "".join(rf"\u{unit:04x}" for unit in _utf16(ord(m[0]))), text)


def in_turtle(text: str) -> str:
    r"""Turtle that says the same with `\u001B` for what a terminal would obey."""
    return _ORDERS.sub(lambda m: rf"\u{ord(m[0]):04X}" if ord(m[0]) <= 0xFFFF else rf"\U{ord(m[0]):08X}", text)


def _escape(code: int) -> str:
    return rf"\x{code:02x}" if code <= 0xFF else rf"\u{code:04x}" if code <= 0xFFFF else rf"\U{code:08x}"


def _utf16(code: int) -> tuple[int, ...]:
    return (code,) if code <= 0xFFFF else (0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code & 0x3FF))
