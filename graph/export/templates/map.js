/* The map's page: what is chosen and filtered, kept in the address; the rail, the table, the wiring. */
(function (G) {
  const { el, W } = G;
  const byId = (id) => document.getElementById(id);
  const VIEWS = { plans: "map.layout.plans", levels: "map.layout.levels", free: "map.layout.free", tree: "map.layout.cascade" };
  const TYPES = Object.keys(G.LOOKS).filter((t) => t !== "Post" && t !== "Report");
  const CERTAINTIES = ["stated", "inferred", "register"];
  const LOW = 0.5;
  const NARROW = 700;

  /* ---- the data, indexed */

  G.nodes = JSON.parse(byId("gg-nodes").textContent);
  G.relations = JSON.parse(byId("gg-edges").textContent).concat(G.rest.facts);
  const numbers = new Map(G.nodes.map((node, i) => [node.id, i]));
  const around = new Map();
  G.leads = new Map();
  G.relations.forEach((r, x) => {
    G.weigh(r);
    for (const i of new Set([r.f, r.o, r.v])) if (i !== undefined) (around.get(i) || around.set(i, []).get(i)).push(x);
    if (G.kinds[r.p].step) {
      G.leads.set(r.o, (G.leads.get(r.o) || 0) + 2);
      G.leads.set(r.f, (G.leads.get(r.f) || 0) + 1);
    }
  });
  G.about = (i) => around.get(i) || [];
  G.onlyRegistered = (node) => Boolean(node.r) && !node.sr && node.t !== "Province";
  G.family = (predicate) => G.stroke(predicate).family;
  G.placeOf = (node) => (node.pv !== undefined && node.t !== "Province" ? G.nodes[node.pv].l : "");
  G.short = (node) => (node.t === "Directive" ? node.no || node.l : node.t === "Official" ? node.l : node.sh || node.l);
  G.under = (node) => (node.t === "Directive" || node.t === "Meeting" ? G.day(node.d) : node.t === "Official" ? node.sh || node.s || "" : node.s || "");
  /* A few words that tell a thing from others like it. */
  G.brief = (node) => (node.t === "Directive" ? [G.day(node.d), G.placeOf(node)].filter(Boolean).join(" · ") : node.t === "Meeting" ? [G.day(node.d), G.placeOf(node)].filter(Boolean).join(" · ") : node.s || "");
  G.issuer = function (i) {
    const issued = G.about(i).map((x) => G.relations[x]).find((r) => r.p === "issuedBy" && r.f === i);
    return issued ? G.nodes[issued.o].l : "";
  };
  G.detail = function (node) {
    return [G.lang === "en" && node.e ? node.e : "", node.t === "Directive" ? "" : W(G.look(node).word), G.day(node.d), node.t === "Directive" ? G.issuer(numbers.get(node.id)) : "", node.s, node.ti ? node.ti.slice(0, 60) : "", node.t === "Agency" ? "" : G.placeOf(node)].filter(Boolean).join(" · ");
  };
  G.cellName = function (band, province) {
    if (band < 2 || band > 4) return null;
    if (province < 0) return band === 2 ? { name: W("province.unknown"), note: "" } : null;
    const node = G.nodes[province];
    const renamed = node.now && node.now !== node.l;
    return { name: node.l, note: renamed ? W("province.now", { name: node.now }) : node.until ? W("province.until", { date: G.day(node.until) }) : node.since ? W("province.since", { date: G.day(node.since) }) : "" };
  };
  /* The words of a relation; those that need a place for their object in the middle have a form of their own. */
  G.rel = (p) => W("rel." + p + ("rel." + p + ".head" in G.rest.words ? ".head" : ""));
  G.sentence = function (x) {
    const r = G.relations[x];
    return [G.nodes[r.f].l, G.rel(r.p), r.d !== undefined ? G.day(r.d) : G.nodes[r.p === "holdsPost" ? r.v : r.o].l].join(" ");
  };
  G.lineWords = function (line, near) {
    const r = G.relations[line.members[0]];
    const word = line.p === "holdsPost" && near ? G.nodes[r.v].l.replace(" " + G.nodes[r.o].l, "") : G.rel(line.p);
    return [word, line.members.length > 1 ? "×" + line.members.length : "", r.lag !== undefined ? "· " + W("cascade.days", { n: G.integer(r.lag) }) : "", line.low ? "?" : ""].filter(Boolean).join(" ");
  };

  /* ---- what is chosen; the address holds it */

  const START = { view: "plans", node: -1, relation: -1, steps: 1, root: -1, up: false, table: false, types: new Set(), rels: new Set(), certs: new Set(), province: "", source: "", low: false };
  const state = Object.assign({}, START, { types: new Set(), rels: new Set(), certs: new Set() });
  G.state = state;
  Object.defineProperty(G, "table", { get: () => state.table });
  const narrow = () => window.innerWidth <= NARROW;

  const relationId = (x) => {
    const r = G.relations[x];
    return [G.nodes[r.f].id, r.p, r.d !== undefined ? r.d : G.nodes[r.v !== undefined ? r.v : r.o].id].join("~");
  };
  let relationNumbers = null;
  function relationNumber(id) {
    relationNumbers = relationNumbers || new Map(G.relations.map((_, x) => [relationId(x), x]));
    return relationNumbers.has(id) ? relationNumbers.get(id) : -1;
  }
  function address() {
    const part = new URLSearchParams();
    part.set("v", "1");
    if (state.view !== "plans") part.set("w", state.view);
    if (state.relation >= 0) part.set("r", relationId(state.relation));
    else if (state.node >= 0) part.set("n", G.nodes[state.node].id);
    if (state.view === "near" && state.centre >= 0) part.set("m", G.nodes[state.centre].id);
    if (state.steps !== 1) part.set("s", state.steps);
    if (state.view === "tree" && state.root >= 0) part.set("o", G.nodes[state.root].id);
    if (state.up) part.set("u", "1");
    if (state.table) part.set("b", "1");
    if (state.low) part.set("c", "1");
    for (const [key, set] of [["xt", state.types], ["xr", state.rels], ["xc", state.certs]]) if (set.size) part.set(key, Array.from(set).join(","));
    if (state.province) part.set("p", state.province);
    if (state.source) part.set("f", state.source);
    if (G.lang !== G.firstLang) part.set("l", G.lang);
    return "#" + part.toString();
  }
  function readAddress() {
    const part = new URLSearchParams(location.hash.slice(1));
    const view = part.get("w");
    const number = (key) => (numbers.has(part.get(key)) ? numbers.get(part.get(key)) : -1);
    Object.assign(state, {
      view: view in VIEWS || view === "near" ? view : "plans", node: number("n"), relation: part.has("r") ? relationNumber(part.get("r")) : -1,
      steps: Math.min(3, Math.max(1, Number(part.get("s")) || 1)), root: number("o"), centre: number("m"), up: part.has("u"), table: part.has("b"), low: part.has("c"),
      types: list(part, "xt", TYPES), rels: list(part, "xr", G.order), certs: list(part, "xc", CERTAINTIES), province: numbers.has(part.get("p")) ? part.get("p") : "", source: G.rest.sources.some((s) => s.f === part.get("f")) ? part.get("f") : "",
    });
    if (state.view === "near" && state.centre < 0) state.centre = state.node;
    if (state.view === "near" && state.centre < 0) state.view = "plans";
    const lang = part.get("l");
    if (G.rest.languages.includes(lang) && lang !== G.lang) G.setLanguage(lang);
  }
  const list = (part, key, known) => new Set((part.get(key) || "").split(",").filter((word) => known.includes(word)));

  /* Change what is chosen. Choosing is a step that the browser's Back undoes; filtering is not. */
  G.go = function (change) {
    const before = { view: state.view, node: state.node, relation: state.relation, root: state.root, table: state.table };
    if ("node" in change && !("relation" in change)) change.relation = -1;
    if ("relation" in change && !("node" in change)) change.node = -1;
    Object.assign(state, change);
    if (state.view === "near" && (change.view === "near" || state.centre < 0)) state.centre = state.node >= 0 ? state.node : state.relation >= 0 ? G.relations[state.relation].f : -1;
    if (narrow()) phoneView(change);
    else if (change.node >= 0 && !["tree", "near"].includes(state.view) && !placed(change.node, state.view)) {
      // A thing that this view doesn't draw is shown where it is drawn; one that no view had room for, with what is round it.
      if (placed(change.node, "levels")) state.view = "levels";
      else if (leftOut(change.node)) Object.assign(state, { view: "near", centre: change.node });
    }
    const steps = ["view", "node", "relation", "root", "table"].some((key) => before[key] !== state[key]);
    const hash = address();
    if (hash !== location.hash) {
      if (steps) history.pushState(null, "", hash);
      else history.replaceState(null, "", hash);
    }
    render(before);
  };
  const placed = (i, view) => Boolean(G.nodes[i].p && G.nodes[i].p[view]) || (now.view === view && now.places.has(i));
  /* That the view and the levels would draw, had they room for it. */
  const leftOut = (i) => i >= 0 && G.nodes[i].g && G.nodes[i].t !== "Province" && !placed(i, state.view) && !placed(i, "levels");
  /* A small screen draws only what is round a chosen thing. */
  function phoneView(change) {
    if (change.view === "tree" || state.view === "tree" || state.table) return;
    if (change.node >= 0) Object.assign(state, { view: "near", centre: change.node });
    else if (change.relation >= 0 && state.view !== "near") Object.assign(state, { view: "near", centre: G.relations[change.relation].f });
  }

  /* ---- filters */

  const inSource = (r, file) => (r.st || []).some((s) => s.f === file);
  const inProvince = (i) => G.nodes[i].id === state.province || (G.nodes[i].pv !== undefined && G.nodes[G.nodes[i].pv].id === state.province);
  /* Whether the filters keep a relation (whatever its ends). */
  G.keeps = function (x) {
    const r = G.relations[x];
    if (state.rels.has(r.p) || state.certs.has(r.certainty) || (!state.low && r.best < LOW)) return false;
    return !state.source || inSource(r, fileNumber());
  };
  const files = new Map(G.rest.sources.map((s, n) => [s.f, n]));
  const fileNumber = () => files.get(state.source);
  const drawn = (r) => r.o !== undefined && r.d === undefined && r.f !== r.o && r.p in G.kinds && G.nodes[r.f].t !== "Report" && G.nodes[r.o].t !== "Post";
  const filtered = () => state.types.size + state.rels.size + state.certs.size + (state.province ? 1 : 0) + (state.source ? 1 : 0);

  /* ---- the scene of a view */

  /* All that a view is of: things, those of them that have a place, and lines between them. A large graph has more things than places. */
  function scene(view) {
    const places = new Map();
    let cells = null;
    if (view === "near") for (const [i, place] of near(state.centre)) places.set(i, place);
    else {
      G.nodes.forEach((node, i) => { if (node.p && node.p[view]) places.set(i, node.p[view]); });
      cells = G.rest.cells[view] || null;
    }
    const isOf = (i) => (view === "near" ? places.has(i) : G.nodes[i].g && !(view === "levels" && G.nodes[i].t === "Province"));
    const groups = new Map();
    G.relations.forEach((r, x) => {
      if (!drawn(r) || !isOf(r.f) || !isOf(r.o) || (view === "plans" && !G.kinds[r.p].tie)) return;
      const key = r.f + "|" + r.p + "|" + r.o;
      if (!groups.has(key)) groups.set(key, { id: "l" + key, f: r.f, o: r.o, p: r.p, members: [] });
      groups.get(key).members.push(x);
    });
    const lines = Array.from(groups.values());
    for (const line of lines) {
      const all = line.members.map((x) => G.relations[x]);
      line.certainty = CERTAINTIES.find((c) => all.some((r) => r.certainty === c));
      line.low = Math.max(...all.map((r) => r.best)) < 0.6;
    }
    const nodes = view === "plans" ? new Set(lines.flatMap((line) => [line.f, line.o])) : new Set(G.nodes.map((_, i) => i).filter(isOf));
    return { view, nodes, places, lines, cells, curved: view === "plans" };
  }

  /* Of what the filters keep, what has no place yet but finds room: the best connected, after those that the build placed. */
  function unplaced(behind) {
    const rest = Array.from(behind.nodes).filter((i) => !whole.places.has(i));
    const room = G.rest.most - (behind.nodes.size - rest.length);
    return rest.sort((a, b) => G.nodes[b].g - G.nodes[a].g || a - b).slice(0, room);
  }
  /* The picture of a view: what the build placed, and more in rows below it, level by level. */
  function picture(more) {
    const places = new Map(whole.places);
    const strips = [];
    if (more.length) {
      const points = Array.from(places.values());
      const boxes = whole.cells ? whole.cells.strips : [];
      const perLine = Math.ceil(Math.sqrt(1.8 * more.length));
      const left = points.length ? (Math.min(...points.map((p) => p[0])) + Math.max(...points.map((p) => p[0])) - perLine * STEP) / 2 : 0;
      let y = Math.max(0, ...points.map((p) => p[1] + STEP), ...boxes.map(([, top, height]) => top + height));
      const place = (i) => (G.nodes[i].pv === undefined ? -1 : G.nodes[i].pv);
      const order = more.slice().sort((a, b) => G.nodes[a].b - G.nodes[b].b || place(a) - place(b) || G.nodes[b].g - G.nodes[a].g || a - b);
      for (let band = 0; band < 6; band += 1) {
        const row = order.filter((i) => G.nodes[i].b === band);
        if (!row.length) continue;
        row.forEach((i, n) => places.set(i, [left + (n % perLine) * STEP, y + STEP * (0.7 + Math.floor(n / perLine))]));
        const height = STEP * (0.7 + Math.ceil(row.length / perLine));
        strips.push([band, y, height]);
        y += height;
      }
    }
    return Object.assign({}, whole, {
      places, lines: whole.lines.filter((line) => places.has(line.f) && places.has(line.o)),
      cells: whole.cells && { strips: whole.cells.strips.concat(strips), cells: whole.cells.cells },
    });
  }

  /* Round one thing: superiors above, what follows from it below, at most so many as can be read. */
  function near(centre) {
    const most = narrow() ? 16 : 48;
    const row = new Map([[centre, 0]]);
    const queue = [centre];
    const depth = new Map([[centre, 0]]);
    const limit = Math.max(state.steps, 1);
    while (queue.length && row.size < most) {
      const i = queue.shift();
      if (depth.get(i) >= limit) continue;
      const ranked = G.about(i).filter((x) => drawn(G.relations[x]) && G.keeps(x)).sort((a, b) => G.order.indexOf(G.relations[a].p) - G.order.indexOf(G.relations[b].p) || a - b);
      for (const x of ranked) {
        const r = G.relations[x];
        const other = r.f === i ? r.o : r.f;
        if (row.has(other) || row.size >= most) continue;
        const above = r.f === i;
        row.set(other, row.get(i) + (above ? -1 : 1));
        depth.set(other, depth.get(i) + 1);
        queue.push(other);
      }
    }
    const rows = new Map();
    for (const [i, y] of row) (rows.get(y) || rows.set(y, []).get(y)).push(i);
    const places = [];
    const perLine = narrow() ? 3 : 7;
    const dx = narrow() ? 118 : 160;
    let y = 0;
    let aside = 0;
    for (const level of Array.from(rows.keys()).sort((a, b) => a - b)) {
      const members = rows.get(level);
      for (let n = 0; n < members.length; n += perLine) {
        const part = members.slice(n, n + perLine);
        part.forEach((i, k) => places.push([i, [(k - (part.length - 1) / 2) * dx + aside, y]]));
        y += 112;
        aside = (aside + 34) % 68;
      }
      y += 26;
    }
    return places;
  }

  const STEP = 106;
  let whole = null; // what the view is of
  let wholeKey = "";
  let now = null; // what of it is pictured
  let nowKey = "";
  let behind = null; // what of the whole the filters keep
  let shown = null; // what of the picture they keep
  function kept() {
    const nodes = new Set();
    const file = state.source ? fileNumber() : -1;
    for (const i of whole.nodes) {
      const node = G.nodes[i];
      if (state.types.has(G.typeOf(node)) || (state.province && !inProvince(i)) || (file >= 0 && !(node.sr || []).includes(file))) continue;
      nodes.add(i);
    }
    const lines = new Set();
    const ends = new Set();
    for (const line of whole.lines) {
      const tied = nodes.has(line.f) || nodes.has(line.o);
      const types = !state.types.has(G.typeOf(G.nodes[line.f])) && !state.types.has(G.typeOf(G.nodes[line.o]));
      if (!tied || !types || !line.members.some(G.keeps)) continue;
      // A province or a source is shown with what it is tied to elsewhere.
      if (!(nodes.has(line.f) && nodes.has(line.o)) && !(state.province || state.source)) continue;
      lines.add(line.id);
      ends.add(line.f);
      ends.add(line.o);
    }
    for (const i of ends) nodes.add(i);
    return { nodes, lines };
  }

  function lightAround() {
    if (state.view === "near") return null;
    if (state.relation >= 0) {
      const r = G.relations[state.relation];
      return r.o !== undefined && now.places.has(r.f) && now.places.has(r.o) ? new Set([r.f, r.o]) : null;
    }
    if (state.node < 0 || !now.places.has(state.node)) return null;
    const lit = new Set([state.node]);
    let edge = [state.node];
    for (let step = 0; step < state.steps; step += 1) {
      const next = [];
      for (const line of now.lines) {
        if (!shown.lines.has(line.id)) continue;
        for (const [a, b] of [[line.f, line.o], [line.o, line.f]]) if (edge.includes(a) && !lit.has(b)) { lit.add(b); next.push(b); }
      }
      edge = next;
    }
    return lit;
  }

  /* ---- the page, brought into line with the state */

  function render(before) {
    const canvas = !state.table && state.view !== "tree" && !(narrow() && state.view !== "near");
    byId("canvas").hidden = !canvas;
    byId("foot").hidden = !canvas;
    byId("table").hidden = !state.table;
    byId("tree").hidden = state.table || state.view !== "tree";
    byId("home").hidden = canvas || state.table || state.view === "tree";
    G.showPanel();
    // The rail counts by the picture of the view, which stands behind the table and the cascade too.
    const base = state.view === "tree" ? "plans" : state.view;
    const key = base + (base === "near" ? state.centre + ":" + state.steps + ":" + Array.from(state.rels) + Array.from(state.certs) + state.source : "");
    if (key !== wholeKey) {
      whole = scene(base);
      wholeKey = key;
    }
    behind = kept();
    const more = unplaced(behind);
    const fresh = key + "+" + more !== nowKey;
    if (fresh) {
      now = picture(more);
      nowKey = key + "+" + more;
    }
    shown = { nodes: new Set(Array.from(behind.nodes).filter((i) => now.places.has(i))), lines: new Set(now.lines.map((line) => line.id).filter((id) => behind.lines.has(id))) };
    if (canvas) {
      if (fresh || G.sceneKey !== nowKey) {
        G.canvas.show(now);
        G.sceneKey = nowKey;
      }
      G.canvas.filter(shown.nodes, shown.lines);
      const lit = lightAround();
      const line = state.relation >= 0 ? now.lines.find((l) => l.members.includes(state.relation)) : null;
      G.canvas.choose(state.node, line ? line.id : "", lit);
      if (!before || before.view !== state.view || fresh || before.table !== state.table) G.canvas.fit(null, narrow() ? 1 : 1.15);
      if (lit) G.canvas.reveal(Array.from(lit));
    }
    drawNote();
    if (!byId("home").hidden) drawHome();
    if (state.table) drawTable();
    if (!byId("tree").hidden) G.showTree();
    drawRail();
    drawStrip();
    drawFoot();
    drawTabs();
  }

  /* Why the picture is empty, and what helps. */
  function drawNote() {
    const note = byId("note");
    note.hidden = shown.nodes.size > 0;
    if (whole.nodes.size) G.fill(note, W("map.empty", { n: G.integer(whole.nodes.size) }), " ", el("button", { text: W("search.showThem"), on: { click: () => G.go(unfiltered()) } }));
    else G.fill(note, W(now.view === "plans" ? "map.none.plans" : "map.none"), " ", G.rest.whole.levels && now.view === "plans" ? el("button", { text: W("map.layout.levels"), on: { click: () => G.go({ view: "levels" }) } }) : null);
  }
  const unfiltered = () => ({ types: new Set(), rels: new Set(), certs: new Set(), province: "", source: "" });

  function pick(set, key, icon, label, english, count, zero) {
    const box = el("input", { type: "checkbox", "data-filter": key });
    box.checked = !set.has(key);
    box.addEventListener("change", () => {
      const next = new Set(set);
      if (box.checked) next.delete(key); else next.add(key);
      G.go({ [set === state.types ? "types" : set === state.rels ? "rels" : "certs"]: next });
    });
    return el("label", { class: "pick" + (zero ? " zero" : "") }, box, icon, el("span", {}, label, english ? el("i", { lang: "en", text: english }) : null), el("b", { text: G.integer(count) }));
  }
  function row(label, set, key, all) {
    const only = el("button", { class: "only", text: W("map.only"), on: { click: () => G.go({ [set]: new Set(all.filter((one) => one !== key)) }) } });
    return el("div", { class: "row" }, label, only);
  }
  function strokeIcon(predicate, certainty) {
    const stroke = G.stroke(predicate);
    const paint = "var(--" + stroke.family + ")";
    const width = Math.max(1.4, stroke.width);
    const svg = G.svg("svg", { viewBox: "0 0 40 16", class: "stroke", "aria-hidden": "true" }, G.svg("path", { d: "M1 8h30", stroke: paint, "stroke-width": width, "stroke-dasharray": certainty === "inferred" ? "7 4" : certainty === "register" ? "2 3.4" : "none" }));
    const ends = {
      triangle: { d: "M28 2.5l11 5.5-11 5.5z", fill: paint }, vee: { d: "M31 3.5L39 8l-8 4.5 2.4-4.5z", fill: paint }, bar: { d: "M35 2v12", stroke: paint, "stroke-width": 3.2 },
      circle: { d: "M34 4.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 1 0 0-6.8z", fill: paint }, box: { d: "M31 5h6.4v6.4H31z", fill: paint },
    };
    svg.append(G.svg("path", ends[stroke.end]));
    return svg;
  }

  function drawRail() {
    const rail = byId("rail");
    const scroll = rail.scrollTop;
    const focus = document.activeElement && rail.contains(document.activeElement) ? document.activeElement.dataset.filter || document.activeElement.dataset.view : "";
    const types = new Map();
    for (const i of whole.nodes) types.set(G.typeOf(G.nodes[i]), (types.get(G.typeOf(G.nodes[i])) || 0) + 1);
    const rels = new Map();
    const certs = new Map();
    for (const line of whole.lines) for (const x of line.members) {
      const r = G.relations[x];
      rels.set(r.p, (rels.get(r.p) || 0) + 1);
      certs.set(r.certainty, (certs.get(r.certainty) || 0) + 1);
    }
    const everywhere = new Set(G.relations.filter(drawn).map((r) => r.p));
    const relations = G.order.filter((p) => everywhere.has(p) && (now.view !== "plans" || G.kinds[p].tie));
    const kinds = TYPES.filter((t) => types.has(t));
    const provinces = Array.from(new Set(G.nodes.filter((n) => n.pv !== undefined && n.g).map((n) => n.pv))).map((i) => G.nodes[i]).sort((a, b) => a.l.localeCompare(b.l, "vi") || String(a.since || "").localeCompare(String(b.since || "")));
    const provinceName = (n) => n.l + (n.since ? " (" + W("province.since", { date: G.day(n.since) }) + ")" : n.until && n.now === n.l ? " (" + W("province.until", { date: G.day(n.until) }) + ")" : "");
    G.fill(rail,
      // Drawn out over the picture, it covers the button that drew it out.
      el("div", { class: "head" }, el("h2", { text: W("map.legend") }), el("button", { class: "square close", "aria-label": W("action.close"), title: W("action.close"), text: "✕", on: { click: () => { closeRail(); render(state); } } })),
      el("div", { class: "seg", role: "group", "aria-label": W("map.view") }, Object.entries(VIEWS).map(([view, word]) => el("button", { "aria-pressed": String(state.view === view), "data-view": view, text: W(word), on: { click: () => G.go({ view, table: false }) } }))),
      el("h2", {}, W("map.legend.types") + " ", el("small", { text: W("map.legend.hint") })),
      kinds.map((t) => row(pick(state.types, t, G.icon(G.LOOKS[t]), W(G.LOOKS[t].word), "", types.get(t) || 0, !types.get(t)), "types", t, kinds)),
      el("h2", { text: W("map.legend.relations") }),
      relations.map((p) => row(pick(state.rels, p, strokeIcon(p, "stated"), G.rel(p), G.lang === "vi" ? p : "", rels.get(p) || 0, !rels.get(p)), "rels", p, relations)),
      el("h2", { text: W("cert.title") }),
      CERTAINTIES.map((c) => row(pick(state.certs, c, strokeIcon("basedOn", c), W("cert." + c), "", certs.get(c) || 0, !certs.get(c)), "certs", c, CERTAINTIES)),
      el("h2", { text: W("panel.province") }), choice("province", provinces.map((n) => [n.id, provinceName(n)])),
      el("h2", { text: W("type.report") }), choice("source", G.rest.sources.map((s) => [s.f, s.h])));
    rail.scrollTop = scroll;
    if (focus) {
      const again = rail.querySelector('[data-filter="' + focus + '"],[data-view="' + focus + '"]');
      if (again) again.focus({ preventScroll: true });
    }
  }
  function choice(name, options) {
    const select = el("select", { "aria-label": W("map.filter." + name), "data-filter": name, on: { change: () => G.go({ [name]: select.value }) } },
      el("option", { value: "", text: W("map.filter.any") }), options.map(([value, text]) => el("option", { value, selected: state[name] === value, text, lang: "vi" })));
    return select;
  }

  function drawStrip() {
    const chips = [];
    const chip = (text, undo) => chips.push(el("button", { class: "chip", title: W("map.filter.remove"), on: { click: undo } }, text, el("span", { "aria-hidden": "true", text: "✕" })));
    for (const [name, word] of [["types", (t) => W(G.LOOKS[t].word)], ["rels", G.rel], ["certs", (c) => W("cert." + c)]]) {
      if (state[name].size) chip(W("map.filter.off", { what: state[name].size > 2 ? String(state[name].size) : Array.from(state[name], word).join(", ") }), () => G.go({ [name]: new Set() }));
    }
    if (state.province) chip(G.nodes[numbers.get(state.province)].l, () => G.go({ province: "" }));
    if (state.source) chip(G.rest.sources[fileNumber()].h.slice(0, 50), () => G.go({ source: "" }));
    const low = G.relations.filter((r) => drawn(r) && r.best < LOW).length;
    const what = state.view === "near" ? W("map.focus", { name: G.short(G.nodes[state.centre]), n: state.steps }) : W("map.count", { nodes: G.integer(shown.nodes.size), lines: G.integer(shown.lines.size) });
    G.fill(byId("strip"),
      el("button", { id: "filters", "aria-expanded": String(byId("rail").classList.contains("out")), text: W("nav.filter", { n: filtered() }), on: { click: () => { byId("rail").classList.toggle("out"); drawStrip(); } } }),
      el("span", { class: "what" }, state.view === "tree" ? W("map.layout.cascade") : what, state.view !== "tree" && shown.nodes.size < behind.nodes.size ? " · " + W("map.tooMany", { shown: G.integer(shown.nodes.size), total: G.integer(behind.nodes.size) }) : ""),
      chips,
      low ? el("button", { text: W(state.low ? "cert.lowShown" : "cert.lowHidden", { n: low }), "aria-pressed": String(state.low), on: { click: () => G.go({ low: !state.low }) } }) : null,
      state.view === "near" ? [1, 2, 3].map((n) => el("button", { "aria-pressed": String(state.steps === n), text: n === 1 ? W("map.steps1") : W("map.steps", { n }), on: { click: () => G.go({ steps: n }) } })) : null,
      state.view === "near" ? el("button", { class: "whole", text: W(narrow() ? "map.home" : "map.whole"), on: { click: () => G.go({ view: "plans", node: -1, relation: -1 }) } }) : null,
      el("button", { id: "asTable", "aria-pressed": String(state.table), text: W("map.table"), on: { click: () => G.go({ table: !state.table }) } }));
  }

  function questions() {
    const roots = G.roots().slice(0, 2);
    const chaired = G.relations.some((r) => r.p === "chaired");
    return roots.map((root) => el("button", { text: W("map.quick.1", { no: G.short(G.nodes[root.i]) }), on: { click: () => G.go({ view: "tree", root: root.i, up: false, table: false }) } }))
      .concat(chaired ? [el("button", { text: W("map.quick.2"), on: { click: () => G.go({ view: "levels", table: narrow(), node: -1, rels: new Set(G.order.filter((p) => p !== "chaired" && p !== "discusses")), types: new Set(["Agency", "Award"]) }) } })] : []);
  }
  function drawFoot() {
    G.fill(byId("foot"),
      el("div", { class: "ask" }, state.node < 0 && state.relation < 0 ? [el("span", { text: W("map.quick") + ":" }), questions()].flat() : null),
      el("div", { class: "zoom" }, el("button", { class: "square", "aria-label": W("map.zoomIn"), title: W("map.zoomIn"), text: "+", on: { click: () => G.canvas.zoom(1.35) } }),
        el("button", { class: "square", "aria-label": W("map.zoomOut"), title: W("map.zoomOut"), text: "−", on: { click: () => G.canvas.zoom(1 / 1.35) } }),
        el("button", { text: W("map.fit"), on: { click: () => G.canvas.fit() } })));
  }
  function drawHome() {
    const item = (i, small) => el("li", {}, el("button", { on: { click: () => G.go({ node: i }) } }, G.icon(G.look(G.nodes[i]), G.onlyRegistered(G.nodes[i])), el("span", {}, el("b", { lang: "vi", text: G.nodes[i].l }), el("small", { text: small }))));
    const meetings = G.nodes.map((n, i) => i).filter((i) => G.nodes[i].t === "Meeting").sort((a, b) => String(G.nodes[b].d || "").localeCompare(String(G.nodes[a].d || "")) || a - b).slice(0, 8);
    G.fill(byId("home"), el("h2", { text: W("map.quick") }), el("div", { class: "acts" }, questions()),
      el("h2", { text: W("map.layout.plans") }), el("ul", { class: "start" }, G.roots().slice(0, 12).map((root) => item(root.i, [G.brief(G.nodes[root.i]), W("map.implementing", { n: root.n })].filter(Boolean).join(" · ")))),
      meetings.length ? el("h2", { text: W("type.meeting") }) : null, el("ul", { class: "start" }, meetings.map((i) => item(i, G.brief(G.nodes[i])))));
  }
  function drawTabs() {
    const tab = (word, on, pressed, values) => el("button", { "aria-pressed": String(pressed), text: W(word, values), on: { click: on } });
    const out = byId("rail").classList.contains("out");
    G.fill(byId("tabs"),
      tab("nav.map", () => { closeRail(); G.go({ view: "plans", table: false, node: -1, relation: -1 }); }, !out && !state.table && state.view !== "tree"),
      tab("map.layout.cascade", () => { closeRail(); G.go({ view: "tree", table: false, node: -1, relation: -1 }); }, !out && !state.table && state.view === "tree"),
      tab("map.table", () => { closeRail(); G.go({ table: true, view: state.view === "near" ? "near" : "levels", node: -1, relation: -1 }); }, !out && state.table),
      tab("nav.filter", () => { byId("rail").classList.toggle("out"); drawTabs(); }, out, { n: filtered() }));
  }
  const closeRail = () => byId("rail").classList.remove("out");

  /* ---- the same view as a table */

  function rowsInView() {
    const rows = [];
    for (const line of now.lines) if (shown.lines.has(line.id)) for (const x of line.members) if (G.keeps(x)) rows.push(x);
    if (state.node >= 0) {
      const mine = rows.filter((x) => [G.relations[x].f, G.relations[x].o].includes(state.node));
      if (mine.length) return mine;
    }
    return rows.sort((a, b) => G.order.indexOf(G.relations[a].p) - G.order.indexOf(G.relations[b].p) || a - b);
  }
  const quoteOf = (r) => (r.st && r.st.length ? G.quote(r.st[0]) : "");
  const dayOf = (r) => G.nodes[r.f].d || (r.o !== undefined && G.nodes[r.o].d) || "";
  /* Why the table is empty. */
  function whyNoRow() {
    if (!whole.lines.length) return W("table.none");
    return behind.lines.size ? W("table.outside", { n: G.integer(behind.lines.size) }) : W("table.hidden", { n: G.integer(whole.lines.length) });
  }
  function drawTable() {
    const rows = rowsInView();
    if (!rows.length) return G.fill(byId("table"), el("p", { text: whyNoRow() }));
    const line = (x) => {
      const r = G.relations[x];
      const target = r.p === "holdsPost" ? r.v : r.o;
      const name = (i) => el("button", { class: "text", lang: "vi", text: G.short(G.nodes[i]), on: { click: () => G.go({ node: i }) } });
      return el("tr", {}, el("td", {}, name(r.f)), el("td", {}, el("button", { class: "text", text: G.rel(r.p), "data-relation": x, on: { click: () => G.go({ relation: x }) } })), el("td", {}, name(target)),
        el("td", { class: "number", text: G.day(dayOf(r)) }), el("td", {}, G.tag(r)), el("td", { class: "q", lang: "vi", text: quoteOf(r) || W("cert.noQuote") }));
    };
    const body = el("tbody", {}, rows.slice(0, 200).map(line));
    const more = rows.length > 200 ? el("button", { text: W("panel.more", { n: rows.length - 200 }), on: { click: () => { body.append(...rows.slice(200).map(line)); more.remove(); } } }) : null;
    G.fill(byId("table"), el("table", {}, el("caption", { text: W("table.caption", { n: G.integer(rows.length) }) }),
      el("thead", {}, el("tr", {}, ["from", "relation", "to", "date", "certainty", "sentence"].map((name) => el("th", { scope: "col", text: W("table." + name) })))), body), more);
  }

  /* ---- taking things along */

  function fileName(ending) {
    const name = state.node >= 0 ? G.short(G.nodes[state.node]) : state.view === "tree" && state.root >= 0 ? G.short(G.nodes[state.root]) : "ban-do";
    return [G.squash(name).slice(0, 40) || "ban-do", state.view, G.rest.newest].filter(Boolean).join("_") + "." + ending;
  }
  function downloadCsv() {
    const rows = [["from", "relation", "to", "date", "certainty", "confidence", "sentence", "source", "from_id", "to_id"].map((n) => n)];
    for (const x of rowsInView()) {
      const r = G.relations[x];
      const target = r.p === "holdsPost" ? r.v : r.o;
      rows.push([G.nodes[r.f].l, r.p, G.nodes[target].l, dayOf(r), r.certainty, r.st ? r.best : "", quoteOf(r), r.st ? Array.from(new Set(r.st.map((s) => G.rest.sources[s.f].f))).join("; ") : r.rg[0], G.rest.base + G.nodes[r.f].id, G.rest.base + G.nodes[target].id]);
    }
    G.save(G.csv(rows), fileName("csv"));
  }

  /* ---- start */

  function words() {
    if (narrow()) byId("q").placeholder = W("search.placeholder.short");
    byId("scope").textContent = W("map.sources", { n: G.rest.sources.length });
    document.title = W("nav.map") + " · " + W("app.title");
  }
  function start() {
    G.firstLang = G.lang;
    const wanted = G.remember("theme") || (window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    document.documentElement.dataset.theme = wanted;
    readAddress();
    G.setLanguage(G.lang);
    words();
    G.canvas.start({
      node: (i) => G.go({ node: i }),
      line: (line) => { if (line) G.go({ relation: line.members[0] }); },
      ground: () => { if (state.node >= 0 || state.relation >= 0) G.go({ node: -1, relation: -1 }); },
    });
    G.startSearch((i) => { G.go({ node: i }); byId("panel").focus({ preventScroll: true }); });
    render(null);
    if (leftOut(state.node)) G.go({ node: state.node });

    window.addEventListener("popstate", () => { const before = { view: state.view, table: state.table }; readAddress(); render(before); });
    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      // Only a change across the border between phone and desk needs another page.
      if ((width <= NARROW) !== narrow()) { width = window.innerWidth; render(null); }
    });
    byId("theme").addEventListener("click", () => {
      const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      G.setTheme(next);
      G.remember("theme", next);
      G.canvas.recolour();
    });
    byId("language").addEventListener("click", () => {
      G.setLanguage(G.lang === "vi" ? "en" : "vi");
      words();
      G.canvas.redraw();
      G.go({});
    });
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      G.go({ table: true });
      byId("table").focus();
    });
    byId("share").addEventListener("click", (event) => G.copy(location.href, event.target));
    const menu = byId("downloads");
    byId("download").addEventListener("click", () => { menu.hidden = !menu.hidden; byId("download").setAttribute("aria-expanded", String(!menu.hidden)); });
    menu.addEventListener("click", () => { menu.hidden = true; });
    byId("csv").addEventListener("click", downloadCsv);
    byId("png").addEventListener("click", () => G.canvas.picture([W("app.title"), W("map.sources", { n: G.rest.sources.length }), G.day(G.rest.newest)].filter(Boolean).join(" · "), (blob) => G.save(blob, fileName("png"))));
    document.addEventListener("click", (event) => { if (!event.target.closest(".menu")) menu.hidden = true; });
    document.addEventListener("keydown", (event) => {
      if (!G.goesToSearch(event) && event.key === "Escape" && !event.isComposing) {
        if (!menu.hidden) menu.hidden = true;
        else if (byId("rail").classList.contains("out")) { closeRail(); render(state); }
        else if (state.node >= 0 || state.relation >= 0) { G.go({ node: -1, relation: -1 }); byId("canvas").focus({ preventScroll: true }); }
        else if (state.table) G.go({ table: false });
        else if (state.view === "near") G.go({ view: "plans" });
      }
    });
    const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    byId("canvas").addEventListener("keydown", (event) => {
      if (event.key in ARROWS) {
        event.preventDefault();
        const next = state.node >= 0 && G.canvas.has(state.node) ? G.canvas.towards(state.node, ...ARROWS[event.key]) : G.canvas.first();
        if (next >= 0 && next !== undefined) G.go({ node: next });
      } else if (event.key === "Enter" && !byId("panel").hidden) byId("panel").focus();
      else if (event.key === "Enter" && G.canvas.first() !== undefined) G.go({ node: G.canvas.first() });
      else if (event.key === "+" || event.key === "-") G.canvas.zoom(event.key === "+" ? 1.35 : 1 / 1.35);
    });
    byId("net").addEventListener("click", () => byId("canvas").focus({ preventScroll: true }));
  }

  /* For tests: choose by name, ask what is seen. */
  window.govgraph = {
    get drawn() { return G.drawn; },
    select: (id) => G.go({ node: numbers.get(id) }),
    selectEdge: (subject, predicate, object) => G.go({ relation: relationNumber([subject, predicate, object].join("~")) }),
    position: (id) => G.canvas.position(numbers.get(id)),
    middle: (subject, predicate, object) => { const x = relationNumber([subject, predicate, object].join("~")); const line = G.canvas.lines().find((l) => l.members.includes(x)); return line ? G.canvas.middle(line.id) : null; },
    counts: () => ({ nodes: G.canvas.shown().nodes.size, lines: G.canvas.shown().lines.size }),
    labels: () => G.canvas.labels(),
    state: () => ({ view: state.view, node: state.node >= 0 ? G.nodes[state.node].id : "", relation: state.relation >= 0 ? relationId(state.relation) : "", steps: state.steps, lang: G.lang }),
  };
  start();
})(GG);
