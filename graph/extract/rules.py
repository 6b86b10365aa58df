"""Relation rules as data: patterns over words and marks, compiled to regular expressions.

In a sentence every mention is replaced by the mark of its kind; a pattern then reads like the sentence:
"%chair {object:Meeting} có {subject:Official+}". `%chair` is any word of the class `chair` (or a macro), `{role:Kind}` fills a role,
`{role:Kind+}` takes a list ("A, B và C"), `<Kind>` passes over one, `~` over what fills no slot between a slot and its verb (manner, time,
place, brackets, "cùng với …") and opens no other clause, `…` over up to 60 letters without a mark, `……` over up to 200 with marks. All
else is a regular expression over text in key form. `{rest}` takes the list behind the pattern, which `relations/lists.py` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import RegisterError
from graph.model import Kind, Relations
from graph.registers.data import Data
from graph.text.normalize import key

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
# What `~` passes over: words but for those of the class `elsewhere`, which open another clause; dates and places; brackets; and bodies or
# persons that act along, at whose place or for whom somebody acts: "cùng với …", "và đoàn công tác của …", "tại …", "thay mặt …".
_LONGEST_GAP = 18  # words
_BESIDE = (
    r"(?:(?:cùng|phối hợp|liên kết)(?: với| cùng)?|(?:và|cùng) (?:các )?(?:thành viên )?đoàn(?: công tác| kiểm tra| giám sát)?(?: của)?"
    r"|thay mặt|tại|ở|đến thăm|thăm|đến|tới|xuống|đại diện)"
    r" (?:(?:trụ sở|hội trường|các|đồng chí|ông|bà|đại diện|tập thể|lãnh đạo|thường trực) ){0,4}+"
)
_PAUSE = r"(?: ?, ?| ?[–-] ?| )"
_ROLE = re.compile(r"\{(?P<role>\w+):(?P<kinds>[\w|]+)(?P<list>\+?)\}")
_GAP = re.compile(r"~(?P<words>\d*)")
_NAMED = re.compile(r"%[a-z]{2,}")
_SKIP = re.compile(r"(?<!\?P)<(?P<kinds>[\w|]+)(?P<list>\+?)>")
_CLASS_WORD = re.compile(r"[^\W\d_]+(?:,? [^\W\d_]+)*")
_FILE = "relations.yaml"
EVENT = "event"  # the predicate of rules that tell of an event itself


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that say the same in a rule, and a sentence that holds with each of them for `{word}`."""

    name: str
    words: tuple[str, ...]
    example: str = ""
    yields: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """Any of the words, the longest first."""
        return rf"(?<!\w)(?:{'|'.join(sorted(self.words, key=lambda w: (-len(w), w)))})(?!\w)"


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
    wording: tuple[str, ...] = ()  # the patterns as the file writes them, macros filled in, and the words of their classes
    at_event: bool = False  # whether it tells of an event, or of a part that somebody has in one

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
    file, content = _FILE, data.rules("relations")
    classes = _classes(file, content)
    named = {**content["macros"], **{c.name: c.pattern for c in classes.values()}}
    rules: dict[str, Rule] = {}
    for entry in content["rules"]:
        rule = _rule(file, entry, named, classes, data.ontology.relations)
        if rule.id in rules:
            raise RegisterError(file, f"rule {rule.id}", "the id is taken already")
        rules[rule.id] = rule
    return tuple(rules.values())


def load_classes(data: Data) -> tuple[WordClass, ...]:
    """The classes of words of `rules/relations.yaml`."""
    return tuple(_classes(_FILE, data.rules("relations")).values())


def _classes(file: str, content: Mapping[str, Any]) -> dict[str, WordClass]:
    """The classes of words; a file of rules without any has none."""
    found: dict[str, WordClass] = {}
    for name, entry in content.get("classes", {}).items():
        words = entry.get("words") or ()
        broken = next((w for w in words if not isinstance(w, str) or key(w) != w or _CLASS_WORD.fullmatch(w) is None), None)
        if not words or broken is not None:
            raise RegisterError(file, f"class {name}", "has no words" if not words else f"{broken!r} is no word in lower case; patterns belong into a rule")
        if name in content["macros"]:
            raise RegisterError(file, f"class {name}", "a macro has this name already")
        found[name] = WordClass(name, tuple(words), str(entry.get("example", "")), tuple(entry.get("yields", ())))
    return found


