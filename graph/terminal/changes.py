"""What differs between two graphs, as lines of text and as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from graph.query.diff import CAME, CHANGED, THINGS, WENT, Change
from graph.resolve.reasons import in_words
from graph.terminal.look import Look
from graph.terminal.rows import Cell
from graph.terminal.tree import source_name

COLUMNS = ("change", "thing", "subject", "relation", "object", "source", "why", "before", "after", "subject_id", "object_id", "register_row")
_SIGNS = {CAME: "+", WENT: "-", CHANGED: "~"}


def lines(changes: list[Change], look: Look) -> Iterator[str]:
    """A line a change with its source and cause, below a changed one what it was and is; "mentions" are counted alone without `--full`."""
    for change in changes:
        if change.relation == "mentions" and not look.full:
            continue
        yield look.cut(f"{_SIGNS[change.change]} {_what(change, look)}", look.width)
        causes = ", ".join(look.say(f"diff.why.{cause}") for cause in change.why or ("unknown",))
        place = source_name(change.source) if change.source else change.row
        yield f"    {causes} [{place}]" if change.thing == "fact" else f"    {causes}"
        for sign, words in (("<", change.before), (">", change.after)):
            if words:
                yield look.faint("    " + look.cut(f"{sign} {in_words(words, look.words, look.lang)}", look.width - 4))
    yield _summary(changes, look)


def _what(change: Change, look: Look) -> str:
    if change.thing == "fact":
        return f"{change.subject} · {look.say(f'rel.{change.relation}')} · {change.object}"
    if change.thing == "merge":
        return f"{look.say('diff.merge')}: {change.subject} → {change.object}"
    if change.thing == "judgement":
        return f"{look.say('diff.judgement')}: {change.subject} · {change.relation} · {change.object}"
    return f"{look.say('diff.source')}: {change.subject}"


def _summary(changes: Iterable[Change], look: Look) -> str:
    counts = Counter((c.thing, c.change) for c in changes)
    parts = []
    for thing in THINGS:
        signs = [f"{sign}{counts[thing, change]}" for change, sign in _SIGNS.items() if counts[thing, change]]
        if signs:
            parts.append(f"{look.say(f'diff.{thing}')} {' '.join(signs)}")
    return " · ".join(parts)


def row(change: Change) -> tuple[Cell, ...]:
    """One row, under the names of COLUMNS."""
    return (
        change.change, change.thing, change.subject, change.relation, change.object, change.source, "; ".join(change.why), change.before, change.after,
        change.subject_id, change.object_id, change.row,
    )  # fmt: skip
