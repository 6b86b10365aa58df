"use strict";
/* What every page of the graph shares: words, dates, DOM, icons, search keys, copying. Text from the data only ever becomes textContent. */
const GG = { rest: JSON.parse(document.getElementById("gg-rest").textContent), lang: document.documentElement.lang };

(function (G) {
  const words = G.rest.words;
  /* The kinds of relation by name, and their names in the order of lists. */
  G.kinds = Object.fromEntries(G.rest.kinds.map((kind) => [kind.p, kind]));
  G.order = G.rest.kinds.map((kind) => kind.p);

  /* The words of a key in the reader's language, with {parameters} filled in. */
  G.W = function (key, values) {
    const pair = words[key];
    if (!pair) throw new Error("no words for " + key);
    const text = pair[G.rest.languages.indexOf(G.lang)];
    return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : text;
  };
  G.vi = (key) => words[key][0];

  G.integer = (n) => n.toLocaleString(G.lang === "vi" ? "vi-VN" : "en-GB");
  G.decimal = (x) => (G.lang === "vi" ? String(x).replace(".", ",") : String(x));
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  /* A date as precise as it is known: "2024-05-14" gives 14/05/2024, "2024-05" 05/2024. */
  G.day = function (iso) {
    if (!iso) return "";
    const part = iso.split("-");
    if (G.lang === "vi") return part.reverse().join("/");
    return [part[2] && String(Number(part[2])), part[1] && MONTHS[Number(part[1]) - 1], part[0]].filter(Boolean).join(" ");
  };
  G.reason = (text) => (G.lang === "vi" && G.rest.reasons[text]) || text;

  /* An element; props: class, text, on (listeners), everything else an attribute. */
  G.el = function (tag, props) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "text") node.textContent = value;
      else if (name === "class") node.className = value;
      else if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
      else node.setAttribute(name, value === true ? "" : value);
    }
    for (const child of Array.prototype.slice.call(arguments, 2).flat(Infinity)) if (child !== null && child !== undefined && child !== false) node.append(child);
    return node;
  };
  G.fill = function (node) {
    node.replaceChildren(...Array.prototype.slice.call(arguments, 1).flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  };
  /* Things one after another, with commas between. */
  G.listed = (items) => items.map((item, n) => (n ? [", ", item] : item));
  const SVG = "http://www.w3.org/2000/svg";
  G.svg = function (tag, props) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(props || {})) node.setAttribute(name, value);
    node.append(...Array.prototype.slice.call(arguments, 2));
    return node;
  };

  /* One table of outlines for canvas and legend, in a box of 24 by 24. */
  const SHAPES = {
    page: { outline: "M4.5 1.5h10L20 7v15.5H4.5z", lines: "M8.5 12.5h7.5M8.5 16.8h7.5" },
    circle: { outline: "M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21z", solid: "M12 5.6a3.3 3.3 0 1 0 0 6.6a3.3 3.3 0 1 0 0-6.6zM5.8 18.2c.5-3.2 2.9-4.7 6.2-4.7s5.7 1.5 6.2 4.7z" },
    square: { outline: "M2 2h20v20H2z", solid: "M5.5 9.6L12 5.4l6.5 4.2z", lines: "M7.2 11.6v5M10.4 11.6v5M13.6 11.6v5M16.8 11.6v5M5.6 18.6h12.8" },
    hexagon: { outline: "M12 1l9.5 5.5v11L12 23l-9.5-5.5v-11z" },
    diamond: { outline: "M12 .5L23.5 12 12 23.5.5 12z", solid: "M7.8 8.6h8.4v5.6h-4.6l-2.2 2.3v-2.3H7.8z" },
    star: { outline: "M12 1l3.3 7.3 7.9.8-5.9 5.3 1.7 7.8L12 18.2l-7 4 1.7-7.8L.8 9.1l7.9-.8z" },
    sheet: { outline: "M4 3h16v18H4z", lines: "M7.5 8h9M7.5 12h9M7.5 16h9" },
    pill: { outline: "M7 6h10a6 6 0 0 1 0 12H7A6 6 0 0 1 7 6z" },
  };
  /* Shape says what, colour says which family; "full" is filled with the family's colour, "hollow" with the ground. */
  G.LOOKS = {
    PartyDirective: { shape: "page", family: "doc", fill: "full", word: "type.directive.party" },
    StateDirective: { shape: "page", family: "doc", fill: "tint", word: "type.directive.state" },
    Directive: { shape: "page", family: "doc", fill: "hollow", word: "type.directive" },
    Official: { shape: "circle", family: "person", fill: "tint", word: "type.official" },
    Agency: { shape: "square", family: "body", fill: "tint", word: "type.agency" },
    Meeting: { shape: "diamond", family: "event", fill: "tint", word: "type.meeting" },
    Award: { shape: "star", family: "event", fill: "tint", word: "type.award" },
    Province: { shape: "hexagon", family: "body", fill: "tint", word: "type.province" },
    Post: { shape: "pill", family: "person", fill: "hollow", word: "type.post" },
    Report: { shape: "sheet", family: "source", fill: "tint", word: "type.report" },
  };
  /* Kinds of events that the vocabulary tells apart look like meetings, under their own name. */
  for (const key of Object.keys(words)) if (key.startsWith("class.")) G.LOOKS[key.slice(6)] = Object.assign({}, G.LOOKS.Meeting, { word: key });
  G.typeOf = (node) => (node.c in G.LOOKS ? node.c : node.t);
  G.look = (node) => G.LOOKS[G.typeOf(node)];
  G.SHAPES = SHAPES;
  G.icon = function (look, dotted) {
    const shape = SHAPES[look.shape];
    const family = "var(--" + look.family + ")";
    const ground = look.fill === "full" && !dotted ? family : look.fill === "hollow" || dotted ? "var(--bg)" : "var(--" + look.family + "-tint)";
    const mark = look.fill === "full" && !dotted ? "var(--bg)" : family;
    const svg = G.svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
    svg.append(G.svg("path", { d: shape.outline, fill: ground, stroke: family, "stroke-width": 1.8, "stroke-dasharray": dotted ? "2 2.6" : "none" }));
    if (shape.solid) svg.append(G.svg("path", { d: shape.solid, fill: mark }));
    if (shape.lines) svg.append(G.svg("path", { d: shape.lines, fill: "none", stroke: mark, "stroke-width": 1.7 }));
    return svg;
  };

  /* The accent-free form for searching: "Thái Bình" gives "thai binh". */
  G.fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const TONE = { "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy" };
  /* Lower case with accents kept, one tone placement. */
  G.accented = (text) => text.normalize("NFC").toLowerCase().replace(/[ou][àáảãạèéẻẽẹỳýỷỹỵ](?![\p{L}\p{N}_])/gu, (pair) => TONE[pair] || pair);
  /* Letters and digits only: "25-CT/TW" and "25ct tw" are one. */
  G.squash = (text) => G.fold(text).replace(/[^\p{L}\p{N}]+/gu, "");

  let timer = 0;
  G.toast = function (text) {
    const box = document.getElementById("toast");
    box.textContent = text;
    box.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => { box.hidden = true; }, 2400);
  };
  G.announce = (text) => { document.getElementById("live").textContent = text; };

  /* Copy; where the browser refuses (it may, for a file on disk), show the text for copying by hand beside the button. */
  G.copy = function (text, button) {
    const refused = function () {
      const area = G.el("textarea", { class: "fallback", readonly: true, "aria-label": G.W("action.copyManually") });
      area.value = text;
      button.after(G.el("span", { class: "cite", text: G.W("action.copyManually") }), area);
      area.select();
      try { if (document.execCommand("copy")) G.toast(G.W("action.copied")); } catch (error) { /* the text stands selected */ }
    };
    if (!navigator.clipboard) refused();
    else navigator.clipboard.writeText(text).then(() => G.toast(G.W("action.copied")), refused);
  };
  G.save = function (blob, name) {
    const link = G.el("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 4000);
  };
  /* A table as CSV for a spreadsheet: BOM, and no cell that it would run as a formula. */
  G.csv = function (rows) {
    const cell = (value) => {
      const text = String(value === undefined || value === null ? "" : value);
      const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
      return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
    };
    return new Blob(["\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("")], { type: "text/csv;charset=utf-8" });
  };

  /* "/" outside a field, or Ctrl+K: the cursor goes to the search. Gives whether it did. */
  G.goesToSearch = function (event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (!((event.key === "/" && !typing) || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k"))) return false;
    event.preventDefault();
    document.getElementById("q").focus();
    return true;
  };

  /* What the reader chose before; a file on disk may be refused this memory. */
  G.remember = function (name, value) {
    try {
      if (value === undefined) return localStorage.getItem("gg." + name);
      localStorage.setItem("gg." + name, value);
    } catch (error) { /* works without */ }
    return null;
  };
  G.setTheme = function (theme) {
    document.documentElement.dataset.theme = theme;
    const button = document.getElementById("theme");
    button.textContent = theme === "dark" ? "☀" : "☾";
    const next = G.W(theme === "dark" ? "app.theme.light" : "app.theme.dark");
    button.setAttribute("aria-label", next);
    button.title = next;
  };
  /* All fixed words of the page in the language now chosen. */
  G.setLanguage = function (lang) {
    G.lang = lang;
    document.documentElement.lang = lang;
    for (const node of document.querySelectorAll("[data-w]")) node.textContent = G.W(node.dataset.w);
    for (const node of document.querySelectorAll("[data-w-label]")) node.setAttribute("aria-label", G.W(node.dataset.wLabel));
    for (const node of document.querySelectorAll("[data-w-placeholder]")) node.placeholder = G.W(node.dataset.wPlaceholder);
    for (const node of document.querySelectorAll("#language span")) node.className = node.lang === lang ? "on" : "";
    G.setTheme(document.documentElement.dataset.theme);
  };
})(GG);
