"""The ledger of human judgements: one JSON object a line, sorted; it wins over rules and survives every build.

    {"a": "official/…", "b": "official/…", "verdict": "different", "when": "2026-11-22", "who": "lan", "why": "…"}
    {"a": "directive/…", "b": "directive/…", "predicate": "implements", "source": "001.txt", "verdict": "reject", "when": …}

Nodes are IRIs below the base (or the whole IRI); in a pair "path@source" is a node as one source tells it, so that what a rule joined can
be parted.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import RegisterError
from graph.model import Judgement, Kind, PartialDate, Relations, Verdict
from graph.resolve.onewriter import locked, write_whole
from graph.text.normalize import nfc

PAIRS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)
_KEYS = {"a", "b", "predicate", "source", "verdict", "when", "who", "why"}
_LONGEST = 4000  # code points of a line; a longer one is no judgement
_KINDS = {kind.value.lower(): kind for kind in Kind if kind not in (Kind.REPORT, Kind.DATE)}
_NODE = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})/[^\s<>\"{{}}|^`\\@]+(?P<source>@.+)?")
_TOLD = (Kind.DIRECTIVE, Kind.OFFICIAL, Kind.MEETING)  # that are put together from sources, and can be parted by source
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # characters that have no place in a line of text


def read_ledger(path: Path, base: str, relations: Relations) -> tuple[Judgement, ...]:
    """The judgements of a ledger; none where there is no file.

    Raises RegisterError with the number of the line for anything that is no judgement, stands twice, or contradicts an earlier line.
    """
    try:
        text = nfc(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        broken = path.read_bytes()[: error.start].count(b"\n") + 1
        raise RegisterError(path.name, f"line {broken}", "not UTF-8") from None
    except OSError as error:
        raise RegisterError(path.name, "", f"can't be read ({error.strerror})") from None
    found: dict[tuple[str, ...], Judgement] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        judgement = _judgement(path.name, number, line, base, relations)
        known = found.setdefault(identity(judgement), judgement)
        if known is not judgement:
            raise RegisterError(path.name, f"line {number}", f"line {known.line} judges the same already")
    judgements = tuple(found.values())
    _check_agreement(path.name, judgements)
    return judgements


def identity(judgement: Judgement) -> tuple[str, ...]:
    """What a judgement is about: a ledger has one line for each."""
    if judgement.verdict in PAIRS:
        return ("pair", *sorted((judgement.a, judgement.b)))
    return ("fact", judgement.a, judgement.predicate, judgement.b, judgement.source)


def judged(judgements: Iterable[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """The judgements with a new one, which takes the place of what was said of the same before."""
    return (*(j for j in judgements if identity(j) != identity(new)), new)


def undone(judgements: Iterable[Judgement], a: str, b: str) -> tuple[Judgement, ...]:
    """The judgements without those on these two nodes, or on facts between them."""
    return tuple(j for j in judgements if {j.a, j.b} != {a, b})


def change_ledger(path: Path, base: str, relations: Relations, change: Callable[[tuple[Judgement, ...]], Iterable[Judgement]]) -> None:
    """Read a ledger, change its judgements and write it, with no other writer in between: sorted lines, UTF-8, whole or not at all.

    change: gives the judgements to write from those that stand there; what it raises leaves the ledger as it was.
    Raises RegisterError where the ledger is broken or can't be written, or the judgements contradict each other.
    """
    try:
        with locked(path) as target:
            judgements = tuple(change(read_ledger(target, base, relations)))
            _check_agreement(path.name, judgements)
            write_whole(target, "".join(sorted(_line(j) + "\n" for j in judgements)).encode())
    except FileNotFoundError:
        raise RegisterError(str(path), "", "can't be written, since its folder doesn't exist; make it, or choose another --ledger") from None
    except OSError as error:
        raise RegisterError(str(path), "", f"can't be written ({error.strerror}); it is as it was") from None


def new_judgement(row: dict[str, Any], base: str, relations: Relations) -> Judgement:
    """A judgement from its fields, checked as a line of the ledger is. Raises RegisterError."""
    return _checked("judgement", "", row, base, relations)


def _line(judgement: Judgement) -> str:
    row = {"a": judgement.a, "b": judgement.b, "verdict": judgement.verdict.value, "when": judgement.when, "who": judgement.who, "why": judgement.why}
    row |= {name: value for name, value in (("predicate", judgement.predicate), ("source", judgement.source)) if value}
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _judgement(file: str, number: int, line: str, base: str, relations: Relations) -> Judgement:
    where = f"line {number}"
    if len(line) > _LONGEST:
        raise RegisterError(file, where, f"is longer than {_LONGEST} characters")
    try:
        row = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise RegisterError(file, where, f"no JSON object ({error})") from None
    if not isinstance(row, dict):
        raise RegisterError(file, where, "no JSON object")
    return replace(_checked(file, where, row, base, relations), line=number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        raise ValueError("a key stands twice")
    return row


def _checked(file: str, where: str, row: dict[str, Any], base: str, relations: Relations) -> Judgement:
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise RegisterError(file, where, f"unknown key {unknown[0]!r}")
    for name in sorted(_KEYS):
        value = row.get(name, "")
        if not isinstance(value, str) or any(unicodedata.category(c) in _UNSEEN for c in value):
            raise RegisterError(file, where, f"{name}: no line of text")
        if not value.strip() and name not in ("predicate", "source"):
            raise RegisterError(file, where, f"{name} is missing")
    try:
        verdict = Verdict(row["verdict"])
    except ValueError:
        raise RegisterError(file, where, f"verdict {row['verdict']!r} is none of {', '.join(v.value for v in Verdict)}") from None
    if not _is_day(row["when"]):
        raise RegisterError(file, where, f"when {row['when']!r} is no day like 2026-11-22")
    predicate, source = row.get("predicate", ""), row.get("source", "")
    a, b = (row[name].removeprefix(base) for name in ("a", "b"))
    try:
        if verdict in PAIRS:
            _check_pair(a, b, predicate, source)
            a, b = sorted((a, b))
        else:
            _check_fact(verdict, a, predicate, b, source, relations)
    except ValueError as error:
        raise RegisterError(file, where, str(error)) from None
    return Judgement(verdict, a, b, row["who"].strip(), row["why"].strip(), row["when"], predicate, source)


def _check_pair(a: str, b: str, predicate: str, source: str) -> None:
    """Raises ValueError where a line can't be said of two nodes."""
    if predicate or source:
        raise ValueError("a verdict on two nodes has no predicate and no source")
    kind = _node(a)["kind"]
    if a == b or _node(b)["kind"] != kind:
        raise ValueError("a and b must be two nodes of one kind")
    if "@" in a + b and _KINDS[kind] not in _TOLD:
        raise ValueError(f"{kind}: only {', '.join(k.value.lower() for k in _TOLD)} can be named as one source tells them")


