/* The picture: things and relations at the places that the build computed. Labels keep their size on the screen and never lie on each other. */
(function (G) {
  const BAND_WORDS = ["map.level.central", "map.level.ministry", "map.level.province", "map.level.district", "map.level.commune", "map.layout.unknown"];
  const FONT = '"Segoe UI", system-ui, -apple-system, "Helvetica Neue", Roboto, "Noto Sans", Arial, sans-serif';
  /* Colour and end of a line by what its relation is about, width by its weight; "always" has its words on the line wherever there is room. */
  const FAMILIES = {
    document: { family: "doc", end: "vee" }, issue: { family: "body", end: "circle" }, meeting: { family: "event", end: "vee" }, post: { family: "person", end: "box" },
    award: { family: "event", end: "vee" }, place: { family: "body", end: "vee" }, date: { family: "source", end: "vee" }, other: { family: "source", end: "vee" },
  };
  const WEIGHTS = { main: { width: 2.6, size: 0.6, always: true }, change: { width: 1.6, size: 0.5, always: true, end: "bar" }, plain: { width: 1.25, size: 0.42 }, quiet: { width: 1, size: 0.48, pale: true } };
  const MAIN_ENDS = { document: "triangle", meeting: "bar" };
  const strokes = {};
  for (const kind of G.rest.kinds) strokes[kind.p] = Object.assign({}, FAMILIES[kind.family], WEIGHTS[kind.weight], kind.weight === "main" && { end: MAIN_ENDS[kind.family] || "triangle" });
  G.stroke = (predicate) => strokes[predicate] || Object.assign({}, FAMILIES.other, WEIGHTS.plain);
  const DASHES = { stated: false, inferred: [9, 5], register: [2, 4] };
  const paths = {};
  for (const [name, shape] of Object.entries(G.SHAPES)) {
    paths[name] = { outline: new Path2D(shape.outline), solid: shape.solid && new Path2D(shape.solid), lines: shape.lines && new Path2D(shape.lines) };
  }

  let network = null;
  let nodeSet = null;
  let lineSet = null;
  let scene = { view: "", places: new Map(), lines: [], cells: null };
  let shown = { nodes: new Set(), lines: new Set() };
  let lit = null;
  let chosen = { node: -1, line: "" };
  let hovered = -1;
  let colour = {};
  let boxes = [];

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["bg", "surface", "text", "muted", "line", "border", "focus", "doc", "person", "body", "event", "source"]) colour[name] = style.getPropertyValue("--" + name).trim();
    for (const name of ["doc", "person", "body", "event", "source"]) colour[name + "-tint"] = style.getPropertyValue("--" + name + "-tint").trim();
  }
  const radius = (node) => ((node.g || 0) >= 8 ? 19 : (node.g || 0) >= 3 ? 16 : 13);
  const zoomed = (scale) => Math.min(2.6, Math.max(0.85, 0.62 / scale));
  const isLit = (i) => lit === null || lit.has(i);

  function drawNode({ ctx, id, x, y }) {
    const node = G.nodes[id];
    const scale = network ? network.getScale() : 1;
    const r = radius(node) * zoomed(scale);
    return {
      drawNode() {
        const look = G.look(node);
        const shape = paths[look.shape];
        const dotted = G.onlyRegistered(node);
        ctx.save();
        ctx.globalAlpha = isLit(id) ? 1 : 0.16;
        if (id === chosen.node) {
          ctx.beginPath();
          ctx.arc(x, y, r * 1.5, 0, 7);
          ctx.strokeStyle = colour.focus;
          ctx.lineWidth = 3 / scale;
          ctx.stroke();
        }
        ctx.translate(x - r, y - r);
        ctx.scale(r / 12, r / 12);
        // A ground under the shape keeps lines from showing through.
        ctx.fillStyle = colour.bg;
        ctx.fill(shape.outline);
        ctx.fillStyle = dotted || look.fill === "hollow" ? colour.bg : look.fill === "full" ? colour[look.family] : colour[look.family + "-tint"];
        ctx.fill(shape.outline);
        ctx.strokeStyle = colour[look.family];
        ctx.lineWidth = 1.7;
        if (dotted) ctx.setLineDash([2, 2.6]);
        ctx.stroke(shape.outline);
        ctx.setLineDash([]);
        if (r * scale > 6) {
          const mark = look.fill === "full" && !dotted ? colour.bg : colour[look.family];
          ctx.fillStyle = mark;
          ctx.strokeStyle = mark;
          if (shape.solid) ctx.fill(shape.solid);
          ctx.lineWidth = 1.6;
          if (shape.lines) ctx.stroke(shape.lines);
        }
        ctx.restore();
      },
      nodeDimensions: { width: 2 * r, height: 2 * r },
    };
  }

  /* ---- the ground: bands of government and cells of provinces */

  function drawGround(ctx) {
    if (!scene.cells) return;
    const scale = network.getScale();
    const { w, h } = size();
    const a = network.DOMtoCanvas({ x: 0, y: 0 });
    const b = network.DOMtoCanvas({ x: w, y: h });
    for (const [band, y, height] of scene.cells.strips) {
      if (band !== 1 && band !== 5) {
        ctx.fillStyle = colour.surface;
        ctx.fillRect(a.x, y, b.x - a.x, height);
      }
      ctx.fillStyle = colour.line;
      ctx.fillRect(a.x, y + height - 0.5 / scale, b.x - a.x, 1 / scale);
    }
    // A province's cell is a sheet on its band.
    for (const [band, province, x, y, cw, ch] of scene.cells.cells) {
      if (!G.cellName(band, province)) continue;
      const inset = 6;
      ctx.beginPath();
      ctx.roundRect(x + inset, y + inset / 2, cw - 2 * inset, ch - inset, 14);
      ctx.fillStyle = colour.bg;
      ctx.fill();
      ctx.strokeStyle = colour.line;
      ctx.lineWidth = 1 / scale;
      ctx.stroke();
    }
  }

  const size = () => ({ w: network.canvas.frame.clientWidth, h: network.canvas.frame.clientHeight });
  const toScreen = (point) => network.canvasToDOM(point);

  function onScreen(ctx, draw) {
    const ratio = network.canvas.pixelRatio || window.devicePixelRatio || 1;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw();
    ctx.restore();
  }

  /* ---- words on the picture: placed in order of weight, left out where there is no room */

  function Room() {
    const grid = new Map();
    const keys = (b) => {
      const found = [];
      for (let x = Math.floor(b[0] / 80); x <= Math.floor(b[2] / 80); x += 1) for (let y = Math.floor(b[1] / 40); y <= Math.floor(b[3] / 40); y += 1) found.push(x + ":" + y);
      return found;
    };
    return {
      /* over: words may lie on things, not on other words. */
      free: (b, except, over) => keys(b).every((key) => (grid.get(key) || []).every((o) => o[4] === except || (over && typeof o[4] === "number") || b[2] <= o[0] || b[0] >= o[2] || b[3] <= o[1] || b[1] >= o[3])),
      take: (b, owner) => {
        const box = [b[0], b[1], b[2], b[3], owner];
        for (const key of keys(b)) {
          if (!grid.has(key)) grid.set(key, []);
          grid.get(key).push(box);
        }
      },
    };
  }

  function halo(ctx, text, x, y, fill, weight, px, alpha) {
    ctx.font = weight + " " + px + "px " + FONT;
    ctx.globalAlpha = alpha;
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = colour.bg;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = fill;
    ctx.fillText(text, x, y);
    ctx.globalAlpha = 1;
  }

  const widths = new Map();
  function measure(ctx, text, weight, px) {
    const key = weight + px + text;
    if (!widths.has(key)) {
      ctx.font = weight + " " + px + "px " + FONT;
      widths.set(key, ctx.measureText(text).width);
    }
    return widths.get(key);
  }

  /* Lines of 26 characters, broken at spaces; what doesn't fit ends in "…". */
  function broken(text, most) {
    const lines = [];
    let rest = text;
    while (rest.length > 26 && lines.length < most - 1) {
      const cut = rest.lastIndexOf(" ", 26);
      const line = cut > 6 ? rest.slice(0, cut) : rest.slice(0, 26);
      lines.push(line);
      rest = rest.slice(line.length).trim();
    }
    const cut = rest.lastIndexOf(" ", 25);
    lines.push(rest.length > 28 ? rest.slice(0, cut > 6 ? cut : 25) + "…" : rest);
    return lines;
  }

  function weight(i) {
    const node = G.nodes[i];
    if (i === chosen.node) return 1e6;
    if (i === hovered) return 1e5;
    return (lit && lit.has(i) ? 1e4 : 0) + (node.g || 0) + (G.leads.get(i) || 0) * 6 + (node.t === "Directive" ? 2 : 0);
  }

  function drawWords(ctx) {
    const scale = network.getScale();
    const { w, h } = size();
    const room = Room();
    const spots = [];
    boxes = [];
    onScreen(ctx, () => {
      ctx.textBaseline = "alphabetic";
      ctx.textAlign = "left";
      drawHeads(ctx, room, w, h);
      for (const i of shown.nodes) {
        const place = scene.places.get(i);
        if (!place) continue;
        const at = toScreen({ x: place[0], y: place[1] });
        if (at.x < -60 || at.y < -60 || at.x > w + 60 || at.y > h + 60) continue;
        const r = radius(G.nodes[i]) * zoomed(scale) * scale;
        if (isLit(i)) room.take([at.x - r, at.y - r, at.x + r, at.y + r], i);
        spots.push({ i, x: at.x, y: at.y, r, weight: weight(i) });
      }
      spots.sort((a, b) => b.weight - a.weight || a.i - b.i);
      // In a crowd the few that everything hangs on are named all the same.
      if (!scene.cells && !lit) for (const spot of spots.slice(0, 10)) spot.hub = spots.length > 60;
      drawLineWords(ctx, room, scale, true);
      // Far off, only what weighs most is named; near by, everything that has room.
      let budget = lit ? 80 : scale < 0.5 ? 40 : scale < 0.8 ? 70 : 400;
      for (const spot of spots) {
        if (!isLit(spot.i) && spot.i !== hovered) continue;
        if (budget <= 0 && spot.i !== hovered) continue;
        if (drawLabel(ctx, room, spot, w)) budget -= 1;
      }
      drawLineWords(ctx, room, scale, false);
    });
  }

  function drawLabel(ctx, room, spot, w) {
    const node = G.nodes[spot.i];
    const main = broken(G.short(node), node.t === "Directive" ? 3 : 2);
    const second = G.under(node);
    const force = spot.i === chosen.node || spot.i === hovered;
    const tries = second ? [[main, broken(second, 1)], [main, []]] : [[main, []]];
    for (const [first, rest] of tries) {
      const width = Math.max(...first.map((t) => measure(ctx, t, 600, 13)), ...rest.map((t) => measure(ctx, t, 400, 12.5)));
      const height = 16 * first.length + 15 * rest.length;
      const r = spot.i === chosen.node ? spot.r * 1.5 + 2 : spot.r;
      const ways = [
        { x: spot.x - width / 2, y: spot.y + r + 3, align: "center" },
        { x: spot.x + r + 6, y: spot.y - height / 2, align: "left" },
        { x: spot.x - r - 6 - width, y: spot.y - height / 2, align: "right" },
        { x: spot.x - width / 2, y: spot.y - r - 3 - height, align: "center" },
      ];
      // A line that comes from below would run through a label that hangs below.
      if (scene.fromBelow.has(spot.i)) ways.unshift(ways.splice(1, 1)[0]);
      for (const way of ways) {
        const box = [way.x - 2, way.y, way.x + width + 2, way.y + height];
        const last = rest === tries[tries.length - 1][1] && way === ways[3];
        const free = box[0] >= 0 && box[1] >= 0 && box[2] <= w && room.free(box, spot.i, spot.hub);
        if (!free && !(force && last)) continue;
        const target = free ? way : ways[0];
        paint(ctx, target, width, first, rest);
        room.take([target.x - 2, target.y, target.x + width + 2, target.y + height], "label");
        boxes.push({ i: spot.i, box: [target.x, target.y, target.x + width, target.y + height] });
        return true;
      }
    }
    return false;
  }

  function paint(ctx, way, width, first, rest) {
    let y = way.y;
    const put = (text, fill, weightOf, px, step) => {
      const own = measure(ctx, text, weightOf, px);
      const x = way.align === "center" ? way.x + (width - own) / 2 : way.align === "right" ? way.x + width - own : way.x;
      halo(ctx, text, x, y + step - 4, fill, weightOf, px, 1);
      y += step;
    };
    for (const text of first) put(text, colour.text, 600, 13, 16);
    for (const text of rest) put(text, colour.muted, 400, 12.5, 15);
  }

  function drawHeads(ctx, room, w, h) {
    if (!scene.cells) return;
    const put = (text, x, y, right, fill, heavy) => {
      let words = text;
      while (words.length > 1 && x + measure(ctx, words, heavy, 13) > right) words = words.slice(0, words.endsWith("…") ? -2 : -1).trim() + "…";
      if (words.length < Math.min(4, text.length)) return x;
      const own = measure(ctx, words, heavy, 13);
      halo(ctx, words, x, y, fill, heavy, 13, 1);
      room.take([x, y - 13, x + own, y + 4], "head");
      return x + own + 8;
    };
    // Names stay in sight while any of their band or cell is.
    for (const [band, y, height] of scene.cells.strips) {
      const top = toScreen({ x: 0, y }).y;
      const bottom = toScreen({ x: 0, y: y + height }).y;
      if (bottom > 24 && top < h) put(G.W(BAND_WORDS[band]), 12, Math.max(top, 0) + 18, w, colour.muted, 700);
    }
    for (const [band, province, x, y, cw, ch] of scene.cells.cells) {
      const cell = G.cellName(band, province);
      const a = toScreen({ x, y });
      const b = toScreen({ x: x + cw, y: y + ch });
      if (!cell || b.x < 30 || a.x > w || b.y < 30 || a.y > h) continue;
      const right = b.x - 8;
      const next = put(cell.name, Math.max(a.x + 10, 8), a.y + 19, right, colour.text, 700);
      if (cell.note && next + measure(ctx, cell.note, 400, 13) <= right) put(cell.note, next, a.y + 19, right, colour.muted, 400);
    }
  }

  function drawLineWords(ctx, room, scale, first) {
    const { w, h } = size();
    for (const line of scene.lines) {
      if (!shown.lines.has(line.id)) continue;
      const stroke = G.stroke(line.p);
      const near = lit !== null && line.lit;
      const own = line.id === chosen.line;
      if (first !== (own || near)) continue;
      if (!own && !near && (lit !== null || !stroke.always || scale < 0.62)) continue;
      const edge = network.body.edges[line.id];
      if (!edge || !edge.edgeType) continue;
      const text = G.lineWords(line, own || near);
      const width = measure(ctx, text, 600, 12.5);
      for (const t of [0.5, 0.36, 0.64]) {
        const at = toScreen(edge.edgeType.getPoint(t));
        if (at.x < 0 || at.y < 0 || at.x > w || at.y > h) continue;
        const box = [at.x - width / 2 - 2, at.y - 8, at.x + width / 2 + 2, at.y + 8];
        if (!room.free(box) && !(own && t === 0.64)) continue;
        halo(ctx, text, box[0] + 2, at.y + 4, colour[stroke.family], 600, 12.5, 1);
        room.take(box, "label");
        break;
      }
    }
  }

  /* ---- lines */

  function lineLook(line) {
    const stroke = G.stroke(line.p);
    const own = line.id === chosen.line;
    const faded = lit !== null && !line.lit && !own;
    const quiet = (stroke.pale ? 0.5 : 0.9) * (line.low ? 0.5 : 1);
    return {
      id: line.id,
      hidden: !shown.lines.has(line.id),
      width: own ? stroke.width + 2 : stroke.width,
      color: { color: colour[stroke.family], highlight: colour[stroke.family], hover: colour[stroke.family], opacity: own ? 1 : faded ? 0.07 : lit !== null ? 0.95 : quiet },
      shadow: own ? { enabled: true, color: colour.focus, size: 14, x: 0, y: 0 } : { enabled: false },
    };
  }

  /* Straight, or in S-form between the rows of documents; what would lie on another line or run along a row is bent. */
  function bend(line) {
    const flat = Math.abs(scene.places.get(line.f)[1] - scene.places.get(line.o)[1]) < 2;
    if (line.twin || flat) return { enabled: true, type: line.twin % 2 ? "curvedCW" : "curvedCCW", roundness: 0.14 * Math.ceil((line.twin || 0) / 2) + (flat ? 0.2 : 0) };
    const steep = Math.abs(scene.places.get(line.f)[0] - scene.places.get(line.o)[0]) < 70;
    return scene.curved && !steep ? { enabled: true, type: "cubicBezier", forceDirection: "vertical", roundness: 0.42 } : { enabled: false, type: "continuous", roundness: 0 };
  }

  function lineStart(line) {
    const stroke = G.stroke(line.p);
    return Object.assign(lineLook(line), {
      from: line.f, to: line.o, dashes: DASHES[line.certainty],
      arrows: { to: { enabled: true, type: stroke.end, scaleFactor: stroke.size } },
      smooth: bend(line),
    });
  }

  function repaint() {
    if (!network) return;
    lineSet.update(scene.lines.map(lineLook));
    network.redraw();
  }

  /* ---- what the page calls */

  G.canvas = {
    start(handlers) {
      readColours();
      nodeSet = new vis.DataSet();
      lineSet = new vis.DataSet();
      network = new vis.Network(document.getElementById("net"), { nodes: nodeSet, edges: lineSet }, {
        autoResize: true, physics: { enabled: false }, layout: { improvedLayout: false },
        interaction: { hover: true, dragNodes: false, tooltipDelay: 1e9, hideEdgesOnDrag: false, hideEdgesOnZoom: false, multiselect: false, selectConnectedEdges: false, zoomSpeed: 0.7 },
        nodes: { shape: "custom", ctxRenderer: drawNode, label: undefined, chosen: false, physics: false },
        edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, physics: false, arrowStrikethrough: false },
      });
      // The picture is hidden from readers of screens, so no key may land in it; the box around it takes the keys.
      for (const node of document.querySelectorAll("#net [tabindex]")) node.tabIndex = -1;
      network.on("beforeDrawing", drawGround);
      network.on("afterDrawing", (ctx) => {
        drawWords(ctx);
        if (!G.drawn && scene.view) G.drawn = performance.now();
      });
      network.on("hoverNode", (event) => { hovered = event.node; document.getElementById("net").style.cursor = "pointer"; network.redraw(); });
      network.on("blurNode", () => { hovered = -1; document.getElementById("net").style.cursor = ""; network.redraw(); });
      network.on("hoverEdge", () => { document.getElementById("net").style.cursor = "pointer"; });
      network.on("blurEdge", () => { document.getElementById("net").style.cursor = ""; });
      network.on("zoom", (event) => {
        const scale = Math.min(3, Math.max(0.08, event.scale));
        if (scale !== event.scale) network.moveTo({ scale });
      });
      network.on("click", (event) => {
        // A label is part of its thing.
        const label = boxes.find((b) => event.pointer.DOM.x >= b.box[0] && event.pointer.DOM.x <= b.box[2] && event.pointer.DOM.y >= b.box[1] && event.pointer.DOM.y <= b.box[3]);
        if (event.nodes.length) handlers.node(event.nodes[0]);
        else if (label) handlers.node(label.i);
        else if (event.edges.length) handlers.line(scene.lines.find((line) => line.id === event.edges[0]));
        else handlers.ground();
      });
    },
    /* A new picture: places by thing, lines between them, cells behind them. */
    show(next) {
      scene = next;
      scene.fromBelow = new Set();
      const pairs = new Map();
      for (const line of scene.lines) {
        const pair = Math.min(line.f, line.o) + "|" + Math.max(line.f, line.o);
        line.twin = pairs.get(pair) || 0;
        pairs.set(pair, line.twin + 1);
      }
      for (const line of scene.lines) {
        const [a, b] = [scene.places.get(line.f), scene.places.get(line.o)];
        if (a[1] !== b[1] && !G.stroke(line.p).pale) scene.fromBelow.add(a[1] < b[1] ? line.f : line.o);
      }
      shown = { nodes: new Set(scene.places.keys()), lines: new Set(scene.lines.map((line) => line.id)) };
      network.setData({ nodes: [], edges: [] });
      nodeSet = new vis.DataSet(Array.from(scene.places, ([i, place]) => ({ id: i, x: place[0], y: place[1] })));
      lineSet = new vis.DataSet(scene.lines.map(lineStart));
      network.setData({ nodes: nodeSet, edges: lineSet });
    },
    /* Filters: things and lines that stay. */
    filter(nodes, lines) {
      shown = { nodes, lines };
      nodeSet.update(Array.from(scene.places.keys(), (i) => ({ id: i, hidden: !nodes.has(i) })));
      repaint();
    },
    /* Choice: the rest steps back. */
    choose(node, line, around) {
      chosen = { node, line };
      lit = around;
      for (const one of scene.lines) one.lit = around !== null && around.has(one.f) && around.has(one.o) && shown.lines.has(one.id);
      repaint();
    },
    recolour() { readColours(); repaint(); },
    redraw() { widths.clear(); if (network) network.redraw(); },
    has: (i) => scene.places.has(i) && shown.nodes.has(i),
    fit(things, most) {
      const { w, h } = size();
      if (!w || !h) return;
      const places = (things || Array.from(shown.nodes)).map((i) => scene.places.get(i)).filter(Boolean);
      if (!places.length) return;
      let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [x, y] of places) { x0 = Math.min(x0, x); y0 = Math.min(y0, y); x1 = Math.max(x1, x); y1 = Math.max(y1, y); }
      // Room for labels at the sides, for the buttons at the foot.
      let room = [70, 44, 70, 92];
      if (!things && scene.cells && shown.nodes.size === scene.places.size) {
        for (const [, , x, y, cw, ch] of scene.cells.cells) { x0 = Math.min(x0, x); y0 = Math.min(y0, y); x1 = Math.max(x1, x + cw); y1 = Math.max(y1, y + ch); }
        for (const [, y] of scene.cells.strips) y0 = Math.min(y0, y);
        room = [12, 0, 12, 58];
      }
      const scale = Math.max(0.08, Math.min(most || 1.15, (w - room[0] - room[2]) / Math.max(1, x1 - x0), (h - room[1] - room[3]) / Math.max(1, y1 - y0)));
      network.moveTo({ position: { x: (x0 + x1) / 2 - (room[0] - room[2]) / 2 / scale, y: (y0 + y1) / 2 - (room[1] - room[3]) / 2 / scale }, scale, animation: false });
    },
    /* Bring things into view, large enough to read, without a jump if they are there already. */
    reveal(things) {
      const { w, h } = size();
      const scale = network.getScale();
      const spots = things.filter((i) => scene.places.has(i) && shown.nodes.has(i)).map((i) => toScreen({ x: scene.places.get(i)[0], y: scene.places.get(i)[1] }));
      if (!spots.length || (scale > 0.5 && spots.every((at) => at.x > 60 && at.y > 40 && at.x < w - 60 && at.y < h - 70))) return;
      G.canvas.fit(things, 0.95);
    },
    zoom(factor) { network.moveTo({ scale: Math.min(3, Math.max(0.08, network.getScale() * factor)), animation: false }); },
    /* The nearest thing in a direction, for arrow keys. */
    towards(i, dx, dy) {
      const from = scene.places.get(i);
      let best = -1;
      let least = Infinity;
      for (const j of shown.nodes) {
        if (j === i || !scene.places.has(j)) continue;
        const [x, y] = scene.places.get(j);
        const along = (x - from[0]) * dx + (y - from[1]) * dy;
        const aside = Math.abs((x - from[0]) * dy) + Math.abs((y - from[1]) * dx);
        if (along > 4 && along + aside * 2.2 < least) { least = along + aside * 2.2; best = j; }
      }
      return best;
    },
    first: () => Array.from(shown.nodes).sort((a, b) => weight(b) - weight(a) || a - b)[0],
    position(i) { const p = scene.places.get(i); return p ? toScreen({ x: p[0], y: p[1] }) : null; },
    middle(id) { const e = network.body.edges[id]; return e ? toScreen(e.edgeType.getPoint(0.5)) : null; },
    labels: () => boxes.map((b) => ({ i: b.i, box: b.box })),
    lines: () => scene.lines,
    shown: () => shown,
    /* The picture as it stands, on the ground's colour, twice as fine, with scope and date under it. */
    picture(caption, done) {
      const source = network.canvas.frame.canvas;
      const copy = document.createElement("canvas");
      const foot = 36 * (source.width / Math.max(1, size().w));
      copy.width = source.width;
      copy.height = source.height + foot;
      const ctx = copy.getContext("2d");
      ctx.fillStyle = colour.bg;
      ctx.fillRect(0, 0, copy.width, copy.height);
      ctx.drawImage(source, 0, 0);
      ctx.fillStyle = colour.muted;
      ctx.font = "400 " + foot * 0.4 + "px " + FONT;
      ctx.fillText(caption, foot * 0.4, source.height + foot * 0.65);
      copy.toBlob(done, "image/png");
    },
  };
})(GG);
