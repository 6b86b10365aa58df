/* Search: accents are ignored where none are typed and meant where they are; numbers may be run together; one slip in a long word.
   A whole number goes before a longer one that begins with it, as graph/query/find.py takes it. */
(function (G) {
  const TYPES = { Directive: 6, Official: 5, Agency: 4, Meeting: 3, Award: 2, Post: 1, Province: 3, Report: 0 };
  let index = null;

  /* "135ubnd" and "135/UBND" are a number and a word; "05" and "5" are one number. */
  const plain = (text) => G.accented(text).replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ""));
  const parts = (text) => G.fold(text).match(/\d+|\p{L}+/gu) || [];
  /* The "số" before a number says nothing. */
  const unsaid = (text) => text.replace(/(^|[^\p{L}\p{N}])s[oố](?=[^\p{L}\p{N}]*\d)/gu, "$1");
  const isNumber = (part) => /^\d/.test(part);

  function entry(node, i) {
    const alias = [node.pr, node.e, node.sh].filter(Boolean);
    const name = plain(node.l);
    const year = node.d ? node.d.slice(0, 4) : "";
    const more = [node.s, node.ti, year, G.placeOf(node)].filter(Boolean);
    const words = parts(name);
    return {
      i, node, alias, squash: G.squash(unsaid(name)), number: node.no ? G.squash(plain(node.no)) : "", words, others: parts(plain(more.concat(alias).join(" "))),
      own: parts(plain(node.no || node.l)).find(isNumber), numbers: words.concat(year).filter(isNumber),
      aliases: alias.map((text) => G.squash(plain(text))), accents: plain([node.l].concat(more, alias).join(" ")),
    };
  }

  /* Whether two words differ by one letter put in, left out, changed, or swapped with its neighbour. */
  function slip(a, b) {
    if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    if (a.length === b.length) return a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
    return a.length < b.length ? a.slice(i) === b.slice(i + 1) : a.slice(i + 1) === b.slice(i);
  }

  function score(e, q) {
    let points = 0;
    let why = "";
    if (e.number && e.number === q.squash) points = 100;
    else if (e.squash === q.squash) points = 98;
    else if (e.number && q.squash.length > 1 && e.number.startsWith(q.squash)) points = 84;
    else if (e.squash.startsWith(q.squash)) points = 80;
    else if (q.tokens.every((t) => e.words.some((w) => w.startsWith(t)))) points = 66;
    else if (e.number && q.squash.length > 3 && /\d/.test(q.squash) && e.number.includes(q.squash)) points = 60;
    else if (q.tokens.every((t) => e.words.some((w) => w.startsWith(t)) || e.others.some((w) => w.startsWith(t)))) {
      points = 44;
      const alias = e.aliases.findIndex((a) => a.includes(q.squash));
      if (alias >= 0) why = e.alias[alias];
    } else if (q.squash.length > 3 && e.squash.includes(q.squash)) points = 36;
    else if (q.tokens.some((t) => t.length >= 5) && q.tokens.every((t) => e.words.some((w) => w.startsWith(t) || (t.length >= 5 && slip(t, w))))) points = 20;
    else if (q.squash.length >= 5 && e.number && slip(q.squash, e.number)) points = 16;
    if (!points) return null;
    // Accents that were typed are meant: what has them stands above what has not.
    if (q.meant.length) points += q.meant.every((t) => e.accents.includes(t)) ? 50 : -8;
    const whole = !q.numbers.length || (e.own === q.numbers[0] && q.numbers.every((n) => e.numbers.includes(n)));
    return { i: e.i, why, whole, points: points + TYPES[e.node.t] * 0.5 + Math.min(e.node.g || 0, 40) / 20 };
  }

  G.find = function (text, limit) {
    index = index || G.nodes.map(entry);
    const said = unsaid(plain(text));
    const tokens = parts(said);
    const q = { squash: G.squash(said), tokens, numbers: tokens.filter(isNumber), meant: said.split(/\s+/).filter((t) => t && G.fold(t) !== t) };
    if (!q.squash) return [];
    return index.map((e) => score(e, q)).filter(Boolean).sort((a, b) => b.whole - a.whole || b.points - a.points || a.i - b.i).slice(0, limit || 8);
  };
  /* Things whose number is the same: 25-CT/TW of 2018 and of 2023 are two. */
  G.sameNumber = (node) => (node.no ? G.nodes.filter((other) => other.t === "Directive" && other.no === node.no) : []);
  G.forgetIndex = () => { index = null; };

  /* The nearest names for a query that finds nothing. */
  function near(text) {
    const grams = (word) => new Set(Array.from({ length: Math.max(0, word.length - 1) }, (_, n) => word.slice(n, n + 2)));
    const mine = grams(G.squash(text));
    return index.map((e) => {
      let shared = 0;
      for (const gram of grams(e.number || e.squash.slice(0, 40))) if (mine.has(gram)) shared += 1;
      return { i: e.i, points: shared / (mine.size + 1) };
    }).sort((a, b) => b.points - a.points).slice(0, 3).filter((hit) => hit.points > 0.25);
  }

  G.startSearch = function (choose) {
    const input = document.getElementById("q");
    const list = document.getElementById("hits");
    let hits = [];
    let at = -1;
    let timer = 0;

    function mark(position) {
      at = position;
      const options = list.querySelectorAll("[role=option]");
      options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
      if (options[at]) {
        input.setAttribute("aria-activedescendant", options[at].id);
        options[at].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }
    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }
    function take(hit) {
      close();
      input.value = G.nodes[hit.i].no || G.nodes[hit.i].l;
      choose(hit.i);
    }
    function option(hit, n) {
      const node = G.nodes[hit.i];
      const small = [G.detail(node), hit.why ? G.W("search.matchedAlias", { alias: hit.why }) : ""].filter(Boolean).join(" · ");
      return G.el("li", { role: "option", id: "hit" + n, "aria-selected": "false", on: { mousedown: (event) => { event.preventDefault(); take(hit); } } },
        G.icon(G.look(node), G.onlyRegistered(node)), G.el("span", {}, G.el("b", { text: node.l, lang: "vi" }), G.el("small", { text: small })));
    }
    function run() {
      const text = input.value.trim();
      if (!text) return close();
      hits = G.find(text);
      const rows = hits.map(option);
      if (!hits.length) {
        hits = near(text);
        rows.push(G.el("li", { class: "none", text: G.W("search.none", { q: text }) + (hits.length ? " " + G.W("search.near") : "") }), ...hits.map(option));
        G.announce(G.W("search.none", { q: text }));
      } else {
        const first = G.nodes[hits[0].i];
        const same = first.no && hits[0].points >= 84 ? G.sameNumber(first) : [];
        if (same.length > 1) rows.unshift(G.el("li", { class: "none", text: G.W("search.sameNumber", { n: same.length, no: first.no }) }));
        G.announce(G.W("search.count", { n: hits.length }));
      }
      G.fill(list, rows);
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(hits.length ? 0 : -1);
    }
    input.addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(run, 120);
    });
    input.addEventListener("focus", () => { if (input.value.trim()) { input.select(); run(); } });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) run();
        else if (hits.length) mark((at + (event.key === "ArrowDown" ? 1 : hits.length - 1) + hits.length) % hits.length);
      } else if (event.key === "Enter") {
        clearTimeout(timer);
        // What stands in the list may be older than what stands in the box.
        const wanted = at;
        run();
        const hit = hits[Math.max(0, Math.min(wanted, hits.length - 1))];
        if (hit) take(hit);
      } else if (event.key === "Escape") {
        event.stopPropagation();
        if (list.hidden) { input.value = ""; input.blur(); } else close();
      }
    });
  };
})(GG);
