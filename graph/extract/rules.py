"""Relation rules as data: patterns over words and marks, compiled to regular expressions.

In a sentence every mention is replaced by the mark of its kind; a pattern then reads like the sentence:
"chủ trì {object:Meeting} có {subject:Official+}". `{role:Kind}` fills a role, `{role:Kind+}` takes a list ("A, B và C"),
`<Kind>` passes over one, `…` over up to 60 letters without a mark, `……` over up to 200 with marks. All else is a regular
expression over text in key form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import RegisterError
from graph.model import Kind
from graph.registers.data import Data

# One private-use character stands for a mention of each kind.
MARKS = {
    Kind.OFFICIAL: "\ue001",
    Kind.POST: "\ue002",  # a title that no named person of the source holds
    Kind.AGENCY: "\ue003",
    Kind.DIRECTIVE: "\ue004",
    Kind.MEETING: "\ue005",
    Kind.DATE: "\ue006",
    Kind.AWARD: "\ue007",
    Kind.PROVINCE: "\ue008",
}
ANY_MARK = "".join(MARKS.values())
# What may stand between the members of a list, and before a member.
_JOINT = (
    r"(?: ?[,;] ?(?:và |cùng |cùng với )?| (?:và|cùng|cùng với|với|&|kiêm) | ?[-/] ?)"
    r"(?:(?:các |đồng chí |đ/c |ông |bà |đại diện |lãnh đạo |đồng thời |theo |tại |số |tinh thần )){0,4}"
)
_ROLE = re.compile(r"\{(?P<role>\w+):(?P<kinds>[\w|]+)(?P<list>\+?)\}")
_SKIP = re.compile(r"(?<!\?P)<(?P<kinds>[\w|]+)(?P<list>\+?)>")
EVENT = "event"  # the predicate of rules that tell of an event itself


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the predicate that its patterns tell, and how sure they are."""

    id: str
    predicate: str
    patterns: tuple[re.Pattern[str], ...]
    cues: tuple[str, ...]
    confidence: float
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    counter_examples: tuple[str, ...]
    negated_by: re.Pattern[str] | None = None
    wording: tuple[str, ...] = ()  # the patterns as the file writes them, macros filled in

    def applies(self, masked: str) -> bool:
        """Whether any of the rule's cue words stands in the sentence, so that matching is worth while."""
        for cue in self.cues:  # noqa: SIM110 - a generator costs three times as much, and this is asked most often of all
            if cue in masked:
                return True
        return False

    def matches(self, masked: str) -> Iterator[re.Match[str]]:
        """All matches; they may overlap, since the object of one is often the subject of the next."""
        for pattern in self.patterns:
            position = 0
            while True:
                match = pattern.search(masked, position)
                if match is None:
                    break
                if self.negated_by is None or not self.negated_by.search(masked[max(0, match.start() - 40) : match.end()]):
                    yield match
                subject = match.start("subject") if "subject" in pattern.groupindex else match.start()
                position = max(match.start(), subject) + 1


def load_rules(data: Data) -> tuple[Rule, ...]:
    """The rules of `rules/relations.yaml`; a broken one is named with its id, as is one of a relation that the vocabulary doesn't declare."""
    file = "relations.yaml"
    rules = []
    seen: set[str] = set()
    content = data.rules("relations")
    predicates = {*data.ontology.relations, EVENT}
    macros: dict[str, str] = content["macros"]
    for entry in content["rules"]:
        rule = _rule(file, entry, macros, predicates)
        if rule.id in seen:
            raise RegisterError(file, f"rule {rule.id}", "the id is taken already")
        seen.add(rule.id)
        rules.append(rule)
    return tuple(rules)


def _rule(file: str, entry: dict[str, Any], macros: Mapping[str, str], predicates: Collection[str]) -> Rule:
    name = str(entry.get("id", "?"))
    unknown = set(entry) - {"id", "predicate", "patterns", "cues", "confidence", "examples", "counter_examples", "not"}
    if unknown:
        raise RegisterError(file, f"rule {name}", f"unknown field {', '.join(sorted(unknown))}")
    for field in ("id", "predicate", "patterns", "cues", "confidence", "examples", "counter_examples"):
        if not entry.get(field):
            raise RegisterError(file, f"rule {name}", f"has no {field}")
    if entry["predicate"] not in predicates:
        raise RegisterError(file, f"rule {name}", f"unknown predicate {entry['predicate']!r}: ontology.ttl declares no such relation")
    try:
        patterns = tuple(compile_pattern(p, macros) for p in entry["patterns"])
        negated = compile_pattern(entry["not"], macros) if "not" in entry else None
    except (re.error, KeyError, ValueError) as error:
        raise RegisterError(file, f"rule {name}", f"pattern can't be read ({error})") from None
    return Rule(
        name, entry["predicate"], patterns, tuple(entry["cues"]), float(entry["confidence"]), examples_of(entry), tuple(entry["counter_examples"]), negated,
        tuple(expanded(text, macros) for text in (*entry["patterns"], *([entry["not"]] if "not" in entry else []))),
    )  # fmt: skip


def examples_of(entry: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The examples of a rule, each with the facts that it yields."""
    return tuple((str(example["text"]), tuple(example["yields"])) for example in entry.get("examples", ()))


def compile_pattern(pattern: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    """The regular expression of a pattern; `%name` is a macro, roles become named groups."""
    text = expanded(pattern, macros).replace("……", "[^;]{0,200}?").replace("…", f"[^;{ANY_MARK}]{{0,60}}?")
    text = _ROLE.sub(lambda m: f"(?P<{m['role']}>{_marks(m['kinds'], m['list'])})", text)
    text = _SKIP.sub(lambda m: f"(?:{_marks(m['kinds'], m['list'])})", text)
    return re.compile(text)


def expanded(pattern: str, macros: Mapping[str, str]) -> str:
    """The pattern with its macros filled in, and those that they hold."""
    names = "|".join(sorted(macros, key=len, reverse=True))
    while (filled := re.sub(rf"%(?P<name>{names})", lambda m: macros[m["name"]], pattern)) != pattern:
        pattern = filled
    return pattern


def _marks(kinds: str, several: str) -> str:
    chars = "".join(MARKS[Kind("date" if kind == "Date" else kind)] for kind in kinds.split("|"))
    one = f"[{chars}]"
    # A semicolon parts documents: the targets of "thực hiện A, B và C; D …" end before D.
    joint = _JOINT.replace("[,;]", ",") if chars == MARKS[Kind.DIRECTIVE] else _JOINT
    return f"{one}(?:{joint}{one}){{0,40}}" if several else one
