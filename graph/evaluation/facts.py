"""One form for the facts of both sides: those that a person annotated, and those that a build wrote.

Reads: a gold file (`{"doc": …, "officials": …, "directives": …, "meetings": …, "posts": …, "relations": …}`) or rows of `facts.jsonl`.
Gives: `Fact`s. A gold fact marked optional costs nothing when it is missed, and counts as right when it is found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.model import Family, Kind, RelationKind, Relations


@dataclass(frozen=True, slots=True, order=True)
class End:
    """An end of a fact: what sort of thing, and its name. An actor is a person or a body; a post is "title|agency"."""

    sort: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A fact of one document: its kind ("official", "implements" …) and its ends."""

    kind: str
    ends: tuple[End, ...]
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {' | '.join(end.name for end in self.ends)}"


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotations of one document."""

    document: str
    facts: tuple[Fact, ...]
    alternatives: Mapping[str, str]  # another way to write a document → its key
    never: tuple[str, ...]  # names that stand outside the body and must not be found


def read_gold(folder: Path, relations: Relations) -> list[Gold]:
    """All gold files of a folder. Raises SourceError where there are none, or one is broken."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise SourceError(str(folder), "no gold files (*.json) here")
    return [_read(path, relations) for path in paths]


def _read(path: Path, relations: Relations) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        alternatives = {other: d["key"] for d in data["directives"] for other in d.get("alt", ())}
        return Gold(data["doc"], tuple(_gold(data, relations)), alternatives, tuple(data.get("never", ())))
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(str(path), f"can't be read as gold ({error})") from None
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise SourceError(str(path), f"is no gold file: {type(error).__name__} {error}") from None


def _gold(data: Mapping[str, Any], relations: Relations) -> Iterator[Fact]:
    for official in data["officials"]:
        name, optional = (official, False) if isinstance(official, str) else (official["name"], bool(official.get("optional")))
        yield Fact("official", (End("Official", name),), optional)
    for directive in data["directives"]:
        end, optional = End("Directive", directive["key"]), bool(directive.get("optional"))
        yield Fact("directive", (end,), optional)
        for field, kind, sort in (("type", "kind", "Kind"), ("issuer", "issuedBy", "Agency"), ("date", "issuedOn", "date")):
            if directive.get(field):
                yield Fact(kind, (end, End(sort, directive[field])), optional or bool(directive.get(f"{field}_optional")))
    for name, title, agency, *more in data.get("posts", ()):
        yield Fact("holdsPost", (End("Official", name), End("Post", f"{title}|{agency or ''}")), _optional(more))
    for meeting in data["meetings"]:
        end, optional = End("Meeting", meeting["id"]), bool(meeting.get("optional"))
        yield Fact("meeting", (end,), optional)
        for field, kind, sort in (("date", "heldOn", "date"), ("province", "inProvince", "Province")):
            if meeting.get(field):
                yield Fact(kind, (end, End(sort, meeting[field])), optional or bool(meeting.get(f"{field}_optional")))
    loose = {d["key"] for d in data["directives"] if d.get("optional")}
    for kind, subject, target, *more in data["relations"]:
        sorts = _sorts(kind, relations)
        optional = _optional(more) or (sorts[0] == "Directive" and subject in loose) or (sorts[1] == "Directive" and target in loose)
        yield Fact(kind, (End(sorts[0], subject), End(sorts[1], target)), optional)


def _optional(more: list[Any]) -> bool:
    return bool(more and more[0].get("optional"))


def core(relations: Relations) -> frozenset[str]:
    """The kinds of facts that count as core: people, documents, and the relations that the vocabulary calls so."""
    return frozenset({"official", "directive"} | {kind.name for kind in relations.kinds if kind.core})


def _sorts(name: str, relations: Relations) -> tuple[str, str]:
    """What sorts of things stand at the ends of a relation; a person and a body that act are compared by name alone."""
    kind = relations[name]
    subject = "Actor" if _acts(kind) else next(iter(kind.subjects)).value
    return subject, next(iter(kind.objects)).value


def _acts(kind: RelationKind) -> bool:
    return kind.subjects <= {Kind.OFFICIAL, Kind.AGENCY} and kind.family in (Family.MEETING, Family.AWARD)


def of_rows(rows: Iterable[Mapping[str, Any]], relations: Relations) -> dict[Fact, float]:
    """The facts in rows of `facts.jsonl`, each with the highest confidence that a row gives it."""
    found: dict[Fact, float] = {}

    def note(fact: Fact, confidence: float) -> None:
        found[fact] = max(confidence, found.get(fact, 0.0))

    for row in rows:
        confidence = row["confidence"]
        for node in (row["subject"], row["object"]):
            counted = {"Official": "official", "Directive": "directive", "Meeting": "meeting"}.get(node["type"])
            if counted is not None:
                note(Fact(counted, (_end(node),)), confidence)
            if node.get("kind"):
                note(Fact("kind", (_end(node), End("Kind", node["kind"]))), confidence)
        predicate = row["predicate"]
        if predicate == "mentions" or (predicate == "inProvince" and row["subject"]["type"] != "Meeting"):
            continue
        ends = (_end(row["subject"]), _end(row["object"]))
        if (kind := relations.get(predicate)) is not None and _acts(kind):
            ends = (End("Actor", ends[0].name), ends[1])
        note(Fact(predicate, ends), confidence)
    return found


def _end(node: Mapping[str, Any]) -> End:
    kind = node["type"]
    if kind == "date":
        return End("date", node["value"])
    if kind == "Meeting":
        return End("Meeting", node["id"])
    if kind == "Directive":
        return End("Directive", node.get("number") or node["label"])
    if kind == "Post":
        return End("Post", f"{node['title']}|{_placed(node.get('agency') or '', node.get('province'))}")
    if kind == "Agency":
        return End("Agency", _placed(node["label"], node.get("province")))
    return End(kind, node["label"])


def _placed(agency: str, province: str | None) -> str:
    return f"{agency} {province}" if agency and province and not agency.endswith(province) else agency
