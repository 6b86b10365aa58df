/* The cascade: who implements a document, hop by hop, or, upwards, what it implements; each hop opens its sentence. */
(function (G) {
  const { el, W } = G;
  const box = document.getElementById("tree");
  const STEPS = ["implements", "guides"];

  /* Relations one hop down (documents that implement it) or up. */
  function hops(i, up) {
    return G.about(i).filter((x) => STEPS.includes(G.relations[x].p) && (up ? G.relations[x].f : G.relations[x].o) === i && G.keeps(x))
      .sort((a, b) => day(a, up).localeCompare(day(b, up)) || a - b);
  }
  const day = (x, up) => String(G.nodes[up ? G.relations[x].o : G.relations[x].f].d || "9999");

  function card(i, root) {
    const node = G.nodes[i];
    const issuer = G.about(i).map((x) => G.relations[x]).find((r) => r.p === "issuedBy" && r.f === i);
    return el("button", { class: "card" + (G.onlyRegistered(node) ? " register" : "") + (root ? " root" : ""), "data-node": node.id, on: { click: () => G.go({ node: i, relation: -1 }) } },
      G.icon(G.look(node), G.onlyRegistered(node)),
      el("span", {}, el("span", { class: "k", text: G.lang === "en" && node.ke ? node.ke : node.k || W("type.directive") }), el("span", { class: "t number", lang: "vi", text: node.no || node.l }),
        issuer ? el("span", { class: "i", lang: "vi", text: G.nodes[issuer.o].l }) : null,
        el("span", { class: "m", text: [G.day(node.d), G.placeOf(node)].filter(Boolean).join(" · ") }),
        root && node.ti ? el("span", { class: "m", lang: "vi", text: node.ti }) : null));
  }

  function meetings(i) {
    return G.about(i).filter((x) => G.relations[x].p === "discusses" && G.relations[x].o === i && G.keeps(x)).map((x) => {
      const meeting = G.nodes[G.relations[x].f];
      const chairs = G.about(G.relations[x].f).map((y) => G.relations[y]).filter((r) => r.p === "chaired").map((r) => G.nodes[r.f].l);
      return el("button", { class: "card meeting", on: { click: () => G.go({ relation: x }) } }, G.icon(G.LOOKS.Meeting),
        el("span", {}, el("span", { class: "k", text: W("cascade.discussed") }), el("span", { class: "i", lang: "vi", text: meeting.l }),
          el("span", { class: "m", text: [G.day(meeting.d), chairs.length ? W("rel.chaired") + ": " + chairs.join(", ") : ""].filter(Boolean).join(" · ") })));
    });
  }

  function branch(i, up, seen, count, depth) {
    const below = hops(i, up).filter((x) => !seen.has(up ? G.relations[x].o : G.relations[x].f));
    const kids = below.map((x) => {
      const r = G.relations[x];
      const next = up ? r.o : r.f;
      count.documents.add(next);
      count.steps = Math.max(count.steps, depth + 1);
      return el("div", { class: "leg " + r.certainty },
        el("div", { class: "hop" }, el("i", { class: "tip", "aria-hidden": "true" }), el("button", { "data-relation": x, title: W("evidence.title"), on: { click: () => G.go({ relation: x }) } }, el("span", { text: W("rel." + r.p) }), el("span", { text: r.lag !== undefined ? W("cascade.days", { n: G.integer(r.lag) }) : W("evidence.title") }))),
        branch(next, up, new Set(seen).add(next), count, depth + 1));
    });
    const own = [card(i, depth === 0), ...(up ? [] : meetings(i))];
    return el("div", { class: "branch" }, el("div", { class: "kids" }, own), kids.length ? el("div", { class: "kids" }, kids) : null);
  }

  /* All documents below one, however many hops. */
  G.below = function (i) {
    const found = new Set();
    const queue = [i];
    while (queue.length) for (const x of hops(queue.pop(), false)) if (!found.has(G.relations[x].f) && G.relations[x].f !== i) { found.add(G.relations[x].f); queue.push(G.relations[x].f); }
    return found;
  };

  G.roots = function () {
    const counts = G.nodes.map((node, i) => ({ i, n: node.t === "Directive" && hops(i, false).length ? G.below(i).size : 0 })).filter((c) => c.n);
    return counts.sort((a, b) => b.n - a.n || a.i - b.i);
  };

  G.showTree = function () {
    const all = G.roots();
    const root = G.state.root >= 0 ? G.state.root : all.length ? all[0].i : -1;
    if (root < 0) return G.fill(box, el("h2", { text: W("map.layout.cascade") }), el("p", { text: W("cascade.choose") }));
    const node = G.nodes[root];
    const up = G.state.up;
    const count = { documents: new Set(), steps: 0 };
    const tree = branch(root, up, new Set([root]), count, 0);
    const provinces = new Set(Array.from(count.documents, (i) => G.nodes[i].pv).filter((p) => p !== undefined));
    const unknown = Array.from(count.documents).filter((i) => G.nodes[i].b === 2 && G.nodes[i].pv === undefined).length;
    const same = G.sameNumber(node).filter((other) => other !== node);
    const options = all.slice(0, 200);
    if (!options.some((o) => o.i === root)) options.unshift({ i: root, n: G.below(root).size });
    const select = el("select", { "aria-label": W("cascade.choose"), on: { change: () => G.go({ root: Number(select.value), up: false }) } },
      options.map((o) => el("option", { value: o.i, selected: o.i === root, text: (G.nodes[o.i].no || G.nodes[o.i].l) + (G.nodes[o.i].d ? " · " + G.nodes[o.i].d.slice(0, 4) : "") + " (" + o.n + ")" })));
    G.fill(box,
      el("div", { class: "treebar" }, el("h2", { text: W(up ? "cascade.titleUp" : "cascade.title", { name: node.no || node.l }) }), select,
        el("button", { "aria-pressed": String(up), text: W("cascade.up") + " ▲", on: { click: () => G.go({ root, up: true }) } }),
        el("button", { "aria-pressed": String(!up), text: W("cascade.down") + " ▼", on: { click: () => G.go({ root, up: false }) } })),
      same.length ? el("p", { class: "info" }, W("search.sameNumber", { n: same.length + 1, no: node.no }) + ": ", [node].concat(same).map((other, n) => [n ? " · " : "", other === node ? el("b", { text: String(node.d || "").slice(0, 4) || W("date.unknown") }) : el("button", { class: "text", text: [String(other.d || "").slice(0, 4) || W("date.unknown"), other.ti].filter(Boolean).join(", "), on: { click: () => G.go({ root: G.nodes.indexOf(other) }) } })]).flat()) : null,
      count.documents.size ? null : el("p", { class: "info" }, W(up ? "cascade.emptyUp" : "cascade.empty", { name: node.no || node.l }) + " " + (up ? "" : W("state.none.note"))),
      el("div", { class: "wide cards" + (up ? " up" : "") }, tree),
      up || !count.documents.size ? null : el("p", { class: "sum" }, W("cascade.summary", { docs: count.documents.size, steps: count.steps, provinces: provinces.size }) + (unknown ? " " + W("cascade.unknown", { n: unknown }) : "")));
    return null;
  };
})(GG);
