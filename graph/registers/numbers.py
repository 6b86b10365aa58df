"""The official form of a document number: which codes it has, which system it belongs to, how it is written.

`N/TYPE-ISSUER` is State, `N-TYPE/ISSUER` is Party, `N/YYYY/QHnn` the National Assembly; the issuer decides, not the
printed separators, since press and scans mix them ("128-NQ/CP" is 128/NQ-CP, "25/CT-TW" is 25-CT/TW).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph.model import DocNumber
from graph.registers.registers import DocumentType, IssuerCode, Registers
from graph.text.docnumbers import WrittenNumber

_ASSEMBLY = re.compile(r"(?P<body>UBTVQH|QH)(?P<term>\d{1,2})?\Z")
# Kinds whose word outweighs the code: their numbers often carry none, or that of the unit.
_SAID = frozenset({"Tờ trình", "Báo cáo", "Công điện"})
_SHORT_BODIES = frozenset({"CP", "TW", "TU"})
_ALIKE = 0.75  # share of letters that a misprinted code has in common with the code meant
_PRINTED_AS_IS = frozenset({"TTLT", "TTLB"})  # joint circulars were printed with slashes until about 2010


@dataclass(frozen=True, slots=True)
class OfficialNumber:
    """A number in its official form and what its codes tell.

    `text`: "135/KH-UBND"; `kind`: what the type code says ("Kế hoạch"), "" where only words can tell;
    `issuer`: id of the issuing body in the agency register where the code is certain ("thu-tuong-chinh-phu"), else "".
    """

    text: str
    kind: str
    type_code: str
    issuer_code: str
    issuer: str
    system: str


def official(written: WrittenNumber, registers: Registers, kind: str = "") -> OfficialNumber | None:
    """The official form of a written number; None if its codes are not those of a document.

    kind: the kind that the text names before the number ("Kế hoạch"), which settles what codes leave open.
    """
    number = written.number
    codes = [part for code in number.codes for part in _unglued(code, registers)]
    codes = _as_meant(codes, written.separators, registers, kind)
    last = _ASSEMBLY.match(codes[-1].upper())
    if last is not None and last["term"]:
        return _assembly(number, codes, last, registers, kind)
    first_type = registers.type_code(codes[0], "state")
    if kind == "Công văn" and len(codes) > 1 and registers.issuer_code(codes[1]) is None:
        return _letter(number, codes, registers, kind)  # "Công văn số 577/CT-THNVDT": CT is the tax office here, not a directive
    if first_type is not None and len(codes) > 1:
        return _typed(number, codes, written.separators, registers, kind)
    return _letter(number, codes, registers, kind)


def _unglued(code: str, registers: Registers) -> list[str]:
    """ "QĐ.UBND" is two codes, "TT.HĐND" is one."""
    if "." not in code or registers.issuer_code(code) is not None:
        return [code]
    parts = code.split(".")
    known = registers.type_code(parts[0], "state") is not None and all(registers.issuer_code(p) is not None for p in parts[1:])
    return parts if known else [code]


def _as_meant(codes: list[str], separators: str, registers: Registers, kind: str) -> list[str]:
    """The codes without a slip in the type that the word before the number tells: "Nghị quyết số 21-NQQ/TW", "Kế hoạch số 12/KHUBND"."""
    if not kind or registers.type_code(codes[0], "state") is not None or registers.issuer_code(codes[0]) is not None:
        return codes
    issuer = registers.issuer_code(codes[-1]) if len(codes) > 1 else None
    system = issuer.system if issuer is not None and issuer.system in ("party", "state") else _printed(separators)
    own = registers.kind_codes.get((kind, system), "")
    if not own:
        return codes
    if len(codes) == 1:
        rest = codes[0].removeprefix(own)
        glued = registers.issuer_code(rest) if rest != codes[0] and (len(rest) > 2 or rest in _SHORT_BODIES) else None
        return codes if glued is None else [own, rest]
    near = issuer is not None and _nearly(codes[0], own)
    return [own, *codes[1:]] if near else codes


def _nearly(written: str, code: str) -> bool:
    """Whether a code is another one with a letter too many or too few."""
    return SequenceMatcher(None, _loose(written), _loose(code)).ratio() >= _ALIKE


def _assembly(number: DocNumber, codes: list[str], last: re.Match[str], registers: Registers, kind: str) -> OfficialNumber:
    body, issuer = ("UBTVQH", "uy-ban-thuong-vu-quoc-hoi") if last["body"] == "UBTVQH" else ("QH", "quoc-hoi")
    code = body + last["term"]
    typed = registers.type_code(codes[0], "state") if len(codes) > 1 else None
    year = f"{number.year}/" if number.year is not None else ""
    type_part = f"{typed.code}-" if typed is not None else ""
    found_kind = kind or (typed.kind if typed is not None else "")
    return OfficialNumber(f"{number.number}/{year}{type_part}{code}", found_kind, typed.code if typed else "", code, issuer, "state")


def _typed(number: DocNumber, codes: list[str], separators: str, registers: Registers, kind: str) -> OfficialNumber | None:
    issuers = [registers.issuer_code(code) for code in codes[1:]]
    first = issuers[0]
    system = _system(first, separators, number)
    typed = registers.type_code(codes[0], system)
    if typed is None or typed.use == "no":
        return None
    year = f"{number.year}/" if number.year is not None else ""
    names = [_official_code(code, found) for code, found in zip(codes[1:], issuers, strict=True)]
    type_code = _own_variant(codes[0], typed)
    if typed.code in _PRINTED_AS_IS:
        # The parts keep the separators that they were printed with: "117/2007/TTLT/BTC-BLĐTBXH".
        marks = separators[-len(names) :] if len(separators) >= len(names) else "-" * len(names)
        text = f"{number.number}/{year}{type_code}" + "".join(mark + name for mark, name in zip(marks, names, strict=True))
    elif system == "party":
        text = f"{number.number}-{type_code}/{'-'.join(names)}"
    else:
        text = f"{number.number}/{year}{type_code}-{'-'.join(names)}"
    return OfficialNumber(text, _settled_kind(kind, typed, system, registers), typed.code, "-".join(names), _certain(issuers), system)


def _letter(number: DocNumber, codes: list[str], registers: Registers, kind: str) -> OfficialNumber | None:
    """A công văn (issuer, then drafting unit) or an old number with one code: 1129/TTg-KGVX, 211/TTg, 43/CP."""
    first = registers.issuer_code(codes[0])
    if first is None or first.system != "state":
        return None
    if len(codes) == 1 and not kind:
        return None
    if len(codes) > 1 and first.drafting and registers.issuer_code(codes[1]) is None and not kind:
        return None
    year = f"{number.year}/" if number.year is not None else ""
    names = [_official_code(codes[0], first) if code_is_certain(first) else codes[0], *codes[1:]]
    found_kind = kind if kind in _SAID or (kind and len(codes) == 1) else "Công văn"
    return OfficialNumber(f"{number.number}/{year}{'-'.join(names)}", found_kind, "", names[0], _certain([first]), "state")


def as_printed(written: WrittenNumber, registers: Registers, kind: str) -> OfficialNumber:
    """A number whose codes no register knows, behind the word for its kind: "Công văn số 2211/BTĐKT-VIII", "Thông tư số 14/TTLB"."""
    number, codes = written.number, list(written.number.codes)
    issuer = registers.issuer_code(codes[-1]) if len(codes) > 1 else None
    system = issuer.system if issuer is not None and issuer.system in ("party", "state") else _printed(written.separators) if len(codes) > 1 else "state"
    own_code = registers.kind_codes.get((kind, system), "")
    if issuer is not None and own_code and _nearly(codes[0], own_code):
        codes = [own_code, *(_official_code(code, registers.issuer_code(code)) for code in codes[1:])]
    year = f"{number.year}/" if number.year is not None else ""
    if system == "party" and number.year is None:
        return OfficialNumber(f"{number.number}-{codes[0]}/{'-'.join(codes[1:])}", kind, "", codes[-1], "", "party")
    return OfficialNumber(f"{number.number}/{year}{'-'.join(codes)}", kind, "", codes[0], "", "state")


def code_is_certain(code: IssuerCode) -> bool:
    """Whether a letter's issuer code may be rewritten to its official spelling; short press forms are kept as printed."""
    return code.code in ("TTg", "VPCP", "UBND", "HĐND")


