/* The panel: a cell of the matrix, a directive, a unit, a meeting or a hop, each with the sentences that say it. */
(function (G) {
  const { el, W } = G;
  const rest = G.rest;
  const panel = document.getElementById("panel");
  const close = () => G.go({ cell: null, node: -1, relation: -1 });
  const head = (title, icon) => G.panelHead(panel, title, icon, close);
  const thing = (i, text) => el("button", { class: "text", lang: "vi", "data-node": G.nodes[i].id, text: text || G.nodes[i].l, on: { click: () => G.go({ node: i }) } });
  const numbered = (i) => thing(i, G.short(G.nodes[i]));
  const { listed } = G;
  const query = (name, param, value) => el("p", { class: "cite" }, W("sb.query"), " ", el("code", { text: "govgraph query " + name + (param ? " --param " + param + '="' + value + '"' : "") }));
  const mapLink = (i) => el("a", { class: "button", href: "graph.html#v=1&w=levels&n=" + encodeURIComponent(G.nodes[i].id), text: W("panel.inMap") });
  const reference = (i) => (G.nodes[i].no || G.nodes[i].l) + (G.nodes[i].no && G.nodes[i].d ? "@" + G.nodes[i].d.slice(0, 4) : "");

  /* What tells a claim: sentences, the newest first, then rows of registers. */
  function evidence(told) {
    const statements = G.newestFirst(G.statements(told));
    const rows = G.rowsOf(told);
    const files = new Set(statements.map((s) => s.f)).size;
    const quotes = statements.reduce((n, s) => n + s.q.length, 0);
    return [el("h3", {}, W("evidence.title"), el("small", { text: statements.length ? W("evidence.count", { sources: files, quotes }) : W("cert.noQuote") })),
      statements.map((s) => [el("p", { class: "said" }, el("b", { lang: "vi", text: s.a }), " ", G.relWord(s.p), " ", el("b", { lang: "vi", text: (G.kinds[s.p] || {}).family === "date" ? G.day(s.b) : s.b })), G.told(s)]),
      rows.map((row) => el("p", { class: "said" }, el("b", { lang: "vi", text: row.a }), " ", G.relWord(row.p), " ", el("b", { lang: "vi", text: row.p === "issuedOn" ? G.day(row.b) : row.b }), " · ", el("span", { class: "tag register", text: W("cert.register") }), " ", G.rowOf([row.r, !row.n])))];
  }
  G.relWord = (p) => W("rel." + p + ("rel." + p + ".head" in rest.words ? ".head" : ""));

  function meetingLines(pairs) {
    return el("ul", { class: "ties" }, pairs.map(([meeting, x]) => {
      const node = G.nodes[meeting];
      const chairs = G.partsIn(meeting, "chaired").map((y) => G.nodes[G.relations[y].f].l);
      return el("li", {}, el("button", { class: "tie", on: { click: () => G.go(x === undefined ? { node: meeting } : { relation: x }) } }, G.icon(G.LOOKS.Meeting),
        el("span", { class: "name", lang: "vi" }, node.l, el("small", { text: [G.day(node.d) || W("date.unknown"), G.placeOf(node), chairs.length ? W("rel.chaired") + ": " + chairs.join(", ") : W("sb.noChair")].filter(Boolean).join(" · ") }))));
    }));
  }
  function cellLines(cells, name) {
    return el("ul", { class: "ties cells" }, cells.map((cell) => el("li", {}, el("button", { class: "tie", "data-cell": cell.d + "|" + cell.u, on: { click: () => G.go({ cell: [cell.d, cell.u] }) } },
      el("span", { class: "name" }, el("b", { lang: "vi", text: name(cell) }), el("small", { text: G.stateWord(cell.s) })), G.stateBox(cell)))));
  }

  /* ---- a cell */

  /* The documents on the way down from the directive, each with its days after the one above. */
  function way(cell) {
    const steps = [cell.d, ...(cell.w || [])];
    if (steps.length < 2) return null;
    return el("ol", { class: "way" }, steps.map((i, n) => {
      const hop = n ? G.about(i).find((x) => G.relations[x].f === i && G.relations[x].o === steps[n - 1] && G.relations[x].lag !== undefined) : undefined;
      const lag = hop === undefined ? "" : G.relations[hop].lag < 0 ? W("date.mismatch") : W("sb.after", { n: G.integer(G.relations[hop].lag) });
      return el("li", {}, numbered(i), " ", el("span", { class: "number", text: G.day(G.nodes[i].d) || W("date.unknown") }), lag ? " · " + lag : "");
    }));
  }
  function showCell(d, u) {
    const cell = G.board().at(d, u);
    const state = cell ? cell.s : "none";
    const parts = G.parts(d, u);
    const title = [G.unitName(u), G.noteOf(u)].filter(Boolean).join(" ") + " × " + G.short(G.nodes[d]);
    const plan = cell && cell.p !== undefined ? G.nodes[cell.p] : null;
    G.fill(panel, head(title, null),
      el("h2", { class: "verdict" }, el("span", { class: "state " + state }, G.sign(state)), " ", G.stateWord(state)),
      state === "none" ? el("p", { class: "note" }, W("state.none.note")) : null,
      rest.units[u].k === "unknown" ? el("p", { class: "note" }, W("province.unknown.note")) : null,
      plan ? el("p", { class: "plan" }, thing(cell.p), el("span", { class: "number", text: [" ", G.day(cell.day) || W("date.unknown")].join("") }), G.issuer(cell.p) ? el("span", { lang: "vi", text: ", " + G.issuer(cell.p) }) : null) : null,
      cell ? way(cell) : null,
      cell && cell.lag !== undefined ? el("p", {}, el("b", { text: W("lag.days", { n: G.integer(cell.lag) }) }), " ", el("span", { class: "cite", text: W("lag.definition") })) : null,
      cell && cell.early ? el("p", { class: "note warn", text: W("sb.early") }) : null,
      cell && cell.s === "party" ? el("p", { class: "cite", text: W("sb.method.party") }) : null,
      parts && parts.b ? el("p", { class: "note", text: W("province.successorOf", { a: parts.a, b: parts.b }) }) : null,
      cell && (cell.ps || []).length > 1 ? el("p", { class: "cite" }, W("sb.allPlans", { n: cell.ps.length }), " ", listed(cell.ps.map(numbered))) : null,
      cell && cell.m ? [el("h3", { text: W("cascade.meetings") }), meetingLines(cell.m.map((m) => [G.numberOf(rest.meetings[m].id)]))] : null,
      el("div", { class: "acts" }, el("button", { class: "strong", text: W("panel.openCascade"), on: { click: () => G.go({ view: "tree", root: d, up: false }) } }), plan ? mapLink(cell.p) : mapLink(d)),
      cell ? evidence(cell.st || []) : null,
      query("coverage-of-directive", "directive", reference(d)));
    G.announce(title + ": " + G.stateWord(state));
  }

  /* ---- a document: as a directive with its column, and as a plan with what it carries out */

  function shared(i) {
    const node = G.nodes[i];
    const same = G.sameNumber(node).filter((other) => other !== node);
    return same.length ? el("p", { class: "box" }, el("b", { text: W("search.sameNumber", { n: same.length + 1, no: node.no }) }), same.map((other) => [thing(G.nodes.indexOf(other)), " " + [String(other.d || "").slice(0, 4), other.ti].filter(Boolean).join(" · ") + " "])) : null;
  }
  function showDocument(i) {
    const node = G.nodes[i];
    const cells = G.ofDirective(i);
    const figures = G.figures(cells);
    const meetings = G.meetingsAbout(i);
    const above = G.about(i).filter((x) => G.kinds[G.relations[x].p].step && G.relations[x].f === i);
    const newest = cells.filter((cell) => cell.p !== undefined && cell.day && cell.day === figures.newest)[0];
    G.fill(panel, head(G.kindWord(node), G.icon(G.look(node), G.onlyRegistered(node))),
      el("h2", { lang: "vi" }, G.whole(node.l), G.lang === "en" && node.e ? el("small", { lang: "en", text: node.e }) : null),
      G.facts([
        [W("panel.subject"), node.ti ? [el("span", { lang: "vi" }, G.whole(node.ti)), node.te && G.lang === "en" ? " (" + node.te + ")" : ""] : ""],
        [W("panel.date"), G.day(node.d) || W("date.unknown")], [W("panel.agency"), G.issuer(i) ? el("span", { lang: "vi", text: G.issuer(i) }) : ""],
        [W("panel.asPrinted"), node.pr ? el("span", { class: "number", text: node.pr }) : ""],
        [W("panel.province"), node.pv !== undefined ? thing(node.pv) : node.b === 2 ? W("province.unknown") : ""],
        [G.capital(W("rel.implements")), listed(above.map((x) => G.opens(x, G.relations[x].o)))],
        [W("panel.register"), node.r ? el("code", { text: node.r }) : ""],
      ]),
      shared(i),
      cells.length ? [el("h3", { text: W("sb.coverage") }), G.facts([
        [W("sb.foundOverDiscussed"), G.countWords(figures)], [W("sb.lagMedian"), G.lagText(figures)],
        [W("sb.newest"), newest ? [thing(newest.p, G.short(G.nodes[newest.p])), " ", el("span", { class: "number", text: G.day(newest.day) })] : ""],
        [W("sb.meetings"), meetings.length ? String(meetings.length) : W("sb.noMeeting")],
      ]), cellLines(cells, (cell) => G.unitName(cell.u))] : null,
      meetings.length ? [el("h3", { text: W("cascade.meetings") }), meetingLines(meetings)] : null,
      el("div", { class: "acts" }, el("button", { class: "strong", text: W("panel.openCascade"), on: { click: () => G.go({ view: "tree", root: i, up: false }) } }), mapLink(i)),
      node.dt ? evidence(node.dt) : null,
      cells.length ? query("coverage-of-directive", "directive", reference(i)) : null, meetings.length ? query("meetings-about-directive", "directive", reference(i)) : null);
    G.announce(node.l);
  }

  /* ---- a province or ministry */

  function showUnit(i) {
    const u = G.unitOf(i);
    const node = G.nodes[i];
    const cells = G.ofUnit(u);
    const figures = G.figures(cells.map((cell) => Object.assign({}, cell, { u: cell.u })));
    const carried = cells.filter((cell) => cell.s === "plan").length;
    const former = rest.units[u].of ? rest.units[u].of.map((id) => G.numberOf(id)) : [];
    const unknown = rest.units[u].k === "unknown";
    G.fill(panel, head(W(node.t === "Agency" ? "sb.rows.ministry" : "type.province"), G.icon(G.LOOKS[node.t])),
      el("h2", { lang: "vi" }, G.unitName(u), el("small", { text: G.noteOf(u) })),
      unknown ? el("p", { class: "note", text: W("province.unknown.note") }) : null,
      cells.length ? null : el("p", { class: "note", text: W("state.none") + ". " + W("state.none.note") }),
      G.facts([
        [W("sb.carried"), String(carried)], [W("sb.lagMedian"), G.lagText(figures)], [W("sb.last"), cells.length ? G.day(figures.last) || W("date.unknown") : ""],
        [W("sb.parts"), listed(former.filter((n) => n >= 0).map((n) => thing(n)))],
      ]),
      cellLines(cells, (cell) => G.short(G.nodes[cell.d])),
      unknown ? null : el("div", { class: "acts" }, mapLink(i)),
      unknown || node.t === "Agency" ? null : query("coverage-of-province", "province", node.l));
    G.announce(node.l);
  }

  /* ---- a meeting, a body or person that is only named beside one, a hop */

  function showMeeting(i) {
    const node = G.nodes[i];
    const people = (role) => listed(G.partsIn(i, role).map((x) => G.opens(x, G.relations[x].f)));
    const about = G.about(i).filter((x) => G.relations[x].p === "discusses");
    G.fill(panel, head(W(G.look(node).word), G.icon(G.look(node))), el("h2", { lang: "vi", text: node.l }),
      G.facts([[W("panel.date"), G.day(node.d) || W("date.unknown")], [W("panel.province"), node.pv !== undefined ? thing(node.pv) : ""], ...G.ROLES.map((role) => [G.capital(G.relWord(role)), people(role)]),
        [G.capital(G.relWord("discusses")), listed(about.map((x) => G.opens(x, G.relations[x].o)))]]),
      el("div", { class: "acts" }, mapLink(i)), node.dt.length ? evidence(node.dt) : null);
    G.announce(node.l);
  }
  function showNamed(i) {
    const node = G.nodes[i];
    G.fill(panel, head(W(G.look(node).word), G.icon(G.look(node))), el("h2", { lang: "vi", text: node.l }), meetingLines(G.about(i).map((x) => [G.relations[x].o, x])));
    G.announce(node.l);
  }
  function showRelation(x) {
    const r = G.relations[x];
    const end = (i) => el("button", { class: "text end", lang: "vi", text: G.nodes[i].l, on: { click: () => G.go({ node: i }) } });
    const days = r.lag === undefined ? "" : [el("b", { text: G.days(r.lag) }), " ", el("span", { class: "number", text: G.day(G.nodes[r.o].d) + " → " + G.day(G.nodes[r.f].d) }), r.lag < 0 ? " · " + W("date.mismatch") : ""];
    const isHop = G.nodes[r.f].t === "Directive";
    G.fill(panel, head(W("panel.claim"), null),
      el("div", { class: "claim" }, end(r.f), el("p", { class: "verb", text: G.relWord(r.p) }), end(r.o)),
      G.facts([[W("panel.lag"), days], [W("panel.certainty"), [r.st.length ? G.sureness(r.best) : null, " ", G.tag(r)].filter(Boolean)], [W("panel.register"), r.rg ? G.rowOf(r.rg) : ""]]),
      el("h3", {}, W("evidence.title"), r.st.length ? null : el("small", { text: W("cert.noQuote") })), G.newestFirst(r.st).map((s) => G.told(s)),
      isHop && !(G.state.view === "tree" && G.state.root === r.o) ? el("div", { class: "acts" }, el("button", { class: "strong", text: W("panel.openCascade"), on: { click: () => G.go({ view: "tree", root: r.o, up: false }) } })) : null);
    G.announce([G.nodes[r.f].l, G.relWord(r.p), G.nodes[r.o].l].join(" "));
  }

  G.showPanel = function () {
    const { cell, node, relation } = G.state;
    panel.hidden = !cell && node < 0 && relation < 0;
    document.getElementById("frame").classList.toggle("open", !panel.hidden);
    if (panel.hidden) return;
    if (cell) showCell(cell[0], cell[1]);
    else if (relation >= 0) showRelation(relation);
    else if (G.unitOf(node) >= 0) showUnit(node);
    else ({ Directive: showDocument, Meeting: showMeeting }[G.nodes[node].t] || showNamed)(node);
    panel.scrollTop = 0;
    panel.classList.remove("full", "low");
  };
})(GG);
