/* The panel: a thing with its facts and relations, or a relation with the sentences that say it. */
(function (G) {
  const { el, W } = G;
  const panel = document.getElementById("panel");
  const LIST = 12;

  const thing = (i) => el("button", { class: "text", lang: "vi", text: G.nodes[i].l, on: { click: () => G.go({ node: i }) } });
  const { capital, kindWord, facts, sureness } = G;

  const head = (title, icon) => G.panelHead(panel, title, icon, () => G.go({ node: -1, relation: -1 }));

  /* ---- a thing */

  function dates(i) {
    return G.about(i).filter((x) => G.relations[x].d !== undefined).map((x) => {
      const fact = G.relations[x];
      return el("span", {}, el("button", { class: "text number", text: G.day(fact.d), title: W("evidence.title"), on: { click: () => G.go({ relation: x }) } }), " ", fact.certainty === "stated" ? null : G.tag(fact), " ");
    });
  }

  function tie(x, i, inverse) {
    const r = G.relations[x];
    const other = r.p === "holdsPost" ? (r.v === i ? r.f : inverse ? r.f : r.v) : inverse ? r.f : r.o;
    const node = G.nodes[other];
    const small = r.p === "holdsPost" && inverse && r.v !== i ? G.nodes[r.v].l : G.brief(node);
    return el("li", {}, el("button", { class: "tie", "data-relation": x, on: { click: () => G.go({ relation: x }) } }, G.icon(G.look(node), G.onlyRegistered(node)),
      el("span", { class: "name", lang: "vi" }, node.l, small ? el("small", { text: small }) : null, r.former ? el("small", { text: W("post.former") }) : null),
      r.lag !== undefined ? el("span", { class: "lag", text: W("cascade.days", { n: G.integer(r.lag) }) }) : null,
      r.certainty === "stated" ? null : G.tag(r)));
  }

  function ties(i) {
    const groups = new Map();
    for (const x of G.about(i)) {
      const r = G.relations[x];
      if (r.d !== undefined) continue;
      const inverse = r.f !== i;
      const key = r.p + (inverse ? ".inverse" : "");
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(x);
    }
    const order = Array.from(groups.keys()).sort((a, b) => G.order.indexOf(a.split(".")[0]) - G.order.indexOf(b.split(".")[0]) || a.length - b.length);
    return order.map((key) => {
      const all = groups.get(key);
      const [predicate, inverse] = key.split(".");
      const sorted = all.slice().sort((a, b) => String(G.nodes[G.relations[b].f].d || "").localeCompare(String(G.nodes[G.relations[a].f].d || "")) || a - b);
      const list = el("ul", { class: "ties" }, sorted.slice(0, LIST).map((x) => tie(x, i, Boolean(inverse))));
      if (sorted.length > LIST) {
        const more = el("li", {}, el("button", { text: W("panel.more", { n: sorted.length - LIST }), on: { click: () => more.replaceWith(...sorted.slice(LIST).map((x) => tie(x, i, Boolean(inverse)))) } }));
        list.append(more);
      }
      return [el("h3", {}, capital(inverse ? W("rel." + key) : G.rel(predicate)), el("small", { text: (G.lang === "vi" && !inverse ? predicate + " · " : "") + all.length })), list];
    });
  }

  function sourcesOf(node) {
    if (!node.sr) return null;
    const list = el("ul", { class: "ties" }, node.sr.slice(0, 6).map((file) => el("li", {}, el("button", { class: "tie", on: { click: () => G.go({ node: G.rest.sources[file].n }) } },
      G.icon(G.LOOKS.Report), el("span", { class: "name", lang: "vi" }, G.rest.sources[file].h, el("small", { text: G.day(G.rest.sources[file].d) }))))));
    return [el("h3", {}, W("panel.sources", { n: node.sr.length })), list];
  }

  function report(i) {
    const file = G.rest.sources.findIndex((source) => source.n === i);
    const source = G.rest.sources[file] || {};
    const told = G.relations.map((r, x) => x).filter((x) => (G.relations[x].st || []).some((s) => s.f === file) && G.relations[x].o !== undefined);
    return [
      facts([[W("panel.file"), source.f ? el("code", { text: source.f }) : ""], [W("panel.date"), G.day(source.d)], [W("panel.textOf"), source.of !== undefined ? thing(source.of) : ""]]),
      el("div", { class: "acts" }, el("button", { text: W("panel.onlySource"), on: { click: () => G.go({ source: source.f, node: -1, relation: -1 }) } })),
      el("h3", {}, W("panel.relations"), el("small", { text: String(told.length) })),
      el("ul", { class: "ties" }, told.slice(0, 60).map((x) => el("li", {}, el("button", { class: "tie", on: { click: () => G.go({ relation: x }) } }, el("span", { class: "name", lang: "vi", text: G.sentence(x) }))))),
    ];
  }

  function steps() {
    return el("div", { class: "acts steps", role: "group", "aria-label": W("map.around") }, [1, 2, 3].map((n) => el("button", { "aria-pressed": String(G.state.steps === n), text: n === 1 ? W("map.steps1") : W("map.steps", { n }), on: { click: () => G.go({ steps: n }) } })));
  }

  function showThing(i) {
    const node = G.nodes[i];
    const look = G.look(node);
    const same = G.sameNumber(node).filter((other) => other !== node);
    const place = node.pv !== undefined ? G.nodes[node.pv] : null;
    const rows = [
      [W("panel.kind"), node.t === "Directive" ? kindWord(node) : ""],
      [W("panel.number"), node.no ? el("span", { class: "number", text: node.no }) : ""],
      [W("panel.asPrinted"), node.pr ? el("span", { class: "number", text: node.pr }) : ""],
      [W("panel.subject"), node.ti ? [el("span", { lang: "vi" }, G.whole(node.ti)), node.te && G.lang === "en" ? " (" + node.te + ")" : ""] : ""],
      [node.t === "Meeting" ? capital(W("rel.heldOn")) : capital(W("rel.issuedOn")), node.t === "Meeting" || node.t === "Directive" ? dates(i) : ""],
      [W("panel.province"), place ? [thing(node.pv), place.now && place.now !== place.l ? " (" + W("province.now", { name: place.now }) + ")" : ""] : node.b === 2 && ["Agency", "Directive"].includes(node.t) ? [W("province.unknown")] : ""],
      [W("panel.parent"), node.pa !== undefined ? thing(node.pa) : ""],
      [W("panel.agency"), node.ag !== undefined ? thing(node.ag) : ""],
      [W("panel.until"), node.until ? G.day(node.until) + (node.now && node.now !== node.l ? " · " + W("province.now", { name: node.now }) : "") : ""],
      [W("panel.since"), node.since ? G.day(node.since) : ""],
      [W("panel.register"), node.r ? G.rowOf([node.r, !node.u]) : ""],
    ];
    G.fill(panel, head(W(look.word), G.icon(look, G.onlyRegistered(node))),
      el("h2", { lang: "vi" }, G.whole(node.l), node.s ? el("small", { text: node.s }) : null, G.lang === "en" && node.e ? el("small", { lang: "en", text: node.e }) : null),
      G.onlyRegistered(node) ? el("p", { class: "cite" }, el("span", { class: "tag register", text: W("cert.register") }), " " + W("cert.noQuote")) : null,
      facts(rows),
      same.length ? el("p", { class: "box" }, el("b", { text: W("search.sameNumber", { n: same.length + 1, no: node.no }) }), same.map((other) => el("span", {}, thing(G.nodes.indexOf(other)), " " + [G.brief(other), other.ti].filter(Boolean).join(" · ") + " "))) : null,
      el("div", { class: "acts" },
        node.t === "Directive" ? el("button", { class: "strong", text: W("panel.openCascade"), on: { click: () => G.go({ view: "tree", root: i }) } }) : null,
        G.state.view === "tree" || G.table ? el("button", { text: W("panel.inMap"), on: { click: () => G.go({ view: "levels", table: false, node: i }) } }) : null,
        node.g && G.state.view !== "near" ? el("button", { text: W("map.near"), on: { click: () => G.go({ view: "near", table: false, node: i }) } }) : null),
      node.g && !["tree", "near"].includes(G.state.view) && !G.table ? steps() : null,
      node.t === "Report" ? report(i) : [ties(i), sourcesOf(node)].flat(3),
      node.x && node.t !== "Report" ? el("p", { class: "box" }, el("b", { text: W("evidence.same", { type: W(look.word).charAt(0).toLowerCase() + W(look.word).slice(1) }) }), G.reason(node.x)) : null);
    G.announce(W("map.announce", { name: node.l, type: W(look.word), date: G.day(node.d) || W("date.unknown"), n: G.about(i).length }));
  }

  /* ---- a relation */

  function told(statement) {
    const source = G.rest.sources[statement.f];
    return G.told(statement, source.n !== undefined ? el("button", { text: W("evidence.openSource"), on: { click: () => G.go({ node: source.n }) } }) : null);
  }

  function end(i) {
    return el("button", { class: "text end", lang: "vi", text: G.nodes[i].l, on: { click: () => G.go({ node: i }) } });
  }

  function showRelation(x) {
    const r = G.relations[x];
    const statements = G.newestFirst(r.st || []);
    const best = Math.max(0, ...statements.map((s) => s.c));
    const reasons = Array.from(new Set(statements.filter((s) => s.i && s.i !== 1).map((s) => s.i)));
    const target = r.d !== undefined ? el("span", { class: "end number", text: G.day(r.d) }) : end(r.p === "holdsPost" ? r.v : r.o);
    const superior = r.o !== undefined && r.d === undefined ? G.nodes[r.o] : null;
    const later = G.nodes[r.f];
    const arrow = G.svg("svg", { viewBox: "0 0 18 26", "aria-hidden": "true" }, G.svg("path", { d: "M9 1v17", stroke: "var(--" + G.family(r.p) + ")", "stroke-width": r.certainty === "stated" ? 3 : 3, "stroke-dasharray": r.certainty === "stated" ? "none" : r.certainty === "inferred" ? "6 3" : "2 3" }), G.svg("path", { d: "M2 16h14l-7 9z", fill: "var(--" + G.family(r.p) + ")" }));
    const files = new Set(statements.map((s) => s.f)).size;
    const quotes = statements.reduce((n, s) => n + s.q.length, 0);
    const english = G.lang === "vi" ? el("small", { lang: "en", text: "(" + r.p + ")" }) : null;
    const verb = el("p", { class: "verb" }, arrow, el("span", { text: G.rel(r.p) }), english);
    verb.style.color = "var(--" + G.family(r.p) + ")";
    G.fill(panel, head(W("panel.claim"), null),
      el("div", { class: "claim" }, end(r.f), verb, target, r.former ? el("span", { class: "cite", text: W("post.former") }) : null),
      facts([
        [W("panel.lag"), r.lag !== undefined ? [el("b", { text: W("cascade.days", { n: G.integer(r.lag) }) }), " ", el("span", { class: "number", text: G.day(superior.d) + " → " + G.day(later.d) }), r.lag < 0 ? " · " + W("date.mismatch") : ""] : ""],
        [W("panel.certainty"), [statements.length ? sureness(best) : null, " ", G.tag(r)].filter(Boolean)],
        [W("cert.why"), reasons.length ? reasons.map(G.reason).join("; ") : ""],
        [W("panel.register"), r.rg ? G.rowOf(r.rg) : ""],
      ]),
      el("h3", {}, W("evidence.title"), el("small", { text: statements.length ? W("evidence.count", { sources: files, quotes }) : W("cert.noQuote") })),
      statements.map(told),
      el("div", { class: "acts" }, later.t === "Directive" && superior && superior.t === "Directive" ? el("button", { class: "strong", text: W("panel.openCascade"), on: { click: () => G.go({ view: "tree", root: r.o }) } }) : null));
    G.announce(G.sentence(x));
  }

  G.showPanel = function () {
    const { node, relation } = G.state;
    const wasOpen = !panel.hidden;
    panel.hidden = node < 0 && relation < 0;
    document.querySelector(".frame").classList.toggle("open", !panel.hidden);
    if (panel.hidden) return;
    if (relation >= 0) showRelation(relation);
    else showThing(node);
    panel.scrollTop = 0;
    if (!wasOpen) panel.classList.remove("full", "low");
  };
})(GG);
