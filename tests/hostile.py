"""Texts, file names and arguments that try to give orders to a terminal; and how each command is called on a graph of them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from graph.cli import main

EVIL = "\x1b]52;c;ZQ==\x07\x9b31m\u202e"
SHOWN = r"\x1b]52;c;ZQ==\x07\x9b31m\u202e"
LINK = "[x](javascript:a)`<img src=x>|www.example.org"

TEXTS = {
    "hoi-nghi": """\
{e}Ngành y tế bàn việc thực hiện Chỉ thị số 25-CT/TW{e}

Thứ Năm, 16/05/2024

Giám đốc Sở Y tế tỉnh Bắc Kạn Nguyễn Thị Lựu{e} chủ trì hội nghị triển khai Chỉ thị số 25-CT/TW ngày {e}25/10/2023 của {e}Ban Bí thư. \
Theo{e} đó, Kế hoạch số 135/KH-UBND ngày 14/5/2024 của UBND tỉnh Bắc Kạn được ban hành để thực hiện Chỉ thị số 25-CT/TW. \
Chủ tịch UBND tỉnh Bắc Kạn Hoàng Văn Lương{e} ký Kế hoạch số 135/KH-UBND.
""",
    "lam-viec": """\
Sở Y tế{e} họp về y tế cơ sở

Thứ Hai, 10/06/2024

Giám đốc Sở Y tế tỉnh Bắc Kạn Trần Văn Bưởi{e} chủ trì cuộc họp ngày 10/6/2024. Theo{e} đó, Kế hoạch số 135/KH-UBND ngày 14/5/2024 của UBND tỉnh Bắc Kạn \
triển khai Chương trình số 52-CTr/TU ngày 15/02/2024 của{e} Ban Thường vụ Tỉnh ủy Bắc Kạn. Ông Trần Văn Bưởi{e} cùng bà Nguyễn Thị Lựu dự họp.
""",
}


@dataclass(frozen=True)
class Place:
    """A folder with hostile sources, two graphs of them, and what else the commands read."""

    folder: Path

    @property
    def sources(self) -> Path:
        return self.folder / f"in{EVIL}"

    @property
    def out(self) -> Path:
        return self.folder / f"out{EVIL}"

    def calls(self) -> dict[str, list[list[str]]]:
        """Each command with arguments that make it show the texts; those of `--graph` are added where there is such an option."""
        ledger = ["--ledger", str(self.folder / f"ledger{EVIL}.jsonl")]
        return {
            "build": [["--input", str(self.sources), "--out", str(self.folder / f"again{EVIL}"), "--no-cache", "--exports", "csv,html,scoreboard", *ledger]],
            "map": [["--output", str(self.folder / f"map{EVIL}.html"), *ledger]],
            "stats": [[]],
            "trace": [["25-CT/TW", "--why"], ["25-CT/TW", "--full"], ["135/KH-UBND", "--up"], []],
            "who": [["nguyen thi luu", "--why"], ["giam doc so y te", "--full"]],
            "meetings": [["--why"], ["--full"]],
            "query": [["plans-of-directive", "--param", "directive=25-CT/TW"], ["who-chaired"], []],
            "sparql": [[str(self.folder / f"{name}.rq")] for name in ("select", "construct", "ask")],
            "ask": [["kế hoạch nào thực hiện chỉ thị 25"]],
            "path": [["135/KH-UBND", "52-CTr/TU"], ["nguyen thi luu", "25-CT/TW"]],
            "coverage": [["25-CT/TW"], []],
            "review": [["--judged", *ledger], ledger, ["--same", "official/a", f"official/{EVIL}", "--who", EVIL, "--why", EVIL, *ledger]],
            "diff": [[str(self.folder / "before"), str(self.out), "--full"]],
            "validate": [["--skip", "shapes"], ["--skip", "shapes", "--graph", str(self.folder / "spoiled")]],
            "check-data": [["--data", str(self.folder / "data")]],
            "evaluate": [["--gold", str(self.folder / "gold"), "--errors"]],
            "explain": [[str(self.sources / f"{EVIL}hoi-nghi.txt")]],
        }


def run(place: Place, name: str, args: list[str]) -> Result:
    """A command on the graph of the place."""
    command = main.commands[name]
    if any("--graph" in p.opts for p in command.params) and "--graph" not in args:
        args = [*args, "--graph", str(place.out)]
    return CliRunner().invoke(main, [name, *args])


def lay(folder: Path, data: Path) -> Place:
    """Write all that the commands read."""
    place = Place(folder)
    place.sources.mkdir()
    for name, text in TEXTS.items():
        (place.sources / f"{EVIL}{name}.txt").write_text(text.format(e=EVIL), encoding="utf-8")
    (place.sources / f"{EVIL}{LINK}.pdf").write_bytes(b"")
    (place.sources / "bỏ qua\nĐã đọc 9 nguồn.pdf").write_bytes(b"")
    for out, sources in ((place.out, place.sources), (folder / "before", place.sources / f"{EVIL}lam-viec.txt")):
        done = CliRunner().invoke(main, ["build", "--input", str(sources), "--out", str(out), "--no-cache", "--exports", "facts,csv,nt"])
        assert done.exit_code == 0, done.output
    shutil.copytree(place.out, folder / "spoiled")
    for text in (folder / "spoiled" / "texts").iterdir():
        text.write_text(text.read_text(encoding="utf-8").replace("5", "6"), encoding="utf-8", newline="\n")
    (folder / "select.rq").write_text(f'SELECT ("{EVIL}" AS ?evil) ?quote {{ ?a oa:exact ?quote }}', encoding="utf-8")
    (folder / "construct.rq").write_text("CONSTRUCT { ?a oa:exact ?quote } { ?a oa:exact ?quote }", encoding="utf-8")
    (folder / "ask.rq").write_text("ASK { ?a oa:exact ?quote }", encoding="utf-8")
    (folder / "gold").mkdir()
    gold = {"doc": f"{EVIL}lam-viec", "officials": [f"Lê Văn Na{EVIL}"], "directives": [], "meetings": [], "relations": []}
    (folder / "gold" / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    (folder / "data").mkdir()
    for path in data.iterdir():
        (folder / "data" / path.name).symlink_to(path)
    (folder / "data" / "strings.csv").unlink()
    (folder / "data" / "strings.csv").write_text(f"key,vi,en\n{EVIL},a,b\n{EVIL},a,b\n", encoding="utf-8")
    (folder / f"ledger{EVIL}.jsonl").write_text("", encoding="utf-8")
    return place
