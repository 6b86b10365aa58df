"""Find what a user means by what he types: a directive by number or words, a person, a body, a province.

Accents are not needed; where they are typed they count: "Hùng" finds Hùng, "hung" finds Hùng and Hưng, and joins neither to the other.

A number that is typed is meant whole, words by their beginning: "135 ubnd", "số 135", "135/KH" mean 135/KH-UBND, never 1351/KH-UBND. The
search box of the pages, which answers while a number is still being typed, puts the whole one before the longer ones (templates/search.js).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from graph.errors import QueryError
from graph.model import Kind
from graph.query.built import BuiltGraph, Directive
from graph.registers.registers import code_key
from graph.text.normalize import fold, key, nfc, squeeze

_YEAR = re.compile(r"(?P<words>.+?)\s*@\s*(?P<year>(?:19|20)\d\d)")
# "135ubnd" and "135/UBND" are a number and a word; the "số" before a number says nothing.
_PART = re.compile(r"\d+|[^\W\d_]+")
_SO = re.compile(r"\bso(?=[\W_]*\d)")
# The part of an IRI below the base, as `--json` and `nodes.csv` show it.
_PATH = re.compile(r"(?:directive|official|agency|post|province|kind|meeting|award)/\S+")
_WORD = re.compile(r"[^\W_]+")
_NEAR = 3


class NotFoundError(QueryError):
    """Nothing in the graph is called so; `near` are the closest names."""

    def __init__(self, typed: str, near: Iterable[str]) -> None:
        self.typed = typed
        self.near = tuple(near)
        super().__init__(f"“{typed}” was not found in this graph" + (f"; close to it: {', '.join(self.near)}" if self.near else ""))


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that a user may mean: its IRI, its label, and the words that it is found by."""

    id: str
    label: str
    words: str


def directives(graph: BuiltGraph, typed: str) -> list[Directive]:
    """The directives that fit, those with documents that carry them out first.

    By IRI; else by number ("25-CT/TW", "135kh ubnd", "Chỉ thị số 25-CT/TW", as printed); else by part of it ("25", "chỉ thị 25", "135/KH"); else
    by words of label, title or subject. "@2023" after any of them keeps those of that year. Raises NotFoundError where nothing fits.
    """
    typed = squeeze(nfc(typed))
    match = _YEAR.fullmatch(typed)
    words, year = (match["words"], int(match["year"])) if match is not None else (typed, None)
    everyone = list(graph.documents.values())
    if (exact := [d for d in everyone if _is_iri(d.id, words)]) and year is None:
        return exact
    found: list[Directive] = []
    for rule in (_by_number, _by_part_of_number, _by_words):
        found = [d for d in rule(everyone, words) if year is None or d.year == year]
        if found:
            break
    if not found:
        raise _not_found(typed, (d.name for d in everyone))
    return sorted(found, key=lambda d: (-graph.implementing[d.id], d.date is None, str(d.date or ""), d.id))


def followed(graph: BuiltGraph, found: Iterable[Directive]) -> list[Directive]:
    """Of several directives that fit, those that documents carry out; all where none is carried out."""
    several = list(found)
    return [d for d in several if graph.implementing[d.id]] or several


def officials(graph: BuiltGraph, typed: str) -> list[str]:
    """IRIs of the people of this name. Raises NotFoundError where there is none."""
    return _named(graph, "Official", typed)


def agencies(graph: BuiltGraph, typed: str) -> list[str]:
    """IRIs of the bodies of this name: "so y te bac kan" finds Sở Y tế tỉnh Bắc Kạn."""
    return _named(graph, "Agency", typed)


def provinces(graph: BuiltGraph, typed: str) -> list[str]:
    """IRIs of the provinces of this name, then and now."""
    return _named(graph, "Province", re.sub(r"^(?:tỉnh|thành phố|tinh|thanh pho|tp\.?)\s+", "", squeeze(nfc(typed)), flags=re.IGNORECASE))


def posts(graph: BuiltGraph, typed: str) -> list[str]:
    """IRIs of the posts whose label holds these words."""
    return _named(graph, "Post", typed, whole_first=False)


def kinds(graph: BuiltGraph, typed: str) -> list[str]:
    """IRIs of the kinds of documents: "kế hoạch", "KH"."""
    t = graph.terms
    found = []
    for quad in graph.store.quads_for_pattern(None, t.rdf.type, t.skos.Concept):
        node = str(getattr(quad.subject, "value", quad.subject))
        names = (*graph.texts(node, t.skos.prefLabel), *graph.texts(node, t.skos.prefLabel, "en"), *graph.texts(node, t.skos.notation))
        if fold(typed) in {fold(name) for name in names} or _is_iri(node, typed):
            found.append(node)
    if not found:
        raise _not_found(typed, ())
    return sorted(found)


