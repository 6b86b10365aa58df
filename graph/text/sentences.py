"""Cut text into sentences: at full stops that end one, and at line ends that are not mere wraps.

Reads: NFC text. Gives: spans without surrounding white space, left to right, none longer than LONGEST: what reads a sentence may look at
all of it again and again.
"""

import re
from collections.abc import Collection, Iterator

from graph.text.normalize import LOWER, UPPER

LONGEST = 4000  # code points; the longest sentence of 450 real sources has 2,903
_BREAKS = (";", ",", " ")  # where a longer one is cut: behind the last of the first of these that its second half holds
# A run of marks is tried once, from its first: the dot leaders of a table of contents are long.
_STOP = re.compile(
    rf"(?P<mark>\./\.|[.!?…](?<![.!?…]{{2}})[.!?…]*+)[\"”’»)\]]*(?:(?P<gap>[ \t\xa0]+)(?=[\"“‘«(\[*–-]*[\w{UPPER}])|(?=[*]?[ ]?[{UPPER}][{LOWER}]))"
)
_LAST_WORD = re.compile(rf"[\w.{UPPER}{LOWER}]{{1,12}}\Z")
_ENDED = re.compile(r"[.;:!?…/|]['\"”)\]]*\Z")
# What opens a line of its own in an official document: a bullet, a numbered item, an article, a heading, a table row.
_OPENS = re.compile(
    rf"[-–+*•|\[]|\d{{1,2}}[.)/][ ]|\d{{1,2}}(?:\.\d{{1,2}})+[.)]?[ ]|[a-zđ]\)|[IVX]{{1,5}}[.]"
    rf"|(?:Điều|Chương|Mục|Phần|Khoản)[ ][\dIVX]|Căn cứ|(?:Thực hiện|Xét|Theo đề nghị)[ ]|[{UPPER}]{{2,}}[ ][{UPPER}]{{2,}}"
)


def split_sentences(text: str, start: int, end: int, abbreviations: Collection[str], *, wrapped: bool = False) -> Iterator[tuple[int, int]]:
    """Sentences of `text[start:end]`.

    abbreviations: words after which a full stop ends no sentence ("TP", "PGS").
    wrapped: lines of one paragraph may be broken anywhere, as in official documents; else each line end is an end.
    """
    for first, last in _blocks(text, start, end, wrapped):
        yield from _within(text, first, last, abbreviations)


def _blocks(text: str, start: int, end: int, wrapped: bool) -> Iterator[tuple[int, int]]:
    begin = start
    while begin < end:
        line, stop = begin, text.find("\n", begin, end)
        while stop != -1 and wrapped and _is_wrap(text, line, stop, end):
            line, stop = stop + 1, text.find("\n", stop + 1, end)
        if stop == -1:
            stop = end
        first, last = begin, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        begin = stop + 1


def _is_wrap(text: str, line_start: int, newline: int, end: int) -> bool:
    """Whether the line end is only a wrap: the line hasn't ended and the next one goes on with it."""
    if newline + 1 >= end or text[newline + 1] == "\n":
        return False
    line = text[line_start:newline].rstrip()
    following = text[newline + 1 : newline + 60].lstrip(" \t\xa0")
    if not line or not following or following[0] == "\n":
        return False
    if _ENDED.search(line) or set(line) <= set("-_=* "):
        return False
    if _OPENS.match(following) and not (line.isupper() and following.split("\n")[0].isupper()):
        return False
    return not (line.isupper() and not following.split("\n")[0].isupper() and not following[0].islower())


def _within(text: str, start: int, end: int, abbreviations: Collection[str]) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match["mark"] == "." and text[match.end() : match.end() + 1] != "*" and _is_abbreviation(text, begin, match.start(), match["gap"], abbreviations):
            continue
        cut = match.end()
        stop = match.start("gap") if match["gap"] else cut
        if stop > begin:
            yield from _bounded(text, begin, stop)
        begin = cut
    if begin < end:
        yield from _bounded(text, begin, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or pieces of one that is longer than LONGEST, cut between words where there are any."""
    while end - start > LONGEST:
        breaks = (text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in _BREAKS)
        stop = next((found + 1 for found in breaks if found != -1), start + LONGEST)
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield start, last
        start = stop
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _is_abbreviation(text: str, begin: int, dot: int, gap: str | None, abbreviations: Collection[str]) -> bool:
    found = _LAST_WORD.search(text, max(begin, dot - 12), dot)
    if found is None:
        return True
    word = found.group()
    if word in abbreviations or word.rsplit(".", 1)[-1] in abbreviations:
        return True
    if len(word) == 1 and word.isupper():  # an initial: "N.Hồng", "A. Lê"
        return True
    if word.isdigit():  # "1. Tổ chức", "ngày 16.5"
        return dot - found.start() == dot - begin or gap is None
    return gap is None and not word[-1].islower()
