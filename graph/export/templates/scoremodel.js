/* The data of the scoreboard, indexed: things and hops as search and cascade take them, cells of both views, and the figures counted from them. */
(function (G) {
  const { W } = G;
  const rest = G.rest;

  /* ---- things: documents, units, people, meetings, and those who are only named beside a meeting */

  const starts = { unit: rest.docs.length, person: rest.docs.length + rest.units.length };
  starts.meeting = starts.person + rest.people.length;
  const unitNode = (u) => starts.unit + u;
  const names = new Map(rest.units.map((unit) => [unit.id, unit.n]));
  const place = (u) => (u === undefined || rest.units[u].k === "unknown" ? undefined : unitNode(u));
  G.nodes = [
    ...rest.docs.map((d) => Object.assign({ t: "Directive", pv: place(d.u) }, d, { b: d.lv === "province" ? 2 : undefined })),
    ...rest.units.map((unit) => ({ t: unit.k === "ministry" ? "Agency" : "Province", id: unit.id || "unknown", l: unit.n || G.vi("province.unknown"), e: unit.e || "", until: unit.until, since: unit.since, now: names.get(unit.now) })),
    ...rest.people.map((person) => ({ t: "Official", id: person.id, l: person.l, s: person.ps ? person.ps[0].l : "", ps: person.ps || [] })),
    ...rest.meetings.map((meeting) => ({ t: "Meeting", c: meeting.c, id: meeting.id, l: meeting.l, d: meeting.d, pv: place(meeting.u), dt: meeting.dt || [] })),
  ];
  const numbers = new Map(G.nodes.map((node, i) => [node.id, i]));
  G.numberOf = (id) => (numbers.has(id) ? numbers.get(id) : -1);
  function named(label, type) {
    const id = type + ":" + label;
    if (!numbers.has(id)) numbers.set(id, G.nodes.push({ t: type, id, l: label }) - 1);
    return numbers.get(id);
  }

  /* ---- hops and meetings as relations; what tells them are statements of texts (st) and at most one row of a register (rg) */

  const statements = (told) => told.map((n) => rest.told[n]).filter((row) => row.q);
  function relation(f, p, o, told, more) {
    const row = told.map((n) => rest.told[n]).find((one) => !one.q);
    return G.weigh(Object.assign({ f, p, o, st: statements(told) }, row ? { rg: [row.r, !row.n] } : {}, more));
  }
  G.ROLES = G.order.filter((p) => G.kinds[p].part);
  G.relations = rest.hops.map((hop) => relation(hop.f, hop.p, hop.o, hop.st, { lag: hop.lag }));
  rest.meetings.forEach(function (meeting, n) {
    const node = starts.meeting + n;
    for (const [d, told] of meeting.ab || []) G.relations.push(relation(node, "discusses", d, told));
    for (const role of G.ROLES) for (const [person, label, told] of meeting[role] || []) {
      G.relations.push(relation(person >= 0 ? starts.person + person : named(label, role === "organized" ? "Agency" : "Official"), role, node, told));
    }
  });
  const around = new Map();
  G.relations.forEach((r, x) => { for (const i of new Set([r.f, r.o])) (around.get(i) || around.set(i, []).get(i)).push(x); });

  G.statements = statements;
  G.rowsOf = (told) => told.map((n) => rest.told[n]).filter((row) => !row.q);
  G.about = (i) => around.get(i) || [];
  G.keeps = () => true;
  G.onlyRegistered = (node) => Boolean(node.rg);
  G.placeOf = (node) => (node.pv !== undefined && node.t !== "Province" ? G.nodes[node.pv].l : "");
  G.issuer = (i) => (G.nodes[i].by || []).join(", ");
  G.short = (node) => (node.t === "Directive" ? node.no || node.l : node.l);
  G.detail = (node) => [G.lang === "en" && node.e ? node.e : "", node.t === "Directive" ? "" : W(G.look(node).word), node.t === "Directive" || node.t === "Meeting" ? G.day(node.d) : "", node.t === "Directive" ? (node.by || []).join(", ") : "", node.t === "Province" ? G.lifeOf(node) : node.s, node.ti ? node.ti.slice(0, 60) : "", G.placeOf(node)].filter(Boolean).join(" · ");
  /* What tells a province from its namesake of another time: "đến 30/06/2025". */
  G.lifeOf = (node) => [node.until ? (node.now && node.now !== node.l ? W("province.now", { name: node.now }) : W("province.until", { date: G.day(node.until) })) : node.since ? W("province.since", { date: G.day(node.since) }) : ""].join("");
  /* The same beside a unit as then; as now there is one of each name. */
  G.noteOf = (u) => (G.state.now ? "" : G.lifeOf(G.nodes[unitNode(u)]));
  G.unitNode = unitNode;
  G.unitOf = (i) => (i >= starts.unit && i < starts.person ? i - starts.unit : -1);
  G.unitName = (u) => (rest.units[u].k === "unknown" ? W("province.unknown") : rest.units[u].n);

  /* What carries a document out, over however many hops; hops that only an unchecked row of a register tells are not followed. */
  function carryOut(d) {
    const found = new Set([d]);
    for (const i of found) for (const x of G.about(i)) {
      const r = G.relations[x];
      if (G.kinds[r.p].step && r.o === i && (r.st.length || r.rg[1])) found.add(r.f);
    }
    return found;
  }
  /* The meetings about a document or what carries it out: [meeting, relation "discusses"]. */
  G.meetingsAbout = function (d) {
    const found = new Map();
    for (const i of carryOut(d)) for (const x of G.about(i)) if (G.relations[x].p === "discusses" && G.relations[x].o === i && !found.has(G.relations[x].f)) found.set(G.relations[x].f, x);
    return Array.from(found).sort((a, b) => String(G.nodes[b[0]].d || "").localeCompare(String(G.nodes[a[0]].d || "")) || a[0] - b[0]);
  };
  G.partsIn = (meeting, role) => G.about(meeting).filter((x) => G.relations[x].p === role && G.relations[x].o === meeting);

  /* ---- cells of a view */

  function view(cells, shown) {
    const at = new Map(cells.map((cell) => [cell.d + "|" + cell.u, cell]));
    const units = rest.units.map((unit, u) => u).filter((u) => shown(rest.units[u]));
    return { cells, at: (d, u) => at.get(d + "|" + u), units };
  }
  const views = { then: view(rest.then, () => true), now: view(rest.now, (unit) => !unit.until) };
  for (const cell of rest.then.concat(rest.now)) {
    const told = (cell.st || []).map((n) => rest.told[n]);
    cell.certainty = told.some((s) => s.q && !s.i) ? "stated" : told.some((s) => s.q) ? "inferred" : "register";
  }
  /* The cells, units and directives of what the reader looks at: as then or as now, provinces or ministries. */
  const boards = new Map();
  G.board = function () {
    const key = (G.state.now ? "now" : "then") + G.state.rows;
    if (!boards.has(key)) boards.set(key, board(views[G.state.now ? "now" : "then"], G.state.rows === "ministry"));
    return boards.get(key);
  };
  function board(all, ministries) {
    const units = all.units.filter((u) => (rest.units[u].k === "ministry") === ministries);
    const mine = new Set(units);
    const cells = all.cells.filter((cell) => mine.has(cell.u));
    const directives = Array.from(new Set(cells.map((cell) => cell.d)));
    const rank = new Map(directives.map((d) => [d, cells.filter((cell) => cell.d === d)]));
    const plans = (d) => rank.get(d).filter((cell) => cell.s === "plan").length;
    directives.sort((a, b) => plans(b) - plans(a) || rank.get(b).length - rank.get(a).length || String(rest.docs[b].d || "").localeCompare(String(rest.docs[a].d || "")) || a - b);
    return { at: all.at, units, cells, directives };
  }

  /* ---- figures, counted from cells: days that can't be are in no median */

  G.median = function (values) {
    const sorted = values.slice().sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  };
  /* Of some cells: how many units in each state (those of no named province apart), lags, the newest day of a plan and of anything. */
  G.figures = function (cells) {
    const named = cells.filter((cell) => rest.units[cell.u].k !== "unknown");
    const count = (state) => named.filter((cell) => cell.s === state).length;
    const lags = cells.filter((cell) => cell.lag !== undefined).map((cell) => cell.lag);
    const newest = (days) => days.sort().pop() || "";
    const acts = (cell) => [cell.day || "", ...(cell.ps || []).map((d) => rest.docs[d].d || ""), ...(cell.m || []).map((m) => rest.meetings[m].d || "")];
    return {
      plan: count("plan"), party: count("party"), discussed: count("discussed"), unknown: cells.length - named.length, lags, early: cells.filter((cell) => cell.early).length,
      median: lags.length ? G.median(lags) : null, longest: lags.length ? Math.max(...lags) : null, newest: newest(cells.filter((cell) => cell.s !== "discussed").map((cell) => cell.day || "")), last: newest(cells.flatMap(acts)),
    };
  };
  G.ofDirective = (d) => G.board().cells.filter((cell) => cell.d === d);
  G.ofUnit = (u) => G.board().cells.filter((cell) => cell.u === u);
  /* How many of the former provinces of a unit of today have a plan; null where nothing changed. */
  G.parts = function (d, u) {
    const unit = rest.units[u];
    if (!unit.of) return null;
    const former = new Set(unit.of);
    const cells = G.state.now ? (views.now.at(d, u) || {}).pt || [] : views.then.cells.filter((cell) => cell.d === d && cell.s === "plan").map((cell) => cell.u);
    return { a: cells.filter((part) => former.has(rest.units[part].id)).length, b: unit.of.length, own: cells.includes(u) };
  };
})(GG);