def node(graph: BuiltGraph, typed: str) -> str | None:
    """The thing whose IRI, or its part below the base ("meeting/…"), was typed; None where that is no IRI of this graph."""
    typed = typed.strip()
    if not (_PATH.match(typed) or ":" in typed.strip("<>").partition("/")[0]):
        return None
    classes = (kind.value for kind in Kind if kind not in (Kind.DATE, Kind.REPORT))
    return next((node for cls in classes for node in graph.of_class(cls) if _is_iri(node, typed)), None)


def _named(graph: BuiltGraph, cls: str, typed: str, *, whole_first: bool = True) -> list[str]:
    things = [_thing(graph, node) for node in graph.of_class(cls)]
    return [thing.id for thing in named(things, typed, whole_first=whole_first)]


def _thing(graph: BuiltGraph, node: str) -> Thing:
    label = graph.label(node)
    words = " ".join({label: None, graph.text(node, graph.terms.rdfs.label, "en"): None})
    return Thing(node, label, words)


def named(things: Iterable[Thing], typed: str, *, whole_first: bool = True) -> list[Thing]:
    """The things that a name means: by IRI, the whole label, then all words, each first with the accents as typed, then without.

    whole_first: a thing called just so hides those that have more words ("Bộ Y tế" is not one of its departments).
    Raises NotFoundError with the nearest names where nothing fits.
    """
    several = list(things)
    typed = squeeze(nfc(typed))
    plain = fold(typed) == key(typed)
    forms: tuple[Callable[[str], str], ...] = (fold,) if plain else (key, fold)
    if exact := [t for t in several if _is_iri(t.id, typed)]:
        return exact
    for form in forms:
        wanted = form(typed)
        if whole_first and wanted and (whole := [t for t in several if form(t.label) == wanted]):
            return whole
        if wanted and (holding := [t for t in several if _holds(form(t.words), wanted)]):
            return holding
    raise _not_found(typed, (t.label for t in several))


def _holds(words: str, wanted: str) -> bool:
    """Whether every word stands in the text, in any order, each as a whole word; "25-CT/TW" is three words."""
    standing = set(_WORD.findall(words))
    asked = _WORD.findall(wanted)
    return bool(asked) and all(word in standing for word in asked)


def _by_number(documents: Iterable[Directive], typed: str) -> list[Directive]:
    wanted = _compact(re.sub(r"^.*\bsố\s+", "", typed, flags=re.IGNORECASE))
    if not any(c.isalpha() for c in wanted) or not wanted[:1].isdigit():
        # "Chỉ thị 25-CT/TW": a kind stands before the number without "số"
        match = re.search(r"\d\S*[-/]\S+", typed)
        if match is None:
            return []
        wanted = _compact(match.group())
    return [d for d in documents if d.number and wanted in {_compact(n) for n in (d.number, *d.printed)}]


def _by_part_of_number(documents: Iterable[Directive], typed: str) -> list[Directive]:
    """The first number typed is the document's own, further ones stand in its number or are its year, words begin words of its label."""
    asked = _parts(_SO.sub("", fold(typed)))
    numbers, words = [p for p in asked if p.isdecimal()], [p for p in asked if not p.isdecimal()]
    found = []
    for d in documents if numbers else ():
        standing = _parts(fold(f"{d.number} {d.label}"))
        if (
            numbers[0] == _own_number(d)
            and all(number in standing or number == str(d.year) for number in numbers)
            and all(any(part.startswith(word) for part in standing) for word in words)
        ):
            found.append(d)
    return found


def _own_number(document: Directive) -> str:
    """The number in "25-CT/TW", "Đề án 06"; "" where a document has none."""
    match = re.search(r"\d+", document.number or (document.label if re.search(r"\s\d+$", document.label) else ""))
    return match.group().lstrip("0") if match is not None else ""


def _parts(folded: str) -> list[str]:
    """Numbers, without leading zeros, and words."""
    return [part.lstrip("0") if part.isdecimal() else part for part in _PART.findall(folded)]


def _by_words(documents: Iterable[Directive], typed: str) -> list[Directive]:
    wanted = "" if typed.isdecimal() else fold(typed)
    return [d for d in documents if wanted and _holds(fold(f"{d.label} {d.label_en} {d.subject}"), wanted)]


def _compact(number: str) -> str:
    """A number without what people leave out: "0135/KH-UBND" and "135 kh ubnd" are "135khubnd", "25-CT/TƯ" is "25cttw"."""
    return re.sub(r"[^a-z0-9]+", "", fold(code_key(number))).lstrip("0")


def _is_iri(node: str, typed: str) -> bool:
    """Whether the IRI, or its part below the base, was typed."""
    return node == typed.strip("<>") or (_PATH.match(typed) is not None and node.endswith("/" + typed))


def _not_found(typed: str, names: Iterable[str]) -> NotFoundError:
    by_fold: Mapping[str, str] = {fold(name): name for name in sorted(names)}
    return NotFoundError(typed, (by_fold[match] for match in get_close_matches(fold(typed), list(by_fold), n=_NEAR, cutoff=0.5)))
