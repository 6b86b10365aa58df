/* Sentences of sources as every page shows them: the words around, the cited span marked, where it stands and how sure it is. */
(function (G) {
  const { el, W } = G;
  /* A passage ends in the quote and the words before and after it. */
  const passage = (number) => G.rest.passages[number].slice(-3);

  G.tag = function (relation) {
    return el("span", { class: "tag " + relation.certainty, text: W("cert." + relation.certainty) });
  };
  G.sureness = (x) => el("span", { class: "tag", text: W(x >= 0.9 ? "cert.high" : x >= 0.7 ? "cert.medium" : "cert.low", { x: G.decimal(x) }) });
  /* How sure a relation is, from what tells it: r.st, the statements of texts. */
  G.weigh = function (r) {
    const told = r.st || [];
    r.certainty = told.some((s) => !s.i) ? "stated" : told.length ? "inferred" : "register";
    r.best = told.length ? Math.max(...told.map((s) => s.c)) : 1;
    return r;
  };
  /* The row of the register that tells a relation, marked where nobody has checked it. */
  G.rowOf = ([row, verified]) => [el("code", { text: row }), verified ? null : [" ", el("span", { class: "tag register", text: W("panel.unverified") })]];

  /* Text in which a document number is never broken at the end of a line. */
  G.whole = function (text) {
    return text.split(/(\d[\p{L}\d.]*(?:[\/-][\p{L}\d&.]*[\p{L}\d])+)/u).map((part, n) => (n % 2 ? el("span", { class: "number", text: part }) : part));
  };
  /* The cited words of a statement, its spans joined. */
  G.quote = (statement) => statement.q.map((number) => passage(number)[0]).join(" … ");
  G.newestFirst = (statements) => statements.slice().sort((a, b) => String(G.rest.sources[b.f].d || "").localeCompare(String(G.rest.sources[a.f].d || "")) || a.f - b.f);

  G.sourceLine = function (file) {
    const source = G.rest.sources[file];
    return el("p", { class: "cite" }, el("b", { text: source.h, lang: "vi" }), source.d ? " · " + G.day(source.d) + " · " : " · ", el("code", { text: source.f }));
  };
  /* A statement with its sentences; more: buttons of the page beside that for copying. */
  G.told = function (statement, more) {
    const quotes = statement.q.map((number) => {
      const [quote, before, after] = passage(number);
      return el("blockquote", { lang: "vi" }, G.whole(before), el("mark", {}, G.whole(quote)), G.whole(after));
    });
    const source = G.rest.sources[statement.f];
    const text = () => "“" + G.quote(statement) + "” (" + [source.h, G.day(source.d), source.f].filter(Boolean).join(", ") + ")";
    const button = el("button", { text: W("evidence.copy"), on: { click: () => G.copy(text(), button) } });
    return el("div", { class: "told" }, quotes, G.sourceLine(statement.f),
      el("p", { class: "cite" }, W("panel.rule") + ": ", el("code", { text: statement.u }), " · " + W("cert.confidence", { x: G.decimal(statement.c) }),
        statement.i ? " · " + W("cert.inferred") + (statement.i === 1 ? "" : ": " + G.reason(statement.i)) : ""),
      el("div", { class: "acts" }, button, more || null));
  };

  /* A list of terms and values; empty values are left out. */
  G.facts = function (rows) {
    const list = el("dl", {});
    for (const [term, value] of rows) if (value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && !value.length)) list.append(el("dt", { text: term }), el("dd", {}, value));
    return list.childNodes.length ? list : null;
  };
  /* The head of a panel: on a phone a grip that changes its height; a button that closes it. */
  G.panelHead = function (panel, title, icon, close) {
    const taller = function () {
      const order = ["", "full", "low"];
      const now = Math.max(0, order.findIndex((name) => name && panel.classList.contains(name)));
      panel.classList.remove("full", "low");
      if (order[(now + 1) % 3]) panel.classList.add(order[(now + 1) % 3]);
    };
    return el("div", {}, el("button", { class: "grip", "aria-label": W("panel.sheet"), on: { click: taller } }),
      el("div", { class: "head" }, icon, el("span", { text: title }), el("button", { class: "square close", "aria-label": W("action.close"), title: W("action.close"), text: "✕", on: { click: close } })));
  };
  G.kindWord = (node) => (node.k ? (G.lang === "en" && node.ke ? node.ke + " (" + node.k + ")" : node.k) : W(G.look(node).word));
  G.capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
})(GG);
