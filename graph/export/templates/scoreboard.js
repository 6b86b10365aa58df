/* The matrix: directives by provinces or ministries; on a phone the list of one directive, or of one unit. */
(function (G) {
  const { el, W } = G;
  const rest = G.rest;
  const byId = (id) => document.getElementById(id);
  const box = byId("matrix");
  const SIGNS = { plan: "✓", party: "◇", discussed: "◐", none: "·" };
  const WORDS = { plan: "state.found", party: "state.party", discussed: "state.discussed", none: "state.none" };

  G.narrow = () => window.innerWidth <= 700;
  G.sign = (state) => el("span", { class: "sign", "aria-hidden": "true", text: SIGNS[state] });
  G.stateWord = (state) => W(WORDS[state]);
  G.days = (n) => W("cascade.days", { n: G.integer(n) });

  /* ---- a cell in words */

  /* The first line of a claiming cell: the days where there is a lag, else what else is known of its time. */
  G.cellHead = function (cell) {
    if (cell.s === "discussed") return W("sb.discussed");
    if (cell.early) return W("date.mismatch");
    return cell.lag !== undefined ? G.days(cell.lag) : cell.s === "party" ? W("sb.party") : G.day(cell.day) || W("date.unknown");
  };
  G.cellFoot = function (cell) {
    const parts = G.state.now && cell.s === "plan" && G.parts(cell.d, cell.u);
    if (parts && parts.b && !parts.own) return W("sb.partial", { a: parts.a, b: parts.b });
    if (cell.s === "discussed") return cell.day ? W("sb.met", { date: G.day(cell.day) }) : W("date.unknown");
    return G.short(G.nodes[cell.p]);
  };
  function cellWords(d, u, cell) {
    const detail = cell ? [G.cellHead(cell), G.cellFoot(cell), cell.certainty === "register" ? W("cert.register") : ""].filter(Boolean).join(", ") : "";
    const values = { province: [G.unitName(u), G.noteOf(u)].filter(Boolean).join(" "), directive: G.short(G.nodes[d]), state: G.stateWord(cell ? cell.s : "none"), detail };
    return W("sb.cell.aria", values).replace(/, $/, "");
  }
  /* Of a successor without a cell: how many of its former provinces have one. */
  const handed = (d, u) => { const parts = G.state.now ? null : G.parts(d, u); return parts && parts.a ? W("sb.handed", { a: parts.a, b: parts.b }) : ""; };
  const looks = (cell) => "state " + cell.s + " " + cell.certainty + (cell.early ? " early" : "") + (partial(cell) ? " partial" : "");
  const partial = (cell) => { const parts = G.state.now && cell.s === "plan" && G.parts(cell.d, cell.u); return parts && !parts.own && parts.a < parts.b; };
  G.stateBox = (cell) => el("span", { class: looks(cell) }, G.sign(cell.s), el("span", {}, el("b", { class: "number", text: G.cellHead(cell) }), el("span", { class: "number", text: G.cellFoot(cell) })));

  /* A button that opens the sentences of a relation, in the name of the thing at one end. */
  G.opens = (x, i) => el("button", { class: G.nodes[i].t === "Directive" ? "text number" : "text", lang: "vi", "data-relation": x, text: G.short(G.nodes[i]), on: { click: () => G.go({ relation: x }) } });

  /* ---- figures of a column or a row */

  G.countWords = function (figures) {
    return [el("b", { text: String(figures.plan) }), " / " + figures.discussed, figures.party ? " · " + W("sb.partyCount", { n: figures.party }) : "", figures.unknown ? " · " + W("sb.unknownExtra", { n: figures.unknown }) : ""].filter(Boolean);
  };
  G.lagText = (figures) => (figures.median === null ? W("sb.lagNone") : W("sb.medianLongest", { median: G.decimal(figures.median), longest: G.integer(figures.longest) })) + (figures.early ? " · " + W("sb.earlyCount", { n: figures.early }) : "");
  G.aboutDocument = (doc) => [String(doc.d || "").slice(0, 4), G.lang === "en" ? doc.te || doc.ti : doc.ti].filter(Boolean).join(" · ");

  /* ---- which rows, in which order */

  function rows(board) {
    const told = new Set(board.cells.map((cell) => cell.u));
    const unknown = board.units.filter((u) => rest.units[u].k === "unknown");
    const known = board.units.filter((u) => rest.units[u].k !== "unknown" && (G.state.all || told.has(u)));
    const name = (u) => G.unitName(u);
    if (G.state.sort === "name") known.sort((a, b) => name(a).localeCompare(name(b), "vi") || a - b);
    if (G.state.sort === "lag") {
      const lag = new Map(known.map((u) => [u, G.figures(G.ofUnit(u)).median]));
      known.sort((a, b) => (lag.get(a) === null) - (lag.get(b) === null) || lag.get(a) - lag.get(b) || a - b);
    }
    return { unknown, known, silent: silent(board, told) };
  }
  const silent = (board, told) => board.units.filter((u) => rest.units[u].k !== "unknown" && !told.has(u));
  /* How many units that are; as then, those since July 2025 are counted apart from those before. */
  function otherUnits(units) {
    const late = G.state.now ? 0 : units.filter((u) => rest.units[u].of).length;
    return late ? W("sb.otherUnitsThen", { n: units.length - late, m: late }) : W("sb.otherUnits", { n: units.length });
  }

  /* ---- the table; arrows go from cell to cell, Enter opens */

  function column(d) {
    const doc = G.nodes[d];
    return el("th", { scope: "col" }, el("button", { class: "text head", tabindex: "-1", "data-directive": doc.id, on: { click: () => G.go({ node: d }) } }, el("b", { class: "number", lang: "vi", text: G.short(doc) }), el("small", { lang: G.lang === "en" && doc.te ? "en" : "vi", text: G.aboutDocument(doc) })));
  }
  function rowHead(u, board) {
    const node = G.nodes[G.unitNode(u)];
    const figures = G.figures(G.ofUnit(u));
    return el("th", { scope: "row" }, el("button", { class: "text head", tabindex: "-1", "data-unit": node.id, on: { click: () => G.go({ node: G.unitNode(u) }) } }, el("b", { lang: "vi", text: G.unitName(u) }), " ", el("small", { text: G.noteOf(u) })),
      board.cells.length && figures.plan ? el("small", { class: "row", text: W("sb.rowFigures", { n: figures.plan }) + (figures.median === null ? "" : " · " + W("sb.median", { n: G.decimal(figures.median) })) }) : null);
  }
  function cellOf(d, u, board) {
    const cell = board.at(d, u);
    const words = cellWords(d, u, cell);
    const chosen = G.state.cell && G.state.cell[0] === d && G.state.cell[1] === u;
    const inner = cell ? G.stateBox(cell) : el("span", { class: "none" }, handed(d, u) || SIGNS.none);
    return el("td", { tabindex: "-1", "data-cell": d + "|" + u, class: (cell ? "claims" : "silent") + (chosen ? " chosen" : ""), "aria-label": words + (cell || !handed(d, u) ? "" : ", " + handed(d, u)) }, inner);
  }
  function matrix(board) {
    const { unknown, known, silent: others } = rows(board);
    const figures = new Map(board.directives.map((d) => [d, G.figures(G.ofDirective(d))]));
    const line = (u) => el("tr", {}, rowHead(u, board), board.directives.map((d) => cellOf(d, u, board)));
    const region = (text) => el("tr", { class: "region" }, el("th", { scope: "rowgroup", colspan: board.directives.length + 1 }, el("span", { text })));
    const body = el("tbody", {}, unknown.map(line));
    let last = -1;
    for (const u of known) {
      if (G.state.sort === "region" && G.state.rows === "province" && rest.units[u].r !== last) body.append(region(rest.regions[(last = rest.units[u].r)]));
      body.append(line(u));
    }
    const sum = (word, text) => el("tr", { class: "sums" }, el("th", { scope: "row", text: W(word) }), board.directives.map((d) => el("td", {}, el("button", { class: "text", tabindex: "-1", "data-figures": rest.docs[d].id, on: { click: () => G.go({ node: d }) } }, text(figures.get(d))))));
    const table = el("table", { role: "grid", "aria-label": W("sb.title") },
      el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "corner" }, W(G.state.rows === "ministry" ? "sb.rows.ministry" : "type.province")), board.directives.map(column)), sum("sb.foundOverDiscussed", G.countWords), sum("sb.lagMedian", G.lagText)), body);
    table.addEventListener("click", (event) => open(event.target.closest("[data-cell]")));
    table.addEventListener("keydown", walk);
    const first = table.querySelector(".chosen") || table.querySelector("td.claims") || table.querySelector("button");
    if (first) first.tabIndex = 0;
    return [el("div", { class: "scroll", role: "region", "aria-label": W("sb.title"), tabindex: "-1" }, table), unfold(others)];
  }
  function unfold(units) {
    if (!units.length || G.state.rows === "ministry") return null;
    return el("p", { class: "others" }, el("button", { class: "text", id: "others", "aria-expanded": String(G.state.all), text: W(G.state.all ? "sb.othersClose" : "sb.othersNone", { units: otherUnits(units) }), on: { click: () => G.go({ all: !G.state.all }) } }), " ", el("span", { text: W("state.none.note") }));
  }
  function open(cell) {
    if (!cell) return;
    const [d, u] = cell.dataset.cell.split("|").map(Number);
    G.go({ cell: [d, u] });
  }
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -999], End: [0, 999] };
  function walk(event) {
    const cell = event.target.closest("th, td");
    if (event.key === "Enter" || event.key === " ") {
      if (event.target === cell) { event.preventDefault(); open(cell); }
    } else if (event.key in STEPS) {
      event.preventDefault();
      const lines = Array.from(cell.closest("table").rows).filter((row) => !row.classList.contains("region"));
      const at = lines.indexOf(cell.parentNode);
      const [down, right] = STEPS[event.key];
      const line = lines[Math.max(0, Math.min(at + down, lines.length - 1))];
      const next = line.cells[Math.max(0, Math.min(cell.cellIndex + right, line.cells.length - 1))];
      const target = next.matches("[tabindex]") ? next : next.querySelector("button");
      if (!target) return;
      for (const old of cell.closest("table").querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
      target.tabIndex = 0;
      target.focus();
    }
  }

  /* ---- a phone: one directive or one unit */

  function list(board) {
    if (!board.directives.length) return [];
    const about = G.state.one >= 0 ? G.state.one : board.directives[0];
    const unit = G.unitOf(about);
    const told = unit >= 0 ? G.ofUnit(unit) : G.ofDirective(about);
    const option = (i, text) => el("option", { value: i, selected: i === about, text });
    const units = board.units.filter((u) => board.cells.some((cell) => cell.u === u));
    const select = el("select", { id: "one", "aria-label": W("sb.choose"), on: { change: () => G.go({ one: Number(select.value), cell: null, node: -1 }) } },
      el("optgroup", { label: W("sb.byDirective") }, board.directives.map((d) => option(d, [G.short(G.nodes[d]), G.aboutDocument(rest.docs[d])].filter(Boolean).join(" · ").slice(0, 70)))),
      el("optgroup", { label: W(G.state.rows === "ministry" ? "sb.rows.ministry" : "sb.rows.province") }, units.map((u) => option(G.unitNode(u), [G.unitName(u), G.noteOf(u)].filter(Boolean).join(" ")))));
    const figures = G.figures(told);
    const entry = (cell) => el("li", {}, el("button", { "data-cell": cell.d + "|" + cell.u, class: "entry", on: { click: () => G.go({ cell: [cell.d, cell.u] }) } },
      el("span", { class: looks(cell) }, G.sign(cell.s)), el("span", { class: "what" }, el("b", { lang: "vi", text: unit >= 0 ? G.short(G.nodes[cell.d]) : G.unitName(cell.u) }), " ", unit >= 0 ? null : el("small", { text: G.noteOf(cell.u) }),
        el("small", { class: "line", text: [G.stateWord(cell.s), cell.p !== undefined ? G.short(G.nodes[cell.p]) : "", G.day(cell.day)].filter(Boolean).join(" · ") })),
      el("span", { class: "lag number", text: cell.lag !== undefined ? G.days(cell.lag) : "" })));
    const others = unit >= 0 ? [] : silent(board, new Set(told.map((cell) => cell.u)));
    return [select,
      el("p", { class: "sum" }, el("button", { class: "text", on: { click: () => G.go({ node: about }) } }, W("sb.rowFigures", { n: unit >= 0 ? told.filter((cell) => cell.s === "plan").length : figures.plan }) + (figures.median === null ? "" : " · " + W("sb.median", { n: G.decimal(figures.median) })))),
      el("ul", { class: "entries" }, told.map(entry), others.length && G.state.rows === "province" ? el("li", { class: "entry quiet" }, el("span", { class: "state" }, G.sign("none")), el("span", { class: "what" }, el("b", { text: otherUnits(others) }), el("small", { class: "line", text: W("state.none") + ". " + W("state.none.note") }))) : null)];
  }

  /* ---- what stands above */

  function segment(word, options) {
    return el("div", { class: "segment", role: "group", "aria-label": W(word) }, options.map(([text, pressed, change, id]) => el("button", { id, "aria-pressed": String(pressed), text: W(text), on: { click: () => G.go(change) } })));
  }
  function controls(board) {
    const sort = el("select", { id: "sort", "aria-label": W("sb.sort"), on: { change: () => G.go({ sort: sort.value }) } }, ["region", "name", "lag"].map((name) => el("option", { value: name, selected: G.state.sort === name, text: W("sb.sort." + name) })));
    const only = el("input", { type: "checkbox", id: "only", on: { change: () => G.go({ all: !only.checked }) } });
    only.checked = !G.state.all;
    const wide = !G.narrow() && G.state.rows === "province" && board.cells.length;
    return [
      segment("sb.view", [["view.then", !G.state.now, { now: false }, "then"], ["view.now", G.state.now, { now: true }, "now"]]),
      segment("sb.rows", [["sb.rows.province", G.state.rows === "province", { rows: "province" }, "provinces"], ["sb.rows.ministry", G.state.rows === "ministry", { rows: "ministry" }, "ministries"]]),
      wide ? sort : null, wide ? el("label", { class: "check" }, only, el("span", { text: W("sb.onlyWithData") })) : null,
    ];
  }
  function legend() {
    const entry = (state, more) => el("li", {}, el("span", { class: "state " + state, "aria-hidden": "true" }, G.sign(state)), el("span", {}, G.stateWord(state), more ? el("small", { text: " " + more }) : null));
    return [entry("plan"), entry("party"), entry("discussed"), entry("none", W("state.none.note")),
      el("li", {}, el("span", { class: "state plan register", "aria-hidden": "true" }, G.sign("plan")), el("span", { text: W("cert.register") })), el("li", {}, el("span", { class: "state plan inferred", "aria-hidden": "true" }, G.sign("plan")), el("span", { text: W("cert.inferred") }))];
  }
  G.scopeText = (board) => W("sb.scope", { sources: G.integer(rest.sources.length), date: G.day(rest.newest) || W("date.unknown"), directives: G.integer(board.directives.length), cells: G.integer(board.cells.length) });

  G.drawBoard = function () {
    const board = G.board();
    const focus = document.activeElement && document.activeElement.id;
    const old = box.querySelector(".scroll");
    const scroll = old ? [old.scrollLeft, old.scrollTop] : [0, 0];
    G.fill(byId("controls"), controls(board));
    byId("scope").textContent = G.scopeText(board) + " " + (rest.changes ? W("sb.change", { delta: W("sb.changes.table", { n: rest.changes.length }) }) : W("sb.firstBuild"));
    G.fill(byId("how"), [W("lag.definition"), W("sb.method.median"), W("sb.method.party"), W("view.then.note"), W("province.unknown.note")].map((text) => el("p", { text })));
    G.fill(byId("legend"), legend());
    G.fill(box, board.cells.length ? (G.narrow() ? list(board) : matrix(board)) : el("p", { class: "info", text: W(G.state.rows === "ministry" ? "sb.emptyMinistries" : "sb.empty") }));
    const fresh = box.querySelector(".scroll");
    if (fresh) [fresh.scrollLeft, fresh.scrollTop] = scroll;
    if (focus && byId(focus)) byId(focus).focus({ preventScroll: true });
  };
})(GG);
