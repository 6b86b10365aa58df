"""The province that a source tells of: by its letterhead, its first sentences, its outlet, or all its bodies together.

Reads: a `Scan` with its parsed agencies. Gives: a `Place` with the reason; none where nothing tells it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from graph.extract.antecedents.chronology import head_end, zone_at
from graph.extract.mentions.scan import Scan
from graph.model import AgencyRef, Genre, Span, Zone, province_of
from graph.registers.gazetteer import Category
from graph.registers.registers import Registers
from graph.text.normalize import key

_GROUND = re.compile(r"(?:trên địa bàn|toàn)(?: toàn)? (?:tỉnh |thành phố |tp\.? ?)?\Z")
_AS_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|trên địa bàn|tại|ở|của|toàn) ?\Z")
_BEYOND_DOUBT = 2  # times that a text names its province
_OPENS_LINE = re.compile(r"(?:\A|\n)[ \t|*#_>-]{0,12}\Z")
_SITE = re.compile(r"điểm cầu (?:tại )?(?:tỉnh |thành phố |tp\.? ?|tỉnh ủy |ubnd tỉnh )?\Z")
_OUTLET_TAG = re.compile(r"\A\W{0,3}(?P<tag>[\w.&+-]{2,30}(?:\s[\w.&+-]{1,20}){0,3})\)?\s?[-–]\s")


@dataclass(frozen=True, slots=True)
class Place:
    """The province of a source, as then, and how it is known; stated=False is a hint from outside the body."""

    province: str | None
    reason: str
    stated: bool


def place(scan: Scan, agencies: list[tuple[Span, AgencyRef]]) -> Place:
    """The province of a source: from its letterhead, its first sentences, its outlet, or all its bodies together.

    agencies: all bodies named in the text with their spans, as parsed. Several provinces and no outlet give none.
    """
    registers = scan.registers
    if scan.document.genre is Genre.OFFICIAL:
        heads = [(span[0], named) for span, agency in agencies if zone_at(scan, span[0]) is Zone.LETTERHEAD and (named := province_of(agency)) is not None]
        # A page's title above the letterhead may name another place; the issuer opens its line.
        named = next((name for start, name in heads if _OPENS_LINE.search(scan.text, max(0, start - 14), start)), heads[0][1] if heads else None)
        if named is not None:
            return Place(named, "province from the letterhead", True)
        by_district = _district_place(agencies, registers) if not any(zone_at(scan, s.start) is Zone.LETTERHEAD for s in scan.document.sections) else None
        return Place(by_district, "the one province that has the districts named", False) if by_district is not None else Place(None, "", True)
    head = head_end(scan)
    first = {p for span, agency in agencies if span[0] < head and _tells_place(agency, registers) and (p := province_of(agency)) is not None}
    by_outlet = _outlet(scan, registers)
    if by_outlet is not None and (not first or by_outlet in first):
        return Place(by_outlet, "province of the outlet", by_outlet in first)
    if len(first) == 1:
        return Place(next(iter(first)), "province named in the headline or lead", True)
    if by_outlet is not None:
        return Place(by_outlet, "province of the outlet", False)
    named = _head_place(scan, head)
    if named is not None and by_outlet is None:
        return Place(named, "province named in the headline or lead", True)
    sites = {
        e.id for h in scan.of(Category.PROVINCE) if (e := h.entry(Category.PROVINCE)) is not None and _SITE.search(scan.key[max(0, h.start - 20) : h.start])
    }
    if len(sites) == 1:
        return Place(next(iter(sites)), "the site that the report tells of", True)
    every = Counter(p for _, agency in agencies if _tells_place(agency, registers) and (p := province_of(agency)) is not None)
    if len(every) == 1:
        return Place(next(iter(every)), "the only province named with a body", True)
    if not every:
        by_district = _district_place(agencies, registers)
        if by_district is not None:
            return Place(by_district, "the one province that has the districts named", False)
    if not every:
        told = _told_province(scan, agencies)
        if told is not None:
            return Place(told, "the only province that the text names", True)
        hint = _sidebar(scan, registers)
        if hint is not None:
            return Place(hint, "province from links beside the body", False)
    return Place(None, "", True)


def _tells_place(agency: AgencyRef, registers: Registers) -> bool:
    """Whether a body's province may be the report's: a school or hospital may bear the name of another province."""
    bearer = next((body for body in agency.upwards() if body.province is not None), None)
    if bearer is None:
        return False
    entry = registers.agencies.get(bearer.entry)
    return bearer.level == "tỉnh" or (entry is not None and entry.scope in ("province", "local") and "N" not in entry.tail)


def _head_place(scan: Scan, head: int) -> str | None:
    """The one province that headline and lead name as the place of what is reported: "trên địa bàn TP Hà Nội"."""
    hits = [(h, e.id) for h in scan.hits_in(0, head) if (e := h.entry(Category.PROVINCE)) is not None]
    told = {name for h, name in hits if _GROUND.search(scan.key[max(0, h.start - 36) : h.start])}
    return next(iter(told)) if len(told) == 1 and len({name for _, name in hits}) == 1 else None


def _told_province(scan: Scan, agencies: list[tuple[Span, AgencyRef]]) -> str | None:
    """The one province that the running text names as such, more than once, where it also speaks of "the" province: "Tỉnh ủy", "UBND tỉnh".

    A second province anywhere leaves it open, and so does a name that only a hospital bears.
    """
    named = [(hit, entry.id) for hit in scan.of(Category.PROVINCE) if (entry := hit.entry(Category.PROVINCE)) is not None]
    if len({name for _, name in named}) != 1:
        return None
    votes = sum(_AS_PROVINCE.search(scan.key, max(0, hit.start - 24), hit.start) is not None for hit, _ in named)
    return named[0][1] if votes >= _BEYOND_DOUBT and any(_of_the_province(agency, scan.registers) for _, agency in agencies) else None


def _of_the_province(agency: AgencyRef, registers: Registers) -> bool:
    """Whether a body is one of the province that the text is about, named without it: "Tỉnh ủy", "UBND tỉnh", "Sở Y tế"."""
    for body in agency.upwards():
        entry = registers.agencies.get(body.entry)
        if not body.place and (body.level == "tỉnh" or (not body.level and entry is not None and entry.scope == "province")):
            return True
    return False


def _district_place(agencies: list[tuple[Span, AgencyRef]], registers: Registers) -> str | None:
    """The one province that has all districts named with a body or a level word; a name that several provinces have tells nothing."""
    possible: set[str] | None = None
    for _, agency in agencies:
        for body in agency.upwards():
            if body.level in ("huyện", "quận", "thị xã", "thành phố") and body.place and body.province is None:
                found = registers.provinces_of_district(body.place)
                if found:
                    possible = found if possible is None else possible & found
    return next(iter(possible)) if possible is not None and len(possible) == 1 else None


def _outlet(scan: Scan, registers: Registers) -> str | None:
    """The province of the paper or portal, by its tag before the lead, an address in it, or a masthead line at the end."""
    document = scan.document
    known = {key(o["name"]): o["province"] for o in registers.outlets}
    for section in document.sections:
        text = document.text[section.start : section.end]
        if section.zone in (Zone.LEAD, Zone.BODY, Zone.HEADLINE):
            tag = _OUTLET_TAG.match(text)
            if tag is not None:
                found = known.get(key(tag["tag"])) or _by_slug(tag["tag"], registers)
                if found is not None:
                    return found
        elif section.zone in (Zone.BYLINE, Zone.DATELINE, Zone.TAGS):
            found = known.get(key(text.strip()))
            if found is not None:
                return found
    return None


def _by_slug(tag: str, registers: Registers) -> str | None:
    host = tag.lower().strip("()")
    if "." not in host:
        return None
    for part in host.split("."):
        for prefix in ("", *registers.site_prefixes):
            found = registers.province_by_slug.get(part.removeprefix(prefix))
            if found is not None and part.startswith(prefix):
                return found
    return None


def _sidebar(scan: Scan, registers: Registers) -> str | None:
    """The one province that links beside the body name again and again with a body or as "tỉnh …", "thành phố …"."""
    counts: Counter[str] = Counter()
    beside = "|".join(re.escape(key(words)) for words in registers.beside_place)
    for section in scan.document.sections:
        if section.zone is not Zone.RELATED:
            continue
        text_key = key(scan.document.text[section.start : section.end])
        for name, province in registers.province_names.items():
            if len(name) > 3:
                counts[province] += len(re.findall(rf"(?:{beside})\s{re.escape(name)}(?!\w)", text_key))
    named = {province: n for province, n in counts.items() if n}
    return next(iter(named)) if len(named) == 1 and sum(named.values()) >= 2 else None
