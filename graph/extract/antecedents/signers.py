"""Read who signed an official document, and in which post: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Hoàng Nam".

Reads: a `Scan` with a signature zone, and the issuer. Gives: one mention for each signer. Behind "KT.", "TL.", "TUQ." the post of the one
who is absent comes first; the signer's own is the last.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.extract.mentions.citing import Citing
from graph.extract.mentions.scan import Scan
from graph.extract.mentions.titles import TitleItem
from graph.model import AgencyRef, Kind, Mention, PersonRef, PostRef, Section, Span, Zone
from graph.reading.official import signed_names
from graph.registers.gazetteer import Category
from graph.text.normalize import key, sentence_case, squeeze


def signers(scan: Scan, issuer: AgencyRef | None, citing: Citing) -> Iterator[Mention[PersonRef]]:
    """The signers, each with the post under which the signature stands: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Hoàng Nam"."""
    zone = next((s for s in scan.document.sections if s.zone is Zone.SIGNATURE), None)
    if zone is None:
        return
    title = next((s for s in scan.document.sections if s.zone is Zone.TITLE), None)
    told = title is not None and zone.start < title.start  # a portal's header names who signed, without the office
    floor, _ = stripped(scan, zone)
    while scan.text[floor : floor + 1] in ("|", " ") and floor < zone.end:
        floor += 1
    for signed in signed_names(scan.text, zone.start, zone.end, citing.registers):
        posts = _signing_posts(scan, floor, signed.start, issuer, citing)
        if posts or told:
            person = PersonRef(signed.name, tuple(post for post, _ in posts), tuple(span for _, span in posts))
            yield Mention.at(scan.text, Kind.OFFICIAL, (floor, signed.end), person, "signature")
        floor = scan.skip(signed.end, "|")


def stripped(scan: Scan, section: Section) -> Span:
    """The span of a section without white space at its ends."""
    text = scan.text[section.start : section.end]
    return section.start + len(text) - len(text.lstrip()), section.start + len(text.rstrip())


def _signing_posts(scan: Scan, start: int, end: int, issuer: AgencyRef | None, citing: Citing) -> list[tuple[PostRef, Span]]:
    """The signer's own posts in the block before the name: behind "KT.", "TL." or "TUQ." only the last office is."""
    offices: list[TitleItem] = []
    for hit in scan.hits_in(start, end):
        entry = hit.entry(Category.POST)
        if entry is None or citing.registers.posts[entry.id].kind != "office" or (offices and hit.start < offices[-1].end):
            continue
        following = next((h.start for h in scan.hits_in(hit.end, end) if h.entry(Category.POST) is not None), end)
        items, _ = citing.titles.row(scan, hit.start, end)
        for item in items:
            if item.post is not None and item.end > following and item.start < following:  # "TRƯỞNG BAN PHÓ THỦ TƯỚNG"
                offices.append(TitleItem(item.start, hit.end, item.kind, PostRef(item.post.title, None), ""))
                break
            if item.post is not None:
                offices.append(item)
    for_another = citing.book["signature"].cue.search(scan.key, start, end) is not None
    if len(offices) < 1 + for_another:
        spaced = _spaced_out_post(scan, start, end, issuer, citing)
        if spaced or not offices:
            return spaced
    own = offices[-1:] if for_another else offices
    posts = []
    for item in own:
        assert item.post is not None
        agency = item.post.agency
        if agency is None:
            agency = _unit_of_absent(scan, offices, item) or issuer
        posts.append((PostRef(item.post.title, agency), (item.start, item.end)))
    return posts


def _unit_of_absent(scan: Scan, offices: list[TitleItem], own: TitleItem) -> AgencyRef | None:
    """ "KT. VỤ TRƯỞNG VỤ CHÍNH SÁCH / PHÓ VỤ TRƯỞNG": the deputy's unit is that of the head who is absent."""
    assert own.post is not None
    for item in reversed(offices):
        if item is own or item.post is None or not key(own.post.title).endswith(key(item.post.title)):
            continue
        if item.post.agency is not None:
            return item.post.agency
        unit = squeeze(scan.text[item.end : own.start])
        head = item.post.title.split()[0]
        if unit and key(unit).startswith(key(head) + " ") and unit.isupper():
            return AgencyRef(sentence_case(unit))
    return None


def _spaced_out_post(scan: Scan, start: int, end: int, issuer: AgencyRef | None, citing: Citing) -> list[tuple[PostRef, Span]]:
    """ "P HÓ CHỦ T Ị CH" in a bad scan: the longest title whose letters close the block."""
    letters = "".join(c for c in scan.key[start:end] if c.isalpha())
    closing = [
        (p, letters.rfind(squeezed), len(squeezed))
        for p in citing.registers.posts.values()
        if p.kind == "office" and (squeezed := "".join(key(p.title).split()))
    ]
    titles = [(size, p) for p, at, size in closing if at >= 0 and at + size >= len(letters) - 2]
    if not titles:
        return []
    post = max(titles, key=lambda pair: pair[0])[1]
    agency = citing.registers.agencies.get(post.agency)
    return [(PostRef(post.title, AgencyRef(agency.name, entry=agency.id) if agency is not None and agency.scope == "unique" else issuer), (start, end))]
