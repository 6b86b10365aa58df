"""What sentences say of the people and documents themselves: who was appointed, when a document was issued, and by whom.

Reads: a `Reading` and the rules of `data/rules/relations.yaml` that settle such things. Gives: the reading with the posts, days and
issuers that mentions alone leave out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.extract.antecedents.citations import Cited
from graph.extract.antecedents.people import Holding
from graph.extract.antecedents.reading import Reading
from graph.extract.masking import Marked
from graph.extract.quotes import evidence
from graph.extract.rules import Rule
from graph.model import AgencyRef, Kind, PersonRef, PostRef, Span

SETTLING = frozenset({"issuedOn", "issuedBy", "holdsPost"})
_LAWGIVERS = frozenset({"quoc-hoi", "uy-ban-thuong-vu-quoc-hoi", "chu-tich-nuoc"})
_OF_COLLEGES = frozenset({"Nghị quyết", "Nghị định"})  # a single office issues none


def settled(reading: Reading, rules: Iterable[Rule]) -> Reading:
    """The reading with what the rules find; a date or an issuer beside a mention outweighs what a sentence says."""
    cited = list(reading.citations.cited)
    posts: list[tuple[str, Holding]] = []
    for line in reading.spoken:
        masked = line.masked
        for rule in rules:
            if not rule.applies(masked.text) or (rule.predicate == "holdsPost" and reading.own is not None):
                continue
            for match in rule.matches(masked.text):
                body = next(iter(masked.in_group(match, "body")), None)
                for subject, target in masked.pairs(match):
                    place = reading.citations.meant.get(subject.mention.span)
                    if rule.predicate == "holdsPost":
                        posts.extend(_appointed(reading, subject, target, body))
                    elif place is not None and rule.predicate == "issuedOn":
                        cited[place] = _dated(reading, cited[place], subject, target)
                    elif place is not None:
                        said = evidence(reading.scan.text, masked, match.start(), match.end())
                        cited[place] = _issued(reading, cited[place], target, said)
    return replace(reading, people=reading.people.appointed(posts), citations=replace(reading.citations, cited=tuple(cited)))


def _appointed(reading: Reading, subject: Marked, target: Marked, body: Marked | None) -> list[tuple[str, Holding]]:
    """The post that a sentence appoints a person to.

    body: the body that the sentence names apart from the title: "Ban Chỉ đạo … do ông A làm Trưởng ban".
    """
    person, post = subject.mention.value, target.mention.value
    if not isinstance(person, PersonRef) or not isinstance(post, PostRef):
        return []
    named = body.mention.value if body is not None and post.agency is None else post.agency
    if not isinstance(named, AgencyRef):
        return []
    agency, inferred = reading.locality.fill(named)
    return [(person.name, Holding(replace(post, agency=agency), (target.mention.span, subject.mention.span), inferred))]


def _dated(reading: Reading, cited: Cited, subject: Marked, target: Marked) -> Cited:
    """The document with the day on which a sentence says it was issued."""
    written = reading.scan.date_at.get(target.mention.start)
    if written is None or not written.day or cited.ref.date is not None:
        return cited
    known = reading.chronology.year_of(written)
    date = written.resolve(known[0]) if known is not None else None
    if known is None or date is None:
        return cited
    ref = replace(cited.ref, date=date, date_inferred=written.year is None)
    return replace(cited, ref=ref, date_span=(target.mention.start, subject.mention.end), date_reason=known[1])


def _issued(reading: Reading, cited: Cited, target: Marked, said: Span) -> Cited:
    """The document with the body that a sentence says issued it; a law is given by lawgivers only."""
    agency = reading.body_of(target) if target.kind in (Kind.POST, Kind.OFFICIAL) else reading.meant(target)
    ref = cited.ref
    if not isinstance(agency, AgencyRef):
        return cited
    if (ref.kind in reading.registers.laws and agency.entry not in _LAWGIVERS) or (ref.kind in _OF_COLLEGES and agency.entry in reading.registers.offices):
        return cited
    open_place = ref.issuer is not None and ref.issuer_inferred and not ref.issuer.place and agency.entry == ref.issuer.entry
    if ref.issuer is not None and not open_place:
        return cited
    return replace(cited, ref=replace(ref, issuer=agency, issuer_inferred=False), issuer_span=said)
