"""What the graph tells of a person: posts over time, meetings, signatures and awards, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import PartialDate
from graph.query import find
from graph.query.built import BuiltGraph, Statement


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post and when sources show the person in it; these are dates of attestation, not of appointment."""

    post: str
    label: str
    first: PartialDate | None
    last: PartialDate | None
    former: bool
    told: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """A meeting, document or award that the person had a part in."""

    relation: str
    thing: str
    label: str
    date: PartialDate | None
    told: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """All that the graph tells of one official."""

    id: str
    name: str
    posts: tuple[PostHeld, ...]
    acts: tuple[Act, ...]


def who(graph: BuiltGraph, typed: str) -> list[Person]:
    """The people of this name; else those who hold a post of these words; else those who hold a post in the body of this name.

    Raises NotFoundError with the nearest names of people where nothing fits.
    """
    try:
        return [person(graph, node) for node in find.officials(graph, typed)]
    except find.NotFoundError as error:
        for holders in (_holders_of_post, _holders_in_agency):
            try:
                found = holders(graph, typed)
            except find.NotFoundError:
                continue
            if found:
                return [person(graph, node) for node in found]
        raise error from None


def _holders_of_post(graph: BuiltGraph, typed: str) -> list[str]:
    return sorted({told.subject for post in find.posts(graph, typed) for told in graph.told(("holdsPost",), target=post)})


def _holders_in_agency(graph: BuiltGraph, typed: str) -> list[str]:
    bodies = set(find.agencies(graph, typed))
    posts = [post for post in graph.of_class("Post") if bodies.intersection(graph.texts(post, graph.terms.org.postIn))]
    return sorted({told.subject for post in posts for told in graph.told(("holdsPost",), target=post)})


def person(graph: BuiltGraph, node: str) -> Person:
    """One official."""
    return Person(node, graph.label(node), _posts(graph, node), _acts(graph, node))


def _posts(graph: BuiltGraph, node: str) -> tuple[PostHeld, ...]:
    t = graph.terms
    by_post: dict[str, list[Statement]] = {}
    for told in graph.told(("holdsPost",), subject=node):
        by_post.setdefault(told.object, []).append(told)
    times = {graph.text(m, t.hg.ofPost): m for m in graph.subjects(t.org.member, node)}

    def day(post: str, attested: str) -> PartialDate | None:
        told = graph.text(times[post], t.hg[attested]) if post in times else ""
        return PartialDate.parse(told) if told else None

    held = [
        PostHeld(
            post,
            graph.label(post),
            day(post, "firstAttested"),
            day(post, "lastAttested"),
            post in times and graph.text(times[post], t.hg.former) == "true",
            tuple(told),
        )
        for post, told in by_post.items()
    ]
    return tuple(sorted(held, key=lambda p: (p.former, str(p.first or "9"), p.label, p.post)))


def _acts(graph: BuiltGraph, node: str) -> tuple[Act, ...]:
    by_act: dict[tuple[str, str], list[Statement]] = {}
    acts_of = graph.terms.relations.of_people
    for told in graph.told(acts_of, subject=node):
        by_act.setdefault((told.relation, told.object), []).append(told)
    for told in graph.told(acts_of, target=node):
        by_act.setdefault((told.relation, told.subject), []).append(told)
    acts = [Act(relation, thing, graph.name(thing), graph.date(thing), tuple(told)) for (relation, thing), told in by_act.items()]
    return tuple(sorted(acts, key=lambda a: (acts_of.index(a.relation), str(a.date or "9"), a.label, a.thing)))