def _system(issuer: IssuerCode | None, separators: str, number: DocNumber) -> str:
    if issuer is not None:
        return "party" if issuer.system == "party" else "state" if issuer.system == "state" else _printed(separators)
    return "state" if number.year is not None else _printed(separators)


def _printed(separators: str) -> str:
    return "party" if separators.startswith("-") else "state"


def _official_code(written: str, code: IssuerCode | None) -> str:
    if code is None:
        return written
    upper = written.upper().replace(".", "")
    # A variant that is a name of its own (LĐTBXH) is kept; a misprint of the code (TTG, TƯ, BGDDT) is repaired.
    return code.code if _loose(upper) == _loose(code.code) or code.code == "TW" else written


def _own_variant(written: str, typed: DocumentType) -> str:
    return typed.code if _loose(written) == _loose(typed.code) else written.replace("D", "Đ") if _loose(written) == "CTHD" else written


def _loose(code: str) -> str:
    return code.upper().replace("Đ", "D").replace("Ư", "U").replace(".", "").replace("&", "")


def _settled_kind(kind: str, typed: DocumentType, system: str, registers: Registers) -> str:
    """The kind of the words where its code agrees ("Quy định" for QĐ), else what the code says."""
    if kind in _SAID:
        return kind
    if kind and (registers.kind_codes.get((kind, system)) == typed.code or kind.startswith(typed.kind) or typed.kind.startswith(kind)):
        return kind
    return "" if (typed.code, system) in registers.shared_codes else typed.kind


def _certain(issuers: list[IssuerCode | None]) -> str:
    first = issuers[0]
    if first is None or not first.agency or first.uncertain or first.drafting or len(issuers) > 1:
        return ""
    return first.agency
