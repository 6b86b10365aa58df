/* The cascade: who implements a document, hop by hop, or, upwards, what it implements; each hop opens its sentence. */
(function (G) {
  const { el, W } = G;
  const box = document.getElementById("tree");

  /* Relations one hop down (documents that implement it) or up. */
  function hops(i, up) {
    return G.about(i).filter((x) => G.kinds[G.relations[x].p].step && (up ? G.relations[x].f : G.relations[x].o) === i && G.keeps(x))
      .sort((a, b) => day(a, up).localeCompare(day(b, up)) || a - b);
  }
  const day = (x, up) => String(G.nodes[up ? G.relations[x].o : G.relations[x].f].d || "9999");

  /* A card of a document; days: how long after the root it was signed, where it is more than a hop away. */
  function card(i, root, days) {
    const node = G.nodes[i];
    return el("button", { class: "card" + (G.onlyRegistered(node) ? " register" : "") + (root ? " root" : ""), "data-node": node.id, on: { click: () => G.go({ node: i, relation: -1 }) } },
      G.icon(G.look(node), G.onlyRegistered(node)),
      el("span", {}, el("span", { class: "k", text: G.lang === "en" && node.ke ? node.ke : node.k || W("type.directive") }), el("span", { class: "t number", lang: "vi", text: node.no || node.l }),
        G.issuer(i) ? el("span", { class: "i", lang: "vi", text: G.issuer(i) }) : null,
        el("span", { class: "m", text: [G.day(node.d) || W("date.unknown"), place(node)].filter(Boolean).join(" · ") }),
        days !== undefined ? el("span", { class: "m whole", text: W("cascade.total", { n: G.integer(days) }) }) : null,
        root && node.ti ? el("span", { class: "m", lang: "vi", text: node.ti }) : null));
  }

  const discussions = (i) => G.about(i).filter((x) => G.relations[x].p === "discusses" && G.relations[x].o === i && G.keeps(x));
  function meetings(i) {
    return discussions(i).map((x) => {
      const meeting = G.nodes[G.relations[x].f];
      const chairs = G.about(G.relations[x].f).map((y) => G.relations[y]).filter((r) => r.p === "chaired").map((r) => G.nodes[r.f].l);
      return el("button", { class: "card meeting", on: { click: () => G.go({ relation: x }) } }, G.icon(G.LOOKS.Meeting),
        el("span", {}, el("span", { class: "k", text: W("cascade.discussed") }), el("span", { class: "i", lang: "vi", text: meeting.l }),
          el("span", { class: "m", text: [G.day(meeting.d), chairs.length ? W("rel.chaired") + ": " + chairs.join(", ") : ""].filter(Boolean).join(" · ") })));
    });
  }

  function branch(i, up, seen, count, depth, days) {
    const below = hops(i, up).filter((x) => !seen.has(up ? G.relations[x].o : G.relations[x].f));
    const kids = below.map((x) => {
      const r = G.relations[x];
      const next = up ? r.o : r.f;
      count.documents.add(next);
      count.steps = Math.max(count.steps, depth + 1);
      count.hops.add(x);
      return el("div", { class: "leg " + r.certainty },
        el("div", { class: "hop" }, el("i", { class: "tip", "aria-hidden": "true" }), el("button", { "data-relation": x, title: W("evidence.title"), on: { click: () => G.go({ relation: x }) } }, el("span", { text: W("rel." + r.p) }), el("span", {}, lagWords(r) || W("evidence.title"), el("small", { text: " · " + sure(r) })))),
        branch(next, up, new Set(seen).add(next), count, depth + 1, days === undefined || !soundLag(r) ? undefined : days + r.lag));
    });
    const own = [card(i, depth === 0, depth > 1 ? days : undefined), ...(up ? [] : meetings(i))];
    return el("div", { class: "branch" }, el("div", { class: "kids" }, own), kids.length ? el("div", { class: "kids" }, kids) : null);
  }

  const place = (node) => G.placeOf(node) || (node.b === 2 && node.pv === undefined ? W("province.unknown").toLowerCase() : "");
  const soundLag = (r) => r.lag !== undefined && r.lag >= 0;
  const lagWords = (r) => (r.lag === undefined ? "" : W("cascade.days", { n: G.integer(r.lag) }) + (r.lag < 0 ? " · " + W("date.mismatch") : ""));
  const sure = (r) => (r.st && r.st.length ? G.decimal(r.best) : W("cert.register") + (r.rg && !r.rg[1] ? ", " + W("panel.unverified") : ""));

  /* The hops of the cascade with their sentences, for reading, printing and those who can't see the picture. */
  function sentences(count) {
    const row = function (x) {
      const r = G.relations[x];
      const best = G.newestFirst(r.st || [])[0];
      return el("tr", {}, el("td", {}, el("button", { class: "text number", lang: "vi", "data-relation": x, text: G.short(G.nodes[r.f]), on: { click: () => G.go({ relation: x }) } })), el("td", { text: W("rel." + r.p) }), el("td", { class: "number", lang: "vi", text: G.short(G.nodes[r.o]) }),
        el("td", { class: "number", text: lagWords(r) }), el("td", { text: sure(r) }),
        el("td", { class: "q", lang: best ? "vi" : null }, best ? [G.whole(G.quote(best)), " ", el("code", { text: G.rest.sources[best.f].f })] : W("cert.noQuote")));
    };
    return el("table", { class: "hops" }, el("caption", { text: W("cascade.sentences") }),
      el("thead", {}, el("tr", {}, ["from", "relation", "to", "days", "certainty", "sentence"].map((name) => el("th", { scope: "col", text: W("table." + name) })))), el("tbody", {}, Array.from(count.hops, row)));
  }

  function timeline(root, count) {
    const first = G.nodes[root];
    const points = [root, ...count.documents].map((i) => ({ d: G.nodes[i].d, label: G.short(G.nodes[i]), look: G.look(G.nodes[i]), choose: () => G.go({ node: i, relation: -1 }) }));
    for (const i of [root, ...count.documents]) for (const x of discussions(i)) {
      const meeting = G.relations[x].f;
      points.push({ d: G.nodes[meeting].d, label: W("type.meeting"), look: G.LOOKS.Meeting, choose: () => G.go({ relation: x }) });
    }
    const picture = G.timeline(points.filter((point, n) => points.findIndex((other) => other.d === point.d && other.label === point.label) === n), Math.max(300, Math.min(1240, box.clientWidth - 44)));
    return picture ? [el("h3", { text: W("cascade.timeline") }), picture] : null;
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
    if (root < 0) return G.fill(box, el("p", { text: W("cascade.choose") }));
    const node = G.nodes[root];
    const up = G.state.up;
    const count = { documents: new Set(), hops: new Set(), steps: 0 };
    const tree = branch(root, up, new Set([root]), count, 0, 0);
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
      up || !count.documents.size ? null : el("p", { class: "sum" }, W("cascade.summary", { docs: count.documents.size, steps: count.steps, provinces: provinces.size }) + (unknown ? " " + W("cascade.unknown", { n: unknown }) : "")),
      timeline(root, count), count.hops.size ? sentences(count) : null);
    return null;
  };
})(GG);
