/* The scoreboard's page: what is chosen, kept in the address; the views; the wiring. */
(function (G) {
  const { W } = G;
  const rest = G.rest;
  const byId = (id) => document.getElementById(id);
  const START = { view: "board", now: false, rows: "province", all: false, sort: "region", tab: "lag", cell: null, node: -1, relation: -1, root: -1, up: false, one: -1 };
  const state = Object.assign({}, START);
  G.state = state;

  /* ---- the address: short keys, version first */

  const cellId = ([d, u]) => rest.docs[d].id + "~" + (rest.units[u].id || "unknown");
  const relationId = (x) => [G.nodes[G.relations[x].f].id, G.relations[x].p, G.nodes[G.relations[x].o].id].join("~");
  function address() {
    const part = new URLSearchParams({ v: "1" });
    if (state.view !== "board") part.set("w", state.view);
    if (state.now) part.set("t", "now");
    if (state.rows !== "province") part.set("r", state.rows);
    if (state.all) part.set("a", "1");
    if (state.sort !== "region") part.set("s", state.sort);
    if (state.tab !== "lag") part.set("b", state.tab);
    if (state.cell) part.set("c", cellId(state.cell));
    else if (state.relation >= 0) part.set("e", relationId(state.relation));
    else if (state.node >= 0) part.set("n", G.nodes[state.node].id);
    if (state.view !== "board" && state.root >= 0) part.set("o", G.nodes[state.root].id);
    if (state.up) part.set("u", "1");
    if (state.one >= 0) part.set("p", G.nodes[state.one].id);
    if (G.lang !== firstLang) part.set("l", G.lang);
    return "#" + part.toString();
  }
  const firstLang = G.lang;
  function readAddress() {
    const part = new URLSearchParams(location.hash.slice(1));
    const known = (key, values, other) => (values.includes(part.get(key)) ? part.get(key) : other);
    const number = (key) => G.numberOf(part.get(key));
    const [d, u] = (part.get("c") || "~").split("~").map(G.numberOf);
    Object.assign(state, {
      view: known("w", ["tree", "person"], "board"), now: part.get("t") === "now", rows: known("r", ["ministry"], "province"), all: part.has("a"), sort: known("s", ["name", "lag"], "region"), tab: known("b", G.TABS, "lag"),
      cell: d >= 0 && d < rest.docs.length && u >= 0 && G.unitOf(u) >= 0 ? [d, G.unitOf(u)] : null, relation: part.has("e") ? G.relations.findIndex((_, x) => relationId(x) === part.get("e")) : -1, node: number("n"), root: number("o"), up: part.has("u"), one: number("p"),
    });
    settle();
    const lang = part.get("l");
    if (rest.languages.includes(lang) && lang !== G.lang) G.setLanguage(lang);
  }
  /* A thing is shown where it can be: a person in a view of its own, a cascade of a document. */
  function settle() {
    if (state.node >= 0 && G.nodes[state.node].ps) Object.assign(state, { view: "person", root: state.node, node: -1 });
    if (state.view === "person" && (state.root < 0 || !G.nodes[state.root].ps)) state.view = "board";
    if (state.view === "tree" && (state.root < 0 || G.nodes[state.root].t !== "Directive")) state.root = -1;
    if (state.cell) Object.assign(state, { node: -1, relation: -1 });
    if (state.one >= rest.docs.length && G.unitOf(state.one) < 0) state.one = -1;
  }

  /* ---- change what is chosen; choosing is a step that the browser's Back undoes, sorting is not */

  let from = null;
  G.go = function (change) {
    const before = Object.assign({}, state);
    const chosen = ["cell", "node", "relation"];
    if (chosen.some((key) => key in change)) Object.assign(state, { cell: null, node: -1, relation: -1 });
    else if (change.view && change.view !== state.view) Object.assign(state, { cell: null, node: -1, relation: -1 });
    // A root without a view is another cascade.
    if ("root" in change && !change.view) change.view = "tree";
    Object.assign(state, change);
    settle();
    const hash = address();
    const step = ["view", "now", "rows", "root", "up", "cell", "node", "relation"].some((key) => String(before[key]) !== String(state[key]));
    if (hash !== location.hash) {
      if (step) history.pushState(null, "", hash);
      else history.replaceState(null, "", hash);
    }
    const wasClosed = byId("panel").hidden;
    if (wasClosed) from = place();
    render(before);
    if (!byId("panel").hidden && chosen.some((key) => key in change)) byId("panel").focus({ preventScroll: true });
    else if (byId("panel").hidden && !wasClosed) back();
  };
  /* Where the focus was, in words that outlive a new drawing. */
  function place() {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    for (const name of ["cell", "directive", "unit", "relation", "node", "figures"]) if (node.dataset[name] !== undefined) return "[data-" + name + '="' + CSS.escape(node.dataset[name]) + '"]';
    return node.id ? "#" + CSS.escape(node.id) : null;
  }
  function back() {
    const target = from && document.querySelector("main " + from);
    if (target) target.focus({ preventScroll: true });
  }

  let drawn = "";
  function render(before) {
    byId("board").hidden = state.view !== "board";
    byId("tree").hidden = state.view !== "tree";
    byId("person").hidden = state.view !== "person";
    G.showPanel();
    if (state.view === "board") {
      const key = [state.now, state.rows, state.all, state.sort, state.one, G.lang, G.narrow(), G.narrow() ? 0 : window.innerWidth].join();
      if (key !== drawn) G.drawBoard();
      if (key !== drawn || !before || before.tab !== state.tab || before.view !== state.view) G.drawTabs();
      drawn = key;
      for (const old of document.querySelectorAll("#matrix .chosen")) old.classList.remove("chosen");
      const cell = state.cell && document.querySelector('#matrix [data-cell="' + state.cell.join("|") + '"]');
      if (cell) {
        cell.classList.add("chosen");
        cell.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    } else if (state.view === "tree") G.showTree();
    else G.showPerson();
    if (before && before.view !== state.view) {
      byId("main").scrollTop = 0;
      byId("main").focus({ preventScroll: true });
    }
    document.title = [state.view === "board" ? W("nav.scoreboard") : G.short(G.nodes[state.root] || { l: W("nav.scoreboard") }), W("app.title")].join(" · ");
  }

  /* ---- start */

  function start() {
    document.documentElement.dataset.theme = G.remember("theme") || (window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    readAddress();
    G.setLanguage(G.lang);
    G.startSearch((i) => G.go({ node: i }));
    render(null);

    window.addEventListener("popstate", () => { const before = Object.assign({}, state); readAddress(); drawn = ""; render(before); });
    let timer = 0;
    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      clearTimeout(timer);
      timer = setTimeout(() => { if (width !== window.innerWidth) { width = window.innerWidth; render(null); } }, 120);
    });
    byId("theme").addEventListener("click", () => {
      const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      G.setTheme(next);
      G.remember("theme", next);
    });
    byId("language").addEventListener("click", () => {
      G.setLanguage(G.lang === "vi" ? "en" : "vi");
      G.go({});
    });
    byId("home").addEventListener("click", (event) => { event.preventDefault(); G.go({ view: "board", cell: null }); });
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      G.go({ view: "board" });
      (document.querySelector("#matrix [tabindex='0'], #matrix select") || byId("matrix")).focus();
    });
    byId("method").addEventListener("click", () => {
      byId("how").hidden = !byId("how").hidden;
      byId("method").setAttribute("aria-expanded", String(!byId("how").hidden));
    });
    byId("share").addEventListener("click", (event) => G.copy(location.href, event.target));
    byId("csv").addEventListener("click", G.boardCsv);
    window.addEventListener("beforeprint", () => { if (state.view === "board") G.drawPrint(); });
    byId("print").addEventListener("click", () => window.print());
    document.addEventListener("keydown", (event) => {
      if (!G.goesToSearch(event) && event.key === "Escape" && !event.isComposing) {
        if (!byId("panel").hidden) G.go({ cell: null });
        else if (state.view !== "board") G.go({ view: "board" });
      }
    });
  }

  /* For tests: ask what is seen, and the rows behind each number. */
  window.govgraph = {
    drawn: true,
    state: () => ({ view: state.view, now: state.now, rows: state.rows, cell: state.cell ? cellId(state.cell) : "", node: state.node >= 0 ? G.nodes[state.node].id : "", lang: G.lang }),
    select: (id) => G.go({ node: G.numberOf(id) }),
    open: (d, u) => G.go({ cell: [G.numberOf(d), G.unitOf(G.numberOf(u))] }),
    figures: () => Object.fromEntries(G.board().directives.map((d) => [rest.docs[d].id, G.figures(G.ofDirective(d))])),
    ofUnit: (id) => G.figures(G.ofUnit(G.unitOf(G.numberOf(id)))),
    meetings: (id) => G.meetingsAbout(G.numberOf(id)).map(([meeting]) => G.nodes[meeting].id),
  };
  start();
})(GG);
