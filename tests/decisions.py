"""An official document of our own, zone by zone, for tests that read one."""

from __future__ import annotations

NUMBER = "512/QĐ-UBND"
HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 512/QĐ-UBND\n\nLào "
    "Cai, ngày 14 tháng 9 năm 2023\n\n"
)
TITLE = "QUYẾT ĐỊNH\n\nVỀ VIỆC KIỆN TOÀN TRẠM Y TẾ\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\n"
BASIS = "Căn cứ Luật Khám bệnh, chữa bệnh ngày 09 tháng 01 năm 2023;\n\n"
SIGNED = "\n\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nLê Văn Khải\n"


def decision(*, title: str = TITLE, basis: str = BASIS, body: str = "Điều 1. Kiện toàn trạm.", signed: str = SIGNED) -> str:
    """A decision of the committee of Lào Cai, with the zones given in place of its own."""
    return f"{HEAD}{title}{basis}QUYẾT ĐỊNH:\n\n{body}{signed}"
