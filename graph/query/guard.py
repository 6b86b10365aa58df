r"""Refuse a query that could reach another place or change the graph, before any engine sees it.

Reads: the text of a query. Gives: nothing, or a QueryError with line and column.

A query is read as tokens, in every way that an engine may read it; where one of them meets SERVICE, LOAD or FROM as a keyword, it is
refused. The readings differ because the engines do:
- pyoxigraph ends a comment at a carriage return, rdflib only at a line feed; rdflib replaces \u0053 before it reads, even in comments;
- "<" is less-than or begins an IRI; three quotes are an empty string and a quote where no three others follow;
- a keyword needs no space before it ("5SERVICE", "hg:a.b.SERVICE"), and pyoxigraph takes a name for a bare prefix where its IRI would be
  broken: in "ex:SERVICE <u> {…}" with an ex: that ends in a port, SERVICE is a keyword.
Time grows linearly with the text: readings that come to the same place in the same state go on as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum, auto
from heapq import heappop, heappush

from graph.errors import QueryError

# The terminals of SPARQL (https://www.w3.org/TR/sparql11-query/#sparqlGrammar); a run is any name, number or keyword, or several with no
# space between. A quote or a backslash that fits none of them ends a reading, as it ends every engine's.
_LETTER = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _LETTER + r"0-9_\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPE = r"""\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""
_TOKEN = re.compile(
    rf"""
    (?P<space>   [ \t\r\n]++ )
  | (?P<run>     (?: [{_NAME}.:-]++ | %[0-9A-Fa-f]{{2}} | \\[_~.!$&"'()*+,;=/?\#@%-] )++ )
  | (?P<variable>[?$][{_LETTER}0-9_][{_NAME}]*+ )
  | (?P<long>    '''(?: [^'\\]++ | '(?!'') | {_ESCAPE} )*+''' | \"\"\"(?: [^"\\]++ | "(?!"") | {_ESCAPE} )*+\"\"\" )
  | (?P<string>  '(?: [^'\\\r\n]++ | {_ESCAPE} )*+' | "(?: [^"\\\r\n]++ | {_ESCAPE} )*+" )
  | (?P<tag>     @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
  | (?P<iri>     <(?: [^<>"{{}}|^`\\\x00-\x20]++ | \\u[0-9A-Fa-f]{{4}} | \\U[0-9A-Fa-f]{{8}} )*+> )
  | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
_END_OF_COMMENT = (re.compile(r"[\r\n]|\Z"), re.compile(r"\n|\Z"))

# "ı" and "ſ" fit as well: rdflib compares in capitals.
_WANTED = re.compile(r"service|from|load|insert|delete|clear|create|drop|copy|move|add|with", re.IGNORECASE)
_UPDATE = re.compile(r"insert|delete|load|clear|create|drop|copy|move|add|with", re.IGNORECASE)
_PROLOGUE = re.compile(r"prefix|base|version", re.IGNORECASE)
_KEYWORD = re.compile(r"(?<![^\W\d])(?:true|false)*(?:(?P<service>service)(?:silent)?|load(?:silent)?)(?![^\W\d])", re.IGNORECASE)
_FROM = re.compile(r"from(?:named)?\Z", re.IGNORECASE)
_FROM_PREFIX = re.compile(r"from(?:named)?:", re.IGNORECASE)
# In a run with a colon, SERVICE may be part of a name; it is none only if a name or IRI and a group follow.
_IN_NAME = re.compile(r"(?<![^\W\d])(?:true|false)*(?P<service>service)(?P<silent>silent)?", re.IGNORECASE)
_NAMED = re.compile(r"named\Z|.*:", re.IGNORECASE | re.DOTALL)

_BY_SPECIFICATION = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_BY_RDFLIB = re.compile(r"\\u([0-9A-Fa-f]{4}(?:[0-9A-Fa-f]{4})?)()", re.IGNORECASE)


class _After(IntEnum):
    """What a reading has met so far, as far as it matters for the next token."""

    START = auto()  # nothing but PREFIX and BASE
    OTHER = auto()
    SERVICE = auto()  # a name that may end in the keyword: a name or IRI is next
    SERVICE_OF = auto()  # … and the name or IRI: "{" is next
    FROM = auto()  # an address is next
    FROM_PREFIX = auto()  # "from:x", a name, unless "{", a keyword or the end is next


_State = tuple[_After, int]  # and where the word stands


class _Refusal(Exception):  # noqa: N818 — no error: the answer of a search
    """A keyword that is refused, and where it stands."""

    def __init__(self, word: str, place: int) -> None:
        super().__init__(word)
        self.word = word
        self.place = place


_REASONS = {
    "SERVICE": "SERVICE is refused: queries here read this graph only",
    "name": "SERVICE is refused: queries here read this graph only; if it is part of a name, write a full stop before the {",
    "FROM": "FROM is refused: queries here read this graph only, and fetch no other; leave FROM out",
}
_READ_ONLY = "{} is refused: the graph is read only; change the sources and build it again"


def refuse(query: str) -> None:
    """Raises QueryError for SERVICE, LOAD, FROM and updates, however they are written; the same words elsewhere pass.

    query: the text as the engine will get it; whether it is valid SPARQL is the engine's business.
    """
    for escapes in (None, _BY_SPECIFICATION, _BY_RDFLIB):
        text = query if escapes is None else escapes.sub(_character, query)
        if (escapes is not None and text == query) or _WANTED.search(text) is None:
            continue
        for end_of_comment in _END_OF_COMMENT if "\r" in text else _END_OF_COMMENT[:1]:
            try:
                _read(text, end_of_comment)
            except _Refusal as refusal:
                place = refusal.place if escapes is None else _origin(query, escapes, refusal.place)
                raise QueryError(f"{_where(query, place)}: {_REASONS.get(refusal.word) or _READ_ONLY.format(refusal.word)}") from None


def line_and_column(text: str, place: int) -> tuple[int, int]:
    """Line and column of a place in a text, counted from 1."""
    return text.count("\n", 0, place) + 1, place - (text.rfind("\n", 0, place) + 1) + 1


def _where(text: str, place: int) -> str:
    line, column = line_and_column(text, place)
    return f"line {line}, column {column}"


def _read(text: str, end_of_comment: re.Pattern[str]) -> None:
    """Follow every reading of a text to its end. Raises _Refusal."""
    readings = [(0, (_After.START, 0))]
    done = (-1, _After.START)
    comment = range(0)
    while readings:
        at, (after, place) = heappop(readings)
        if done == (at, after):
            continue  # another reading came here before
        done = (at, after)
        if text.startswith("#", at):
            if at not in comment:  # readings that begin one in the same line end it at the same place, which is looked for once
                comment = range(at, _end(end_of_comment, text, at))
            heappush(readings, (comment.stop, (after, place)))
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            if after is _After.FROM_PREFIX:
                raise _Refusal("FROM", place)
            continue
        for state in _states_after(text, match, (after, place)):
            heappush(readings, (match.end(), state))
        if match.lastgroup == "iri" and after is not _After.START:
            heappush(readings, (at + 1, (_After.OTHER, 0)))  # "<" may as well be less-than
        elif match.lastgroup == "long" and "\\" in match[0]:
            heappush(readings, (at + 2, (_After.OTHER, 0)))  # where an escape in it means no character, pyoxigraph takes two quotes of the three


def _states_after(text: str, match: re.Match[str], state: _State) -> Iterator[_State]:
    """The states in which reading goes on behind a token; none where no engine would. Raises _Refusal."""
    after, place = state
    kind = match.lastgroup
    if kind == "space":
        yield state
    elif kind == "run":
        yield from (_states_after_name if ":" in match[0] else _states_after_word)(match, state)
    elif kind in ("iri", "variable"):
        if after is _After.FROM and kind == "iri":
            raise _Refusal("FROM", place)
        yield _state_after_term(state) if kind == "variable" or after is not _After.START else state
    elif kind == "sign":
        if match[0] == "{" and not text.startswith("|", match.end()):
            if after is _After.SERVICE_OF:
                raise _Refusal("name", place)
            if after is _After.FROM_PREFIX:
                raise _Refusal("FROM", place)
        if match[0] not in "'\"\\" and not (match[0] == "/" and text.startswith("/", match.end())):
            yield (_After.OTHER, 0)
    else:
        yield state if after is _After.START else (_After.OTHER, 0)


def _state_after_term(state: _State) -> _State:
    return (_After.SERVICE_OF, state[1]) if state[0] is _After.SERVICE else (_After.OTHER, 0)


def _states_after_word(match: re.Match[str], state: _State) -> Iterator[_State]:
    """Behind a run without a colon: keywords, numbers, truth values, with no space between."""
    run, start = match[0], match.start()
    after, place = state
    if after is _After.START:
        if _PROLOGUE.match(run) is not None:
            yield state
            return
        _refuse_update(run, start)
    if after is _After.FROM_PREFIX or (after is _After.FROM and _NAMED.match(run) is not None):
        raise _Refusal("FROM", place)
    keyword = _KEYWORD.search(run)
    if keyword is not None:
        raise _Refusal("SERVICE" if keyword["service"] else "LOAD", start + keyword.start())
    source = _FROM.search(run)
    if source is not None:
        yield (_After.FROM, start + source.start())
    elif after is _After.SERVICE and run.lower() == "silent":
        yield state
    else:
        yield (_After.OTHER, 0)


def _states_after_name(match: re.Match[str], state: _State) -> Iterator[_State]:
    """Behind a run with a colon: a name with its prefix, which may hold keywords."""
    run, start = match[0], match.start()
    after, place = state
    if after is _After.FROM:
        raise _Refusal("FROM", place)
    if after is _After.START:
        if run.endswith(":") or _PROLOGUE.match(run) is not None:
            yield state
            return
        _refuse_update(run, start)
    yield _state_after_term(state)
    if _FROM_PREFIX.match(run) is not None:
        yield (_After.FROM_PREFIX, start)
    colon = run.rfind(":")
    glued = True
    for found in _IN_NAME.finditer(run):
        if found.end() == len(run):
            yield (_After.SERVICE, start + found.start())
        elif glued and found.end() <= colon:
            yield (_After.SERVICE_OF, start + found.start())
            glued = False  # once is enough


def _refuse_update(run: str, start: int) -> None:
    update = _UPDATE.match(run)
    if update is not None:
        raise _Refusal(update[0].upper(), start)


def _end(end_of_comment: re.Pattern[str], text: str, at: int) -> int:
    match = end_of_comment.search(text, at)
    return len(text) if match is None else match.start()


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF else escape[0]


def _origin(query: str, escapes: re.Pattern[str], place: int) -> int:
    """Where a place of the text with its escapes replaced lies in the query itself."""
    longer = 0
    for escape in escapes.finditer(query):
        if escape.start() - longer >= place:
            break
        longer += len(escape[0]) - len(_character(escape))
    return place + longer
