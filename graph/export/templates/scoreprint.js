/* Taking the board along: the claims in view as CSV, and on paper as a list with numbered sentences. */
(function (G) {
  const { el, W } = G;
  const rest = G.rest;

  const claims = () => { const board = G.board(); return board.directives.flatMap((d) => board.cells.filter((cell) => cell.d === d)); };
  const quotes = (cell) => G.statements(cell.st || []).map(G.quote);

  G.boardCsv = function () {
    const rows = [["directive", "unit", "state", "document", "date", "lag_days", "sentence", "source", "directive_id", "unit_id"]];
    for (const cell of claims()) {
      const unit = rest.units[cell.u];
      rows.push([G.short(G.nodes[cell.d]), unit.n || G.vi("province.unknown"), cell.s, cell.p === undefined ? "" : G.short(G.nodes[cell.p]), cell.day || "", cell.lag === undefined ? "" : cell.lag, quotes(cell).join(" … "),
        Array.from(new Set(G.statements(cell.st || []).map((s) => rest.sources[s.f].f))).join("; "), rest.base + rest.docs[cell.d].id, unit.id ? rest.base + unit.id : ""]);
    }
    G.save(G.csv(rows), ["bang-theo-doi", G.state.now ? "nhu-nay" : "nhu-khi-do", G.state.rows, rest.newest].filter(Boolean).join("_") + ".csv");
  };

  /* Paper shows what a click would: scope and legend head each sheet, sentences stand as numbered notes. */
  G.drawPrint = function () {
    const notes = [];
    const number = function (statement) {
      const text = "“" + G.quote(statement) + "” " + [rest.sources[statement.f].h, G.day(rest.sources[statement.f].d), rest.sources[statement.f].f].filter(Boolean).join(", ");
      const at = notes.indexOf(text);
      return at < 0 ? notes.push(text) : at + 1;
    };
    const legend = ["plan", "party", "discussed"].map((state) => [G.sign(state).textContent, G.stateWord(state)].join(" ")).join(" · ") + ". " + W("sb.print.none") + " " + W("state.none.note");
    const columns = ["col.directive", "col.unit", "col.state", "col.document", "panel.date", "panel.lag", "evidence.title"];
    const body = claims().map((cell) => el("tr", {}, [G.short(G.nodes[cell.d]), [G.unitName(cell.u), G.noteOf(cell.u)].filter(Boolean).join(" "), G.sign(cell.s).textContent + " " + G.stateWord(cell.s), cell.p === undefined ? "–" : G.short(G.nodes[cell.p]),
      G.day(cell.day) || W("date.unknown"), cell.early ? W("date.mismatch") : cell.lag === undefined ? "–" : G.days(cell.lag), G.statements(cell.st || []).map((s) => "[" + number(s) + "]").join(" ") || W("cert.register")].map((text) => el("td", { text }))));
    G.fill(document.getElementById("paper"), el("table", {}, el("thead", {}, el("tr", {}, el("th", { colspan: columns.length }, W("sb.title"), el("small", { text: " " + G.scopeText(G.board()) + " " + W(G.state.now ? "view.now" : "view.then") + ". " + legend }))), el("tr", {}, columns.map((word) => el("th", { scope: "col", text: W(word) })))), el("tbody", {}, body)),
      el("ol", { class: "notes", lang: "vi" }, notes.map((text) => el("li", { text }))));
  };
})(GG);
