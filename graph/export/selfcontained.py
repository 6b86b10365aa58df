"""What a page needs that stands alone: its own files, JSON that can't leave its element, and the hash of a script for the policy."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"
# In JSON, these may stand as escapes; without them no data can end the script element or open a comment in it.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


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
