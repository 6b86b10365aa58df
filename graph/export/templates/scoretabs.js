/* Below the matrix: lags as a picture, meetings and who chaired them, what changed, what is cited and who stands between. */
(function (G) {
  const { el, svg, W } = G;
  const rest = G.rest;
  const byId = (id) => document.getElementById(id);
  const LOTS = 60; // rows shown at first
  const TABS = ["lag", "meetings", "changes", "cited"];
  const named = (d) => el("button", { class: "text number", lang: "vi", text: G.short(G.nodes[d]), on: { click: () => G.go({ node: d }) } });

  const opens = (cell, text) => el("button", { class: "text", lang: "vi", text, on: { click: () => G.go({ cell: [cell.d, cell.u] }) } });

  function table(caption, columns, rows) {
    const body = el("tbody", {}, rows.slice(0, LOTS));
    const more = rows.length > LOTS ? el("button", { text: W("panel.more", { n: rows.length - LOTS }), on: { click: () => { body.append(...rows.slice(LOTS)); more.remove(); } } }) : null;
    return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption }, el("table", {}, el("caption", { text: caption }), el("thead", {}, el("tr", {}, columns.map((word) => el("th", { scope: "col", text: W(word) })))), body), more);
  }
  const row = (...cells) => el("tr", {}, cells.map((cell) => (cell instanceof HTMLElement && cell.tagName === "TD" ? cell : el("td", {}, cell))));

  /* ---- lags: one line a directive, one dot a unit, a bar at the median */

  function lags() {
    const board = G.board();
    const lines = board.directives.map((d) => ({ d, cells: G.ofDirective(d).filter((cell) => cell.lag !== undefined), figures: G.figures(G.ofDirective(d)) })).filter((line) => line.cells.length);
    if (!lines.length) return el("p", { class: "info", text: W("sb.lag.empty") });
    const longest = Math.max(...lines.map((line) => line.figures.longest));
    const early = board.cells.filter((cell) => cell.early);
    return [el("p", { class: "cite", text: W("sb.lag.note") + " " + W("lag.definition") }), picture(lines, longest),
      table(W("sb.lag.table"), ["col.directive", "sb.lag.units", "sb.lag.median", "sb.lag.longest", "sb.lag.rows"], lines.map((line) => row(named(line.d), String(line.cells.length), G.decimal(line.figures.median), G.integer(line.figures.longest),
        G.listed(line.cells.slice().sort((a, b) => a.lag - b.lag || a.u - b.u).map((cell) => opens(cell, G.unitName(cell.u) + " " + G.integer(cell.lag))))))),
      early.length ? el("p", { class: "cite" }, W("sb.lag.left"), " ", G.listed(early.map((cell) => opens(cell, G.unitName(cell.u) + " × " + G.short(G.nodes[cell.d]))))) : null];
  }
  function picture(lines, longest) {
    const wide = Math.max(280, Math.min(1100, byId("tab").clientWidth - 8));
    const left = G.narrow() ? 122 : 150;
    const end = wide - 18;
    const LINE = 26;
    const x = (days) => left + (days / Math.max(longest, 1)) * (end - left);
    const high = lines.length * LINE;
    const all = svg("svg", { width: wide, height: high + 34, viewBox: "0 0 " + wide + " " + (high + 34), class: "axis lags", "aria-hidden": "true" });
    const text = (words, props) => { const node = svg("text", props); node.textContent = words; return node; };
    const step = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((size) => longest / size <= (end - left) / 80) || longest;
    for (let days = 0; days <= longest; days += step) all.append(svg("path", { d: "M" + x(days) + " 0V" + high, class: "grid" }), text(G.integer(days), { x: x(days), y: high + 16, "text-anchor": "middle" }));
    all.append(text(W("sb.lag.axis"), { x: end, y: high + 31, "text-anchor": "end" }));
    lines.forEach(function (line, n) {
      const y = n * LINE + LINE / 2;
      all.append(text(G.short(G.nodes[line.d]).slice(0, G.narrow() ? 14 : 20), { x: left - 12, y: y + 4, "text-anchor": "end", class: "label" }), svg("path", { d: "M" + left + " " + y + "H" + end, class: "grid" }));
      if (line.cells.length > 1) all.append(svg("path", { d: "M" + x(line.figures.median) + " " + (y - 10) + "v20", class: "median" }));
      for (const cell of line.cells) {
        const dot = svg("circle", { cx: x(cell.lag), cy: y, r: 5.5, class: "dot" });
        const name = svg("title", {});
        name.textContent = G.unitName(cell.u) + ": " + G.days(cell.lag);
        dot.append(name);
        dot.addEventListener("click", () => G.go({ cell: [cell.d, cell.u] }));
        all.append(dot);
      }
    });
    return el("div", { class: "picture" }, all);
  }

  /* ---- meetings and chairs */

  const person = (i) => el("button", { class: "text", lang: "vi", text: G.nodes[i].l, on: { click: () => G.go(G.nodes[i].ps ? { view: "person", root: i } : { node: i }) } });
  function meetings() {
    const all = rest.meetings.map((meeting) => G.numberOf(meeting.id)).sort((a, b) => String(G.nodes[b].d || "").localeCompare(String(G.nodes[a].d || "")) || a - b);
    if (!all.length) return el("p", { class: "info", text: W("sb.meetings.empty") });
    const chairs = new Map();
    for (const i of all) for (const x of G.partsIn(i, "chaired")) (chairs.get(G.relations[x].f) || chairs.set(G.relations[x].f, []).get(G.relations[x].f)).push(i);
    const ranked = Array.from(chairs).sort((a, b) => b[1].length - a[1].length || G.nodes[a[0]].l.localeCompare(G.nodes[b[0]].l, "vi"));
    return [table(W("sb.meetings.table", { n: all.length }), ["panel.date", "type.meeting", "panel.province", "rel.chaired", "rel.discusses"], all.map((i) => {
      const about = G.about(i).filter((x) => G.relations[x].p === "discusses");
      return row(el("td", { class: "number", text: G.day(G.nodes[i].d) || W("date.unknown") }), el("button", { class: "text", lang: "vi", text: G.nodes[i].l, on: { click: () => G.go({ node: i }) } }), G.placeOf(G.nodes[i]) || "–",
        G.listed(G.partsIn(i, "chaired").map((x) => G.opens(x, G.relations[x].f))),
        G.listed(about.map((x) => G.opens(x, G.relations[x].o))));
    })),
      chairs.size ? table(W("sb.chairs.table"), ["type.official", "sb.meetings", "sb.chairs.about"], ranked.map(([i, held]) => {
        const about = new Set(held.flatMap((m) => G.about(m).filter((x) => G.relations[x].p === "discusses").map((x) => G.relations[x].o)));
        return row(person(i), String(held.length), G.listed(Array.from(about, named)));
      })) : null];
  }

  /* ---- what changed since an earlier build */

  function changes() {
    if (!rest.changes) return el("p", { class: "info" }, W("sb.firstBuild"), " ", el("code", { text: "govgraph build --since OLD_OUT" }));
    if (!rest.changes.length) return el("p", { class: "info", text: W("sb.changes.none") });
    return table(W("sb.changes.table", { n: rest.changes.length }), ["col.directive", "col.unit", "sb.changes.before", "sb.changes.after"], rest.changes.map((change) => row(named(change.d),
      el("button", { class: "text", lang: "vi", text: G.unitName(change.u), on: { click: () => G.go({ now: false, rows: rest.units[change.u].k === "ministry" ? "ministry" : "province", cell: [change.d, change.u] }) } }), G.stateWord(change.a || "none"), G.stateWord(change.b || "none"))));
  }

  /* ---- measures, each with what its figure means */

  function fold(count, lines) {
    return el("details", {}, el("summary", { text: String(count) }), el("ul", {}, lines));
  }
  const sentence = (told) => { const s = G.statements(told)[0]; return s ? [": “", el("span", { lang: "vi" }, G.whole(G.quote(s))), "” ", el("code", { text: rest.sources[s.f].f })] : [" ", el("span", { class: "tag register", text: W("cert.register") })]; };
  function cited() {
    return [
      rest.cited.length ? table(W("sb.cited.table"), ["col.document", "sb.cited.by"], rest.cited.map((one) => row(el("td", {}, named(one.d), " ", el("small", { text: G.aboutDocument(rest.docs[one.d]) })), fold(one.n, one.by.map(([d, told]) => el("li", {}, named(d), sentence(told))))))) : null,
      el("p", { class: "cite", text: W("sb.cited.means") }),
      rest.between.length ? table(W("sb.between.table"), ["type.agency", "sb.between.pairs", "sb.between.up", "sb.between.down"], rest.between.map((one) => row(el("td", { lang: "vi", text: one.l }), G.decimal(one.n), ties(one.up), ties(one.down)))) : null,
      el("p", { class: "cite", text: W("sb.between.means") })];
  }
  const ties = (rows) => fold(rows.length, rows.map(([later, superior, told]) => el("li", {}, named(later), " → ", named(superior), sentence(told))));

  const DRAW = { lag: lags, meetings, changes, cited };
  G.drawTabs = function () {
    const tab = (name) => el("button", { role: "tab", id: "tab-" + name, "aria-selected": String(G.state.tab === name), "aria-controls": "tab", tabindex: G.state.tab === name ? "0" : "-1", text: W("sb.tab." + name), on: { click: () => G.go({ tab: name }) } });
    const had = document.activeElement && document.activeElement.getAttribute("role") === "tab";
    G.fill(byId("tablist"), TABS.map(tab));
    G.fill(byId("tab"), DRAW[G.state.tab]());
    byId("tab").setAttribute("aria-labelledby", "tab-" + G.state.tab);
    if (had) byId("tab-" + G.state.tab).focus({ preventScroll: true });
  };
  byId("tablist").addEventListener("keydown", function (event) {
    const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!turn) return;
    event.preventDefault();
    G.go({ tab: TABS[(TABS.indexOf(G.state.tab) + turn + TABS.length) % TABS.length] });
  });
  G.TABS = TABS;
})(GG);