def _rule(file: str, entry: dict[str, Any], named: Mapping[str, str], classes: Mapping[str, WordClass], relations: Relations) -> Rule:
    name = str(entry.get("id", "?"))
    unknown = set(entry) - {"id", "predicate", "patterns", "cues", "confidence", "examples", "counter_examples", "not"}
    if unknown:
        raise RegisterError(file, f"rule {name}", f"unknown field {', '.join(sorted(unknown))}")
    for field in ("id", "predicate", "patterns", "cues", "confidence", "examples", "counter_examples"):
        if not entry.get(field):
            raise RegisterError(file, f"rule {name}", f"has no {field}")
    relation = relations.get(entry["predicate"])
    if relation is None and entry["predicate"] != EVENT:
        raise RegisterError(file, f"rule {name}", f"unknown predicate {entry['predicate']!r}: ontology.ttl declares no such relation")
    try:
        patterns = tuple(compile_pattern(p, named) for p in entry["patterns"])
        negated = compile_pattern(entry["not"], named) if "not" in entry else None
        cues = _cues(entry["cues"], classes)
    except (re.error, KeyError, ValueError) as error:
        raise RegisterError(file, f"rule {name}", f"pattern can't be read ({error})") from None
    written = [*entry["patterns"], *([entry["not"]] if "not" in entry else [])]
    return Rule(
        name, entry["predicate"], patterns, cues, float(entry["confidence"]), examples_of(entry), tuple(entry["counter_examples"]), negated,
        tuple(_wording(written, named, classes)), relation is None or relation.part,
    )  # fmt: skip


def _wording(written: Iterable[str], named: Mapping[str, str], classes: Mapping[str, WordClass]) -> Iterator[str]:
    """The patterns with their macros filled in, then the words of each class that they name."""
    macros = {name: text for name, text in named.items() if name not in classes}
    shown = [expanded(text, macros) for text in written]
    yield from shown
    for name, words in sorted(classes.items()):
        if any(re.search(rf"%{name}(?![\w-])", text) for text in shown):
            yield f"%{name}: {', '.join(words.words)}"


def _cues(written: Iterable[str], classes: Mapping[str, WordClass]) -> tuple[str, ...]:
    """The cue words of a rule, `%chair` being all words of a class; a word that holds another one is found with it."""
    words = {word for cue in written for word in (classes[cue[1:]].words if cue.startswith("%") else (cue,))}
    return tuple(sorted(w for w in words if not any(other in w for other in words - {w})))


def examples_of(entry: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The examples of a rule, each with the facts that it yields."""
    return tuple((str(example["text"]), tuple(example["yields"])) for example in entry.get("examples", ()))


def compile_pattern(pattern: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    """The regular expression of a pattern; `%name` is a macro, roles become named groups."""
    text = expanded(pattern, macros).replace("……", "[^;]{0,200}?").replace("…", f"[^;{ANY_MARK}]{{0,60}}?")
    unknown = _NAMED.search(text)
    if unknown is not None:
        raise ValueError(f"{unknown.group()} is neither a macro nor a class")
    text = _GAP.sub(lambda m: _gap(int(m["words"] or _LONGEST_GAP), macros), text)
    text = text.replace("{rest}", "(?P<rest>[^.]*)")
    text = _ROLE.sub(lambda m: f"(?P<{m['role']}>{_marks(m['kinds'], m['list'])})", text)
    text = _SKIP.sub(lambda m: f"(?:{_marks(m['kinds'], m['list'])})", text)
    return re.compile(text)


def _gap(words: int, named: Mapping[str, str]) -> str:
    """What `~` passes over, at most so many words; it ends before a word or a mark."""
    if "elsewhere" not in named:
        raise ValueError("~ needs the class `elsewhere`, the words that it never passes over")
    acting = "".join(MARKS[kind] for kind in (Kind.OFFICIAL, Kind.AGENCY, Kind.POST))
    beside = rf"{_BESIDE}(?:(?!{named['elsewhere']})[^\W_][^\s.;:(){ANY_MARK}]* ){{0,6}}?(?>[{acting}](?:{_JOINT}[{acting}]){{0,40}})"
    word = rf"(?!{named['elsewhere']})[^\W_][^\s.;:,(){ANY_MARK}]*|[{MARKS[Kind.DATE]}{MARKS[Kind.PROVINCE]}]"
    return rf"(?:{_PAUSE}(?:{beside}|{word}|\([^()]{{0,60}}\))){{0,{words}}}?{_PAUSE}?"


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
