"""Say the reason of an identity, a join, a doubt or an inference in the words of the interface."""

from __future__ import annotations

import re

from graph.registers.strings import Words

# Reasons are written in English where they arise; those that carry a name or a count are told apart by their shape.
_UNIT = re.compile(r"unit of (?P<body>.+)")
_POST = re.compile(r"title and agency \((?P<agency>.+)\)")
_JUDGEMENT = re.compile(r"judgement by (?P<who>[^;]+), (?P<day>\d{4}-\d\d-\d\d): (?P<why>.+)", re.DOTALL)
_JOINED = re.compile(r"(?P<first>.+); joined from (?P<n>\d+) sources' names")


def in_words(reason: str, words: Words, lang: str = "vi") -> str:
    """A reason in a language, part by part; the English words where we have no translation.

    reason: as the graph keeps it. lang: "vi" or "en". Example: "number, year and place" gives "số, năm và nơi ban hành".
    """
    if lang == "en":
        return reason
    if match := _JUDGEMENT.fullmatch(reason):
        return words.say("reason.judgement", **match.groupdict())
    if match := _JOINED.fullmatch(reason):
        return words.say("reason.joined", first=in_words(match["first"], words), n=match["n"])
    if match := _POST.fullmatch(reason):
        return words.say("reason.post", agency=in_words(match["agency"], words))
    if match := _UNIT.fullmatch(reason):
        return words.say("reason.unit", body=match["body"])
    found = words.by_english("reason").get(reason)
    if found is not None or "; " not in reason:
        return found if found is not None else reason
    return "; ".join(in_words(part, words) for part in reason.split("; "))
