"""Read the lists of documents that a rule's wording opens: which of those that follow are meant, and where the list ends.

Reads: a stretch of an official document with marks for mentions, and a rule that matched in it. Gives: the mentions that the rule is
about. Documents that stand inside the title of another one are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extract.masking import Masked
from graph.extract.rulebook import DocumentRule
from graph.extract.rules import MARKS
from graph.model import DirectiveRef, Kind, Mention, names

DOCUMENT = MARKS[Kind.DIRECTIVE]
_FURTHEST = 200  # letters from a verb to its first document
_TOGETHER = re.compile(r"(?: ?, ?(?:và )?(?:các )?| và (?:các )?| ?, ?cùng | cùng (?:với )?(?:các )?|/)\Z")
# The next document of a list, or a part of it: "và Quyết định …", "và khoản 3 Điều 7 Nghị định …", "và Danh mục … tại Quyết định …".
_PART = r"(?:điểm|khoản|điều|chương|mục|phần|phụ lục|danh mục|quy trình)(?!\w)[^;.\ue004]{0,80} "
_NEXT_ITEM = re.compile(rf"(?: và| ?,|;) (?:các )?(?:{_PART})?\Z")
_NEXT_SENTENCE = re.compile(r"\. (?!\d)")
_OPENS_ITEM = re.compile(r"\W*(?:[a-zđ]\) ?|- ?|\+ ?|\d{1,2}[.)] ?|\ue004)")
_ITEM_HEAD = 30  # letters in which an item names the document that it is about


def directives(masked: Masked, start: int, end: int) -> list[tuple[int, Mention[DirectiveRef]]]:
    """The documents marked in [start, end) of a masked text."""
    return [(p, m.mention) for p, m in masked.within(start, end) if names(m.mention, DirectiveRef)]


def targets(masked: Masked, rule: DocumentRule, match: re.Match[str], offset: int = 0) -> Iterator[Mention[DirectiveRef]]:
    """The documents that the wording itself holds, or from the first of them on all that the rest of the stretch names itself."""
    start, end = match.span("targets")
    if rule.reads == "heads":
        yield from heads(masked, offset + start, len(masked.text))
    else:
        yield from (mention for _, mention in directives(masked, offset + start, offset + end))


def heads(masked: Masked, begin: int, end: int) -> Iterator[Mention[DirectiveRef]]:
    """The documents that a stretch names itself, without those that stand inside their titles."""
    previous: int | None = None
    previous_data = False
    head_kind = ""
    inside_title = False
    for position, mention in directives(masked, begin, end):
        ref = mention.value
        between = masked.text[previous + 1 : position] if previous is not None else ""
        own_data = ref.date is not None or (ref.issuer is not None and not ref.issuer_inferred)
        if previous is None or ";" in between:
            inside_title = False
        elif _TOGETHER.fullmatch(between):
            # Inside a title, what brings its own date behind a bare citation stands beside the title again.
            inside_title = inside_title and not (own_data and not previous_data)
        elif _NEXT_ITEM.search(between) and ref.number is not None:
            # Behind the words of a title: the next of its kind, or one that brings its own date or issuer.
            inside_title = ref.kind != head_kind and (inside_title or not own_data)
        else:
            inside_title = True
        if not inside_title:
            head_kind = ref.kind
            yield mention
        previous, previous_data = position, own_data


def ended(masked: Masked, rules: tuple[DocumentRule, ...]) -> Iterator[tuple[DocumentRule, Mention[DirectiveRef]]]:
    """What ends, as a whole or in part: "… và thay thế Quyết định số A; Quyết định số B", "Nghị định số C hết hiệu lực"."""
    text = masked.text
    found = sorted(((match, rule) for rule in rules for match in rule.cue.finditer(text)), key=lambda pair: pair[0].start())
    for index, (verb, rule) in enumerate(found):
        following = found[index + 1][0] if index + 1 < len(found) else None
        clause = max(text.rfind(";", 0, verb.start()), text.rfind(". ", 0, verb.start())) + 1
        before = text[clause : verb.start()]
        if rule.word("not_before").search(before):
            continue
        if verb.lastgroup == "lapsed":
            yield from ((rule, mention) for mention in heads(masked, clause, verb.start()))
        elif DOCUMENT not in before or rule.word("itself").search(before):
            stop = following.start() if following is not None and following.lastgroup != "lapsed" else len(text)
            yield from ((rule, mention) for mention in _behind(masked, verb.end(), stop, rule.word("other")))


def _behind(masked: Masked, start: int, stop: int, other_clause: re.Pattern[str]) -> Iterator[Mention[DirectiveRef]]:
    """Documents that follow the verb, clause by clause, until one speaks of something else."""
    while start < stop:
        end = masked.text.find(";", start, stop)
        end = end if end != -1 else stop
        first = masked.text.find(DOCUMENT, start, end)
        if other_clause.search(masked.text, start, first if first != -1 else end):
            return
        if first != -1:
            if first - start > _FURTHEST or _NEXT_SENTENCE.search(masked.text[start:first]):
                return
            yield from heads(masked, start, end)
        start = end + 1


def item(masked: Masked) -> Mention[DirectiveRef] | None:
    """The document that an item of a list is about."""
    first = next(iter(directives(masked, 0, len(masked.text))), None)
    return first[1] if first is not None and first[0] < _ITEM_HEAD else None


def is_item(masked: Masked) -> bool:
    """Whether a sentence goes on with a list: it opens with a number, a letter, a dash or a document."""
    return _OPENS_ITEM.match(masked.text) is not None
