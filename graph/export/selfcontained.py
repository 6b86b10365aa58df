"""What a page needs that stands alone: its own files, JSON that can't leave its element, and the hash of a script for the policy."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.model import Relations
from graph.registers.strings import LANGUAGES, Words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"
# In JSON, these may stand as escapes; without them no data can end the script element or open a comment in it.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def environment(
    words: Words,
    lang: str,
    styles: Iterable[str],
    scripts: Iterable[str],
    groups: Collection[str],
    rest: Mapping[str, Any],
    relations: Relations,
    library: str = "",
) -> Environment:
    """The templates, with all that a page embeds.

    words: of the interface. lang: the language in which it opens. styles, scripts: names of its own files, in order. groups: the first parts of the keys of the
    words that it says. rest: its data. relations: the kinds of relation, for order, line and legend. library: a script of others, run before its own.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - heavy; only pages need it

    ours = "".join(template_text(name) for name in scripts)
    found = Environment(loader=PackageLoader("graph.export"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters["embed"] = embed
    said = {key: pair for key, pair in words.items() if key.partition(".")[0] in groups}
    kinds = [
        {
            "p": kind.name,
            "family": kind.family.value,
            "weight": kind.weight.value,
            "step": kind.step,
            "part": kind.part,
            "tie": kind.name in relations.between_documents,
        }
        for kind in relations.kinds
    ]
    found.globals.update(
        lang=lang, say=lambda key, **values: words.say(key, lang, **values), styles=raw("".join(template_text(name) for name in styles)),
        library=raw(library), ours=raw(ours), hashes=" ".join(f"'sha256-{digest(script)}'" for script in (library, ours) if script),
        rest={**rest, "words": said, "languages": LANGUAGES, "kinds": kinds},
    )  # fmt: skip
    return found


def embed(value: object) -> Markup:
    """A value as JSON that may stand inside a script element."""
    return raw(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))


def raw(text: str) -> Markup:
    """Text that a template takes as it is: only for the page's own files, and for JSON without any character of markup."""
    from markupsafe import Markup  # noqa: PLC0415 - heavy; only pages need it

    return Markup(text)  # noqa: S704 - see above


def template_text(name: str) -> str:
    """A file of the folder `templates`."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def digest(script: str) -> str:
    """The hash by which a security policy names a script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
