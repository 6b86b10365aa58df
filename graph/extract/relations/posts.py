"""Who holds which post, and who signed an official document.

Reads: a `Reading`. Gives: facts of `holdsPost` and `signedBy`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.extract.antecedents.reading import Reading
from graph.extract.relations.facts import Fact, by_rule
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
            fact = by_rule(reading.book["person"], person, holding.post, spans, (holding.reason or reading.place.reason) if holding.inferred else None)
            yield fact if naming else replace(fact, rule="appointed")  # by a rule of `relations.yaml`


def signer_facts(reading: Reading) -> Iterator[Fact]:
    """Who signed the document."""
    if reading.own is None or reading.own_cited is None:
        return
    for signer in reading.own.signers:
        person = reading.people.named(signer.value.name)
        yield by_rule(reading.book["signature"], reading.own_cited, person, (signer.span, reading.own.mention.span))
