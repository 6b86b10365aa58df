/* Documents and meetings on a true axis of time. */
(function (G) {
  const { el, svg } = G;
  const LANE = 21;
  const LETTER = 8.2; // a letter of a label is about so wide

  /* Days since 1970 of a date; of a month or a year, its first. */
  const number = (iso) => Date.UTC(Number(iso.slice(0, 4)), (Number(iso.slice(5, 7)) || 1) - 1, Number(iso.slice(8, 10)) || 1) / 86400000;

  /* Ticks between two days: years, quarters or months, whatever gives at most so many. */
  function ticks(from, to, most) {
    for (const months of [1, 3, 6, 12, 24, 60, 120, 240]) {
      const found = [];
      const start = new Date(from * 86400000);
      for (let month = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months; ; month += months) {
        const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000;
        if (day > to) break;
        if (day >= from) found.push({ day, text: G.day(months < 12 ? new Date(day * 86400000).toISOString().slice(0, 7) : String(Math.floor(month / 12))) });
      }
      if (found.length <= most) return found;
    }
    return [];
  }

  /* points: { d: date, label, look, choose }, drawn in a width of so many pixels; null where fewer than two have a date. */
  G.timeline = function (points, width) {
    const dated = points.filter((point) => point.d).sort((a, b) => a.d.localeCompare(b.d));
    if (dated.length < 2) return null;
    const first = number(dated[0].d);
    const span = Math.max(1, number(dated[dated.length - 1].d) - first);
    const x = (day) => 14 + ((day - first) / span) * (width - 28);
    const lanes = [];
    const placed = dated.map(function (point) {
      const at = x(number(point.d));
      const wide = point.label.length * LETTER + 10;
      const left = Math.max(2, Math.min(at - wide / 2, width - wide));
      let lane = lanes.findIndex((end) => end < left);
      if (lane < 0) lane = lanes.push(0) - 1;
      lanes[lane] = left + wide;
      return { point, at, left, lane };
    });
    const axis = lanes.length * LANE + 24;
    const picture = svg("svg", { width, height: axis + 30, viewBox: "0 0 " + width + " " + (axis + 30), class: "axis", "aria-hidden": "true" }, svg("path", { d: "M2 " + axis + "H" + (width - 2), class: "base" }));
    for (const tick of ticks(first, first + span, Math.max(2, Math.floor(width / 90)))) {
      const text = svg("text", { x: Math.min(Math.max(x(tick.day), 28), width - 28), y: axis + 24, "text-anchor": "middle" });
      text.textContent = tick.text;
      picture.append(svg("path", { d: "M" + x(tick.day) + " " + (axis - 4) + "v8", class: "base" }), text);
    }
    for (const { point, at, left, lane } of placed) {
      const top = axis - 14 - lane * LANE;
      const label = svg("text", { x: left + 5, y: top - 6, class: "label" });
      label.textContent = point.label;
      const mark = svg("circle", { cx: at, cy: axis, r: 6, fill: "var(--" + point.look.family + (point.look.fill === "full" ? ")" : "-tint)"), stroke: "var(--" + point.look.family + ")", "stroke-width": 2 });
      if (point.look.shape === "diamond") mark.setAttribute("r", 4);
      const group = svg("g", { class: "point" }, mark, label);
      group.addEventListener("click", point.choose);
      picture.append(group);
      picture.prepend(svg("path", { d: "M" + at + " " + (top - 2) + "V" + axis, class: "stem" }));
    }
    return el("div", { class: "timeline" }, picture);
  };
})(GG);