def _check_fact(verdict: Verdict, a: str, predicate: str, b: str, source: str, relations: Relations) -> None:
    """Raises ValueError where a line can't be said of a fact."""
    relation = relations.get(predicate)
    if relation is None:
        raise ValueError(f"predicate {predicate!r} is no relation of the graph")
    if verdict is Verdict.ASSERT and source:
        raise ValueError("an asserted fact has no source; its source is the person")
    for end, kinds in ((a, relation.subjects), (b, relation.objects)):
        if not kinds:  # the range of a relation to a date
            if not _is_date(end):
                raise ValueError(f"{predicate} goes to a date like 2024-05-16, not to {end!r}")
            continue
        node = _node(end)
        if node["source"] is not None:
            raise ValueError(f"a fact is between nodes, not {end!r}; name the source that a rejected fact is wrong in by its own key")
        if _KINDS[node["kind"]] not in kinds:
            raise ValueError(f"{predicate} does not go from {a!r} to {b!r}")


def _node(path: str) -> re.Match[str]:
    """A node's path, taken apart. Raises ValueError."""
    found = _NODE.fullmatch(path)
    if found is None:
        raise ValueError(f"{path!r} is no node of the graph")
    return found


def _is_day(text: str) -> bool:
    return len(text) == 10 and _is_date(text)


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text):
        return False
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def _check_agreement(file: str, judgements: Iterable[Judgement]) -> None:
    """Two nodes that are the same over other lines can't be different."""
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for judgement in judgements:
        if judgement.verdict is Verdict.SAME:
            parent[find(judgement.a)] = find(judgement.b)
    for judgement in judgements:
        if judgement.verdict in (Verdict.DIFFERENT, Verdict.UNSURE) and find(judgement.a) == find(judgement.b):
            where = f"line {judgement.line}" if judgement.line else "judgement"
            raise RegisterError(file, where, f"{judgement.a} and {judgement.b} are the same by other lines")
