"""Which citations mean one document.

A complete name (type, number, issuer, place, year) is one document in all sources. What lacks a part is joined only to the one known
document that fits: not signed after the source, issuer and subject not against it, and something that speaks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from graph.model import DirectiveRef, PartialDate
from graph.registers.lexicon import Lexicon
from graph.registers.registers import Registers
from graph.resolve.identity import slug, year_of
from graph.resolve.joining import Joiner
from graph.resolve.known import Fit, Known, first_number, is_party, law_titles, not_after, number_of
from graph.resolve.subjects import ABSENT, HINTED, OTHER, SAME, TOLD, Subjects
from graph.resolve.terms import named_term
from graph.resolve.things import Thing

_NEXT = 270  # days after which next year's document of the same number may be out
_NEAR = 3 * 365  # days within which sources that cite a law mean the same version
_CROWD = 12  # citations of one number that are offered as pairs
_SHOWN = 3  # known documents that an undecided citation is shown with


class Documents:
    """Joins the citations of documents."""

    def __init__(self, joiner: Joiner, registers: Registers, lexicon: Lexicon, things: list[Thing]) -> None:
        self._joiner = joiner
        self._registers = registers
        self._lexicon = lexicon
        self._things = things
        self._subjects = Subjects(registers)
        self._lone: list[Thing] = []  # citations that lack a part, and for which no known document fits

    def join(self) -> None:
        """Join what is one document; leave the rest as pairs to be decided."""
        by_path: dict[str, list[Thing]] = defaultdict(list)
        for thing in self._things:
            by_path[thing.path].append(thing)
        for same in by_path.values():
            self._joiner.join_all(same, same[0].reason)
        self._join_terms()
        self._join_laws()
        self._join_open()
        self._join_named_terms()
        self._join_unplaced()
        self._doubt_lone()

    # ---- complete names

    def _known(self) -> dict[str, list[Known]]:
        """Number → the documents that have it under a complete name."""
        found: dict[str, list[Known]] = defaultdict(list)
        for key in self._joiner.clusters(t.key for t in self._things if t.complete and t.ref is not None and t.ref.number is not None):
            known = Known(key, self._joiner.members(key))
            found[number_of(known.refs[0][1])].append(known)
        return found

    def _join_terms(self) -> None:
        """A number is given once in a Party term: two years of one term are one document, if the subjects agree."""
        for documents in self._known().values():
            party = [d for d in documents if d.place == "" and is_party(d.refs[0][1]) and self._lexicon.term(d.day)]
            for i, one in enumerate(party):
                for other in party[i + 1 :]:
                    if self._lexicon.term(one.day) != self._lexicon.term(other.day):
                        continue
                    likeness = self._likeness(one.subjects, other.subjects)
                    if likeness is not None and likeness >= SAME:
                        self._joiner.join(one.key, other.key, "same number in one Party term, same subject")
                    elif (likeness is None or likeness >= OTHER) and _same_but_year(one.days, other.days):
                        self._joiner.join(one.key, other.key, "same number in one Party term, same day and month: one year is a misprint")
                    else:
                        self._joiner.doubt(one.key, other.key, likeness or 0.4, "same number in one Party term; but the sources give different years")

    def _join_laws(self) -> None:
        """ "Luật Khám bệnh, chữa bệnh năm 2023" is the law of that name with a number of that year."""
        numbered: dict[tuple[str, int], set[str]] = defaultdict(set)
        for thing in self._things:
            ref = thing.ref
            if thing.complete and ref is not None and ref.number is not None and ref.kind in self._registers.laws and (year := year_of(ref)) is not None:
                for title in law_titles(ref):
                    numbered[title, year].add(self._joiner.find(thing.key))
        for thing in self._things:
            ref = thing.ref
            if thing.complete and ref is not None and ref.number is None and ref.kind in self._registers.laws and (year := year_of(ref)) is not None:
                found = sorted({self._joiner.find(key) for key in numbered[slug(ref.title), year]})
                if len(found) == 1:
                    self._joiner.join(thing.key, found[0], "name of the law and year")

    # ---- names that lack a part

    def _join_open(self) -> None:
        known = self._known()
        bare: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for documents in known.values():
            for document in documents:
                first = document.refs[0][1]
                bare[slug(first.kind), first_number(first)].append(document)
        laws = self._laws()
        programmes = {slug(d.title.removeprefix("Phê duyệt ")): d.row for d in self._registers.directives.values() if d.title.startswith("Phê duyệt ")}
        # All are judged against the complete names alone, and joined afterwards: no citation can vouch for another.
        found: list[tuple[Thing, list[Fit]]] = []
        for thing in self._things:
            ref = thing.ref
            if thing.complete or ref is None:
                continue
            if ref.number is not None:
                fits = self._numbered(thing, ref, known.get(number_of(ref), []))
            elif ref.bare:
                fits = self._by_subject(thing, ref, bare.get((slug(ref.kind), str(int(ref.bare)) if ref.bare.isdigit() else ref.bare), []))
            elif ref.kind in self._registers.laws:
                fits = self._law(thing, laws.get(slug(ref.title), []))
            else:
                fits = self._programme(thing, programmes.get(slug(ref.title), ""), known)
            found.append((thing, fits))
        self._lone = [thing for thing, fits in found if not fits]
        for thing, fits in found:
            if (one := _settled(fits)) is not None:
                self._joiner.join(thing.key, one.key, one.reason)
                continue
            for fit in sorted(fits, key=lambda f: (-f.score, f.key))[:_SHOWN]:
                why = fit.reason or "nothing but number or name speaks for it"
                self._joiner.doubt(thing.key, fit.key, fit.score, why if len(fits) == 1 else f"{why}; several documents of this name fit")

    def _numbered(self, thing: Thing, ref: DirectiveRef, documents: Iterable[Known]) -> list[Fit]:
        fits = []
        for known in documents:
            if not self._may_be(thing, ref, known):
                continue
            likeness = self._likeness([ref.subject] if ref.subject else [], known.subjects)
            if likeness is not None and likeness < OTHER:
                continue
            told = f"{thing.told.context} {thing.told.headline}" if thing.told is not None else ""
            around = max((self._subjects.shared_run(subject, told) for subject in known.subjects), default=0)
            fits.append(replace(self._fit(thing, ref, known, likeness), around=around))
        return fits

    def _fit(self, thing: Thing, ref: DirectiveRef, known: Known, likeness: float | None) -> Fit:
        local = known.place != ""
        if likeness is not None and likeness >= SAME and (not local or thing.place is not None or self._same_day(ref, known)):
            return Fit(known.key, "same number and subject", 0.9 + likeness / 20)
        if local and thing.place is None:
            if self._same_day(ref, known) and thing.told is not None and thing.told.province is not None and self._is_in(thing.told.province, known):
                return Fit(known.key, "same number and day, in the province of the source", 0.85)
            return Fit(known.key, "", 0.5 if self._same_day(ref, known) else 0.2)
        if thing.told is not None and thing.told.province is not None and any(thing.told.province in subject for subject in known.subjects):
            return Fit(known.key, "the only known document of this number, and it is about the province of the source", 0.85)
        seen = thing.told.day if thing.told is not None else None
        if seen is None or known.day is None:
            return Fit(known.key, "", 0.5)
        if is_party(ref) and known.place == "":
            if self._term(thing):
                return Fit(known.key, "same number, of the Party term that the source names", 0.95)
            if self._lexicon.term(known.day) and self._lexicon.term(known.day) == self._lexicon.term(seen):
                return Fit(known.key, "same number; of the same Party term as the source", 0.8)
            return Fit(known.key, "", 0.4)
        days = known.day.days_until(seen)
        if known.day.year == seen.year or (days is not None and days <= _NEXT):
            return Fit(known.key, "same number; of the year before the source", 0.8)
        return Fit(known.key, "", 0.3)

    def _may_be(self, thing: Thing, ref: DirectiveRef, known: Known) -> bool:
        """Whether nothing in the citation stands against a document: kind, issuer, place, date, and that the source is no older."""
        first = known.refs[0][1]
        if ref.kind and first.kind and not (ref.kind.startswith(first.kind) or first.kind.startswith(ref.kind)):
            return False
        issuer = ref.issuer.entry if ref.issuer is not None and not ref.issuer_inferred else ""
        if known.place == "" and issuer and known.issuers and issuer not in known.issuers:
            return False
        if thing.place is not None and known.place is not None and thing.place != known.place:
            return False
        if ref.date is not None and known.days and not any(ref.date.agrees_with(day) for day in known.days):
            return False
        if ref.date is None and ref.year is not None and known.days and all(day.year != ref.year for day in known.days):
            return False
        if known.place == "" and known.days and (term := self._term(thing)) and all(self._lexicon.term(day) not in ("", term) for day in known.days):
            return False
        seen = thing.told.day if thing.told is not None else None
        return seen is None or not known.days or any(not_after(day, seen) for day in known.days)

    def _term(self, thing: Thing) -> str:
        """The Party term that a citation names."""
        return named_term(thing.ref, thing.told.context) if thing.ref is not None and thing.told is not None else ""

    def _same_day(self, ref: DirectiveRef, known: Known) -> bool:
        return ref.date is not None and ref.date.is_day and not ref.date_inferred and ref.date in known.days

    def _is_in(self, province: str, known: Known) -> bool:
        return known.place is not None and known.place.rstrip("/").split("/")[-1].removesuffix("-2025") == slug(province)

    def _by_subject(self, thing: Thing, ref: DirectiveRef, documents: Iterable[Known]) -> list[Fit]:
        """ "Nghị quyết 18 … về tinh gọn bộ máy": a number without codes needs its subject."""
        fits = []
        for known in documents:
            likeness = self._likeness([ref.subject] if ref.subject else [], known.subjects)
            if not self._may_be(thing, ref, known):
                continue
            if known.place == "" and is_party(known.refs[0][1]) and self._term(thing):
                fits.append(Fit(known.key, "same number, of the Party term that the source names", 0.95))
            elif likeness is not None and likeness >= SAME:
                fits.append(Fit(known.key, "same kind, bare number and subject", 0.85 + likeness / 20))
        return fits

    def _programme(self, thing: Thing, row: str, known: dict[str, list[Known]]) -> list[Fit]:
        """A programme named by its title is the decision that approved it, where the register knows one of exactly this title."""
        return [
            Fit(document.key, "programme that this decision approved (register)", 0.9)
            for documents in known.values()
            for document in documents
            if row and any(m.row == row for m in document.members) and self._may_be(thing, DirectiveRef(""), document)
        ]

    # ---- laws by name

    def _laws(self) -> dict[str, list[Known]]:
        """Title → the laws of this name whose year is known."""
        found: dict[str, set[str]] = defaultdict(set)
        for thing in self._things:
            if thing.complete and thing.ref is not None and thing.ref.kind in self._registers.laws:
                for title in law_titles(thing.ref):
                    found[title].add(self._joiner.find(thing.key))
        return {title: [Known(key, self._joiner.members(key)) for key in sorted(keys)] for title, keys in found.items()}

    def _law(self, thing: Thing, laws: list[Known]) -> list[Fit]:
        """The version in force on the day of the source, where the register tells it or sources of the same time cite it with its year."""
        seen = thing.told.day if thing.told is not None else None
        if seen is None:
            return [Fit(law.key, "", 0.4) for law in laws]
        past = [law for law in laws if law.day is not None and not_after(law.day, seen)]
        force = {law.key: next((day for m in law.members if (day := self._in_force_from(m)) is not None), None) for law in past}
        replaced = {row for law in past for m in law.members for row in self._replaced_by(m, seen)}
        replaced |= {f"{m.row}" for law in past for m in law.members if m.row and (day := force[law.key]) is not None and not not_after(day, seen)}
        # A law of the same name takes the place of the older one within two years.
        newest = max((law.day.year for law in past if law.day is not None and law.day.year <= seen.year - 2), default=0)
        current = [law for law in past if not any(m.row and m.row in replaced for m in law.members) and law.day is not None and law.day.year >= newest]
        fits = []
        for law in current:
            near = [m for m in law.members if m.told is not None and m.told.day is not None and _days_apart(m.told.day, seen) <= _NEAR]
            if law.registered:
                fits.append(Fit(law.key, "the law of this name in force on the day of the source", 0.85))
            else:
                fits.append(Fit(law.key, "the only law of this name that sources of the same time cite" if near else "", 0.75 if near else 0.4))
        return fits

    def _in_force_from(self, thing: Thing) -> PartialDate | None:
        """The day from which a registered law is in force; None where the register doesn't tell."""
        effective = self._effective.get(thing.row, "")
        return PartialDate.parse(effective) if effective else None

    @cached_property
    def _effective(self) -> dict[str, str]:
        return {f"directives.csv:{row['id']}": row["effective"] for row in self._registers.tables["directives"].rows}

    def _replaced_by(self, thing: Thing, seen: PartialDate) -> Iterable[str]:
        """Rows of the laws that a registered law has replaced by a day."""
        directive = next((d for d in self._registers.directives.values() if d.row == thing.row), None) if thing.row else None
        if directive is None:
            return
        begin = self._in_force_from(thing)
        if begin is not None and not not_after(begin, seen):
            return
        for predicate, target in directive.relations:
            if predicate == "replaces" and target in self._registers.directives:
                yield self._registers.directives[target].row

    # ---- two names that lack the same part

    def _join_named_terms(self) -> None:
        """A number is given once in a Party term: citations that name the term, of a document that none gives a date."""
        same: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        for thing in self._lone:
            if thing.ref is not None and thing.ref.number is not None and thing.place == "" and (term := self._term(thing)):
                same[number_of(thing.ref), term].append(thing)
        for things in same.values():
            self._joiner.join_all(things, "same number in the Party term that the sources name")

    def _doubt_lone(self) -> None:
        """Citations of one number or law in several sources, of which no source tells the year or place: pairs for a person to look at."""
        same: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        for thing in self._lone:
            if thing.ref is not None and (thing.ref.number is not None or thing.ref.kind in self._registers.laws):
                same[slug(thing.ref.kind), number_of(thing.ref) or slug(thing.ref.title)].append(thing)
        for things in same.values():
            for other in things[1:_CROWD]:
                if things[0].mark != other.mark and self._agree(things[0], other):
                    self._joiner.doubt(things[0].key, other.key, 0.3, "same number or name; but no source tells year and place")

    def _agree(self, one: Thing, other: Thing) -> bool:
        """Whether nothing stands against one document: its year, term, place, issuer and subject, as far as both are told."""
        a, b = one.ref, other.ref
        if a is None or b is None:
            return False
        issuers = [ref.issuer.entry if ref.issuer is not None and not ref.issuer_inferred else "" for ref in (a, b)]
        told = ((year_of(a), year_of(b)), (self._term(one), self._term(other)), (one.place, other.place), issuers)
        if any(mine and theirs and mine != theirs for mine, theirs in told):
            return False
        likeness = self._likeness([a.subject] if a.subject else [], [b.subject] if b.subject else [])
        return likeness is None or likeness >= OTHER

    def _join_unplaced(self) -> None:
        """Two citations of one number and day without place: one document only where the subjects agree too."""
        pairs: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        for thing in self._things:
            ref = thing.ref
            if not thing.complete and ref is not None and ref.date is not None and ref.date.is_day and not ref.date_inferred:
                pairs[number_of(ref) if ref.number is not None else slug(ref.title), str(ref.date)].append(thing)
        for things in pairs.values():
            for i, one in enumerate(things):
                for other in things[i + 1 :]:
                    self._compare_unplaced(one, other)

    def _compare_unplaced(self, one: Thing, other: Thing) -> None:
        a, b = one.ref, other.ref
        if a is None or b is None or one.mark == other.mark:
            return
        likeness = self._likeness([a.subject] if a.subject else [], [b.subject] if b.subject else [])
        named = a.number is None and b.number is None and len(a.title.split()) >= 6 and a.issuer == b.issuer
        if (likeness is not None and likeness >= SAME) or named:
            self._joiner.join(one.key, other.key, "same name and day" if named else "same number, day and subject")
        elif likeness is None or likeness >= OTHER:
            self._joiner.doubt(one.key, other.key, 0.5, "same number and day; but no source names the place")

    def _likeness(self, a: list[str], b: list[str]) -> float | None:
        """The best likeness of any two subjects."""
        found = [value for x in a for y in b if (value := self._subjects.likeness(x, y)) is not None]
        return max(found, default=None)


def _settled(fits: list[Fit]) -> Fit | None:
    """The one document that a citation means: the only one that fits and has something for it, or the one of several that the text is about."""
    sure = [fit for fit in fits if fit.reason]
    if len(sure) == 1 and (len(fits) == 1 or sure[0].score >= 0.9):
        return sure[0]
    if len(fits) > 1:
        first, second = sorted(fits, key=lambda f: (-f.around, f.key))[:2]
        if second.around > ABSENT:
            return None
        if first.around >= TOLD:
            return replace(first, reason="same number, and the source is about its subject")
        if [first] == sure and first.around >= HINTED:
            return replace(first, reason=f"{first.reason}; the source is about its subject")
    return None


def _same_but_year(a: list[PartialDate], b: list[PartialDate]) -> bool:
    return any(x.is_day and (x.month, x.day) == (y.month, y.day) for x in a for y in b)


def _days_apart(a: PartialDate, b: PartialDate) -> int:
    return abs((a.year - b.year) * 365 + ((a.month or 6) - (b.month or 6)) * 30 + (a.day or 15) - (b.day or 15))
