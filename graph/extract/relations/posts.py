"""Who holds which post, and who signed an official document.

Reads: a `Reading`. Gives: facts of `holdsPost` and `signedBy`.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.extract.antecedents.reading import Reading
from graph.extract.relations.facts import Fact
from graph.text.normalize import key

_OF_THE_STATE = ("chủ tịch nước", "phó chủ tịch nước")  # posts that no body has


def post_facts(reading: Reading) -> Iterator[Fact]:
    """The posts of each official; one without its body, or whose words name no one body, gives none."""
    for person in reading.people.officials:
        for holding in person.holdings:
            agency = holding.post.agency
            if not (key(holding.post.title) in _OF_THE_STATE if agency is None else reading.locality.is_definite(agency)):
                continue
            naming = [s for s in person.spans if any(s[0] <= p[0] and p[1] <= s[1] for p in holding.spans[:2])]
            spans = tuple(naming[:1]) or (*person.spans[:1], *holding.spans[:1])
            reason = reading.place.reason if holding.inferred else ""
            rule = "person" if naming else "appointed"
            yield Fact(person, "holdsPost", holding.post, spans, rule, 0.9 if holding.inferred else 0.95, holding.inferred, reason)


def signer_facts(reading: Reading) -> Iterator[Fact]:
    """Who signed the document."""
    if reading.own is None or reading.own_cited is None:
        return
    for signer in reading.own.signers:
        yield Fact(reading.own_cited, "signedBy", reading.people.named(signer.value.name), (signer.span, reading.own.mention.span), "signature", 0.97)
