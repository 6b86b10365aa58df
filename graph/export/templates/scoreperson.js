/* An official's view: posts as they are attested over time, and the meetings, each with its sentence. */
(function (G) {
  const { el, W } = G;
  const box = document.getElementById("person");

  function when(post) {
    if (!post.a && !post.b) return W("date.unknown");
    return !post.b || post.a === post.b ? W("post.attested", { date: G.day(post.a || post.b) }) : W("post.attestedRange", { a: G.day(post.a), b: G.day(post.b) });
  }
  function said(told) {
    const statements = G.newestFirst(told);
    return statements.length ? el("details", {}, el("summary", { text: W("evidence.title") + " (" + statements.length + ")" }), statements.map((s) => G.told(s))) : null;
  }

  G.showPerson = function () {
    const i = G.state.root;
    const person = G.nodes[i];
    const parts = G.about(i).slice().sort((a, b) => String(G.nodes[G.relations[b].o].d || "").localeCompare(String(G.nodes[G.relations[a].o].d || "")) || a - b);
    const points = person.ps.flatMap((post) => Array.from(new Set([post.a, post.b].filter(Boolean)), (d) => ({ d, label: post.l.length > 34 ? post.l.slice(0, 33) + "…" : post.l, look: G.LOOKS.Post, choose: () => {} })))
      .concat(parts.map((x) => ({ d: G.nodes[G.relations[x].o].d, label: G.relWord(G.relations[x].p), look: G.LOOKS.Meeting, choose: () => G.go({ relation: x }) })));
    const picture = G.timeline(points.filter((point, n) => points.findIndex((other) => other.d === point.d && other.label === point.label) === n), Math.max(300, Math.min(1240, box.clientWidth - 44)));
    const posts = person.ps.slice().sort((a, b) => String(b.b || b.a || "").localeCompare(String(a.b || a.a || "")));
    G.fill(box, el("div", { class: "treebar" }, el("button", { text: "← " + W("nav.scoreboard"), on: { click: () => G.go({ view: "board" }) } }), el("h2", {}, G.icon(G.LOOKS.Official), el("span", { lang: "vi", text: person.l })),
      el("a", { class: "button", href: "graph.html#v=1&w=levels&n=" + encodeURIComponent(person.id), text: W("panel.inMap") })),
      picture ? [el("h3", { text: W("cascade.timeline") }), picture] : null,
      el("h3", { text: W("sb.person.posts", { n: posts.length }) }), el("p", { class: "cite", text: W("sb.person.note") }),
      posts.length ? el("ul", { class: "life" }, posts.map((post) => el("li", {}, el("b", { lang: "vi", text: post.l }), post.former ? " · " + W("post.former") : "", el("span", { class: "when number", text: when(post) }), said(G.statements(post.st || []))))) : el("p", { class: "info", text: W("sb.person.noPost") }),
      el("h3", { text: W("sb.person.meetings", { n: new Set(parts.map((x) => G.relations[x].o)).size }) }),
      parts.length ? el("ul", { class: "life" }, parts.map((x) => {
        const meeting = G.nodes[G.relations[x].o];
        const about = G.about(G.relations[x].o).filter((y) => G.relations[y].p === "discusses");
        return el("li", {}, G.relWord(G.relations[x].p), " ", el("button", { class: "text", lang: "vi", text: meeting.l, on: { click: () => G.go({ node: G.relations[x].o }) } }), el("span", { class: "when number", text: [G.day(meeting.d) || W("date.unknown"), G.placeOf(meeting)].filter(Boolean).join(" · ") }),
          about.length ? el("span", { class: "about" }, G.relWord("discusses") + " ", G.listed(about.map((y) => G.opens(y, G.relations[y].o)))) : null, said(G.relations[x].st));
      })) : el("p", { class: "info", text: W("sb.meetings.empty") }),
      el("p", { class: "cite" }, W("sb.query"), " ", el("code", { text: 'govgraph query meetings-of-official --param official="' + person.l + '"' }), " ", el("code", { text: 'govgraph query posts-of-official --param official="' + person.l + '"' })));
    G.announce(person.l);
  };
})(GG);
