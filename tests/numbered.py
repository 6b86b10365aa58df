"""Documents whose numbers begin alike, and what a reader who types part of a number means: one table for the pages and the command line.

The longer number is always the better known one: more follows from it, and its subject holds the words "Chương trình 135".
"""

from __future__ import annotations

from ladders import A, document, told

from graph.model import GraphData

LOCAL, CENTRAL = "province", "central"
SHORT = (
    document("directive/135-KH-UBND", "Kế hoạch", "135/KH-UBND", LOCAL, printed="135-KH/UBND"),
    document("directive/135-QD-TTg", "Quyết định", "135/QĐ-TTg"),
    document("directive/13-KH-UBND", "Kế hoạch", "13/KH-UBND", LOCAL),
    document("directive/5-KH-SYT", "Kế hoạch", "05/KH-SYT", LOCAL),
    document("directive/25-CT-TW", "Chỉ thị", "25-CT/TW", system="party"),
    document("directive/188-2025-ND-CP", "Nghị định", "188/2025/NĐ-CP"),
)
LONG = (
    document("directive/1351-QD-UBND", "Quyết định", "1351/QĐ-UBND", LOCAL, title="Chương trình 135 của UBND xã"),
    document("directive/1351-KH-UBND", "Kế hoạch", "1351/KH-UBND", LOCAL, title="Chương trình 135 của UBND xã"),
    document("directive/51-KH-SYT", "Kế hoạch", "51/KH-SYT", LOCAL),
    document("directive/255-CT-TW", "Chỉ thị", "255-CT/TW", system="party"),
    document("directive/1881-2025-ND-CP", "Nghị định", "1881/2025/NĐ-CP"),
)
BELOW = tuple(document(f"directive/{n}-BC-X", "Báo cáo", f"{n}/BC-X") for n in range(701, 708))

KH, QD = "135/KH-UBND", "135/QĐ-TTg"
SEARCHES: dict[str, set[str]] = {  # what is typed → the numbers that come first, in whatever order
    "135 ubnd": {KH}, "ubnd 135": {KH}, "135ubnd": {KH}, "135/KH": {KH}, "135-kh": {KH}, "135kh": {KH}, "135 kh ubnd": {KH}, "kh 135": {KH}, "0135 kh": {KH},
    "kế hoạch số 135": {KH}, "ke hoach so 135": {KH}, "ke hoach 135": {KH}, "Kế hoạch số 135/KH-UBND": {KH},
    "quyết định 135": {QD}, "135 qđ": {QD}, "135 ttg": {QD},
    "135": {KH, QD}, "số 135": {KH, QD}, "so 135": {KH, QD}, "Số: 135": {KH, QD}, "so135": {KH, QD},
    "13": {"13/KH-UBND"}, "kh 13": {"13/KH-UBND"}, "5 syt": {"05/KH-SYT"}, "05": {"05/KH-SYT"}, "số 5": {"05/KH-SYT"},
    "25 ct tw": {"25-CT/TW"}, "25 ct": {"25-CT/TW"}, "ct 25": {"25-CT/TW"}, "25": {"25-CT/TW"}, "chỉ thị 25": {"25-CT/TW"}, "tw 25": {"25-CT/TW"},
    "188": {"188/2025/NĐ-CP"}, "188/2025": {"188/2025/NĐ-CP"}, "nghị định 188": {"188/2025/NĐ-CP"}, "1351 ubnd": {"1351/QĐ-UBND", "1351/KH-UBND"},
}  # fmt: skip


def numbered() -> GraphData:
    """The graph: every longer number is carried out by seven documents, every shorter one by one."""
    ties = [(upper, lower) for upper in LONG for lower in BELOW] + [(upper, BELOW[0]) for upper in SHORT]
    more = [(A, lower, "implements", upper, f"{lower.label} thực hiện {upper.label}.") for upper, lower in ties]
    return told((*SHORT, *LONG, *BELOW), more)
