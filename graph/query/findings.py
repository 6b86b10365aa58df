"""What a check can find wrong: a kind of finding, where it is, and the words that fill its message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that isn't as it should be. `check` names the check ("quote", "cycle"); `values` fill its message `check.<check>`."""

    check: str
    where: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, check: str, where: str, **values: object) -> Finding:
        """A finding with the values of its message."""
        return cls(check, where, tuple((name, str(value)) for name, value in sorted(values.items())))


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, by check and place."""
    return sorted(set(findings), key=lambda f: (f.check, f.where, f.values))
