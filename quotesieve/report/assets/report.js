"use strict";
// Lists, filters and opens what the page carries as data. Words of articles reach the page as text
// nodes only: nothing here takes markup from data.
(() => {
  const SIZE = 20; // statements a page of the list

  const byId = (id) => document.getElementById(id);
  const data = (id) => JSON.parse(byId(id).textContent);
  const number = (n) => n.toLocaleString("en");
  const plural = (n, one, many) => `${number(n)} ${n === 1 ? one : many || one + "s"}`;

  /** An element with attributes and children; strings become text. */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
    return element;
  }

  // --- times ---------------------------------------------------------------------------------

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = (n) => String(n).padStart(2, "0");

  /** Minutes since 1970 as a day, and the time unless it is midnight sharp (most often: unknown). */
  function when(minutes) {
    if (minutes === undefined || minutes === null) return "undated";
    const date = new Date(minutes * 60000);
    const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
    return minutes % 1440 === 0 ? day : `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  }

  function later(minutes) {
    if (minutes === 0) return "earliest seen";
    const days = Math.floor(minutes / 1440), hours = Math.floor((minutes % 1440) / 60), rest = minutes % 60;
    if (days) return `+${plural(days, "day")}${hours ? ` ${hours} h` : ""}`;
    return hours ? `+${hours} h${rest ? ` ${rest} min` : ""}` : `+${rest} min`;
  }

  // --- statements ----------------------------------------------------------------------------

  const statements = data("statements-data");
  const RELATIONS = { exact: "same words", edited: "edited", excerpt: "excerpt", joined: "runs on" };
  const METHODS = {
    explicit: "named beside the quote", pronoun: "by a pronoun", carried: "carried on from the paragraph before",
    anonymous: "described, not named", none: "nobody is named",
  };

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();

  /** What a search looks through: made when first needed. */
  function searchable(statement) {
    if (statement.z === undefined) {
      const printed = statement.p.map((p) => (p.q || []).map(([kind, words]) => (kind < 2 ? words : " ")).join(""));
      const people = (statement.w || []).map(([name]) => name);
      const outlets = statement.p.map((p) => p.o || "");
      statement.z = fold([statement.t, statement.s || "", ...people, ...outlets, ...printed].join("\n"));
    }
    return statement.z;
  }

  const SHOWN = {
    "": () => true,
    several: (s) => s.k > 1,
    worded: (s) => s.p.some((p) => p.r !== "exact"),
    credited: (s) => Boolean(s.w),
    new: (s) => Boolean(s.r),
    nobody: (s) => !s.s,
  };
  const seen = (s, absent) => (s.f === undefined ? absent : s.f);
  const ORDERS = {
    outlets: (a, b) => b.k - a.k || b.n - a.n,
    printings: (a, b) => b.n - a.n || b.k - a.k,
    newest: (a, b) => seen(b, -Infinity) - seen(a, -Infinity),
    oldest: (a, b) => seen(a, Infinity) - seen(b, Infinity),
    speaker: (a, b) => (a.s || "\uffff").localeCompare(b.s || "\uffff"),
  };

  const filters = { q: byId("q"), outlet: byId("outlet"), other: byId("other"), kind: byId("kind"), sort: byId("sort") };
  let matching = [];
  let page = 0;

  function find() {
    const terms = fold(filters.q.value).split(/\s+/).filter(Boolean);
    const outlets = [filters.outlet.value, filters.other.value].filter(Boolean);
    const shown = SHOWN[filters.kind.value];
    matching = statements.filter((s) =>
      shown(s) && outlets.every((o) => (s.o || []).includes(o)) && terms.every((t) => searchable(s).includes(t)));
    matching.sort(ORDERS[filters.sort.value]); // stable: the order of the data decides what is level
    page = 0;
    list();
  }

  function list() {
    const pages = Math.max(1, Math.ceil(matching.length / SIZE));
    byId("list").replaceChildren(...matching.slice(page * SIZE, (page + 1) * SIZE).map(item));
    byId("list").start = page * SIZE + 1;
    byId("found").textContent = matching.length === statements.length
      ? plural(matching.length, "statement")
      : `${number(matching.length)} of ${plural(statements.length, "statement")} in this page`;
    document.querySelector(".pages").hidden = pages === 1;
    byId("page").textContent = `Page ${number(page + 1)} of ${number(pages)}`;
    byId("previous").disabled = page === 0;
    byId("next").disabled = page === pages - 1;
  }

  function turn(by) {
    page += by;
    list();
    byId("statements").scrollIntoView();
    byId("list").querySelector("button").focus({ preventScroll: true });
  }

  const words = (statement) =>
    make("span", { class: "words", lang: statement.l, dir: "auto" }, `“${statement.t}”`);

  /** The outlets that print it; `k` counts each article of unknown outlet as one more, `j` those with it of their own. */
  function outlets(statement) {
    const known = (statement.o || []).length, unknown = statement.k - known;
    return [known ? plural(known, "outlet") : "", unknown ? `${plural(unknown, "article")} of unknown outlet` : ""]
      .filter(Boolean).join(" and ") + (statement.j ? ` (${statement.j} independent)` : "");
  }

  /** Whether dated printings of two outlets can be compared: only then is one of them the earliest seen. */
  const comparable = (statement) =>
    new Set(statement.p.filter((p) => p.d !== undefined).map((p) => p.o)).size > 1;

  function dates(statement) {
    if (statement.f === undefined) return "undated";
    const first = new Set(statement.p.filter((p) => p.d === statement.f && p.o).map((p) => p.o));
    const seen = [when(statement.f), [...first].join(" and ")].filter(Boolean).join(", ");
    const undated = statement.u ? `; ${number(statement.u)} of ${number(statement.n)} undated` : "";
    return `${comparable(statement) ? "earliest seen" : "dated"} ${seen}${undated}`;
  }

  function item(statement) {
    const id = `s-${statement.i}`;
    const facts = [outlets(statement), plural(statement.n, "printing"), dates(statement)];
    const button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": `${id}-more` },
      words(statement),
      make("span", { class: "who" }, make("bdi", {}, statement.s || "Speaker unknown")),
      make("span", { class: "facts" }, facts.join(" · ")),
      statement.r && statements.some((s) => !s.r) ? make("span", { class: "tag" }, "new") : "");
    const more = make("div", { id: `${id}-more`, class: "more", hidden: true });
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") === "false";
      button.setAttribute("aria-expanded", String(open));
      if (open && !more.firstChild) more.append(...detail(statement));
      more.hidden = !open;
    });
    return make("li", { class: "statement", id }, make("h3", {}, button), more);
  }

  function detail(statement) {
    const sure = statement.c === undefined ? "" : `, confidence ${statement.c.toFixed(2)}`;
    const credited = statement.w
      ? make("p", {}, "Credited to ", statement.w.map(([name, n], i) => [i ? ", " : "", make("bdi", {}, name), ` (${number(n)})`]).flat(),
        statement.x ? ` and ${plural(statement.x, "other")}.` : ".")
      : "";
    const left = statement.n - statement.p.length;
    const rest = left > 0 ? make("p", { class: "note" }, `${plural(left, "more printing")} not in this page.`) : "";
    const lanes = timeline(statement);
    return [
      make("p", {}, `Attribution: ${METHODS[statement.m] || statement.m}${sure}.`), credited, lanes,
      make("h4", {}, "Printings", statement.p.some((p) => p.q) ? key() : ""),
      make("ol", { class: "printings" }, statement.p.map((p) => printing(p, statement))), rest,
      make("p", { class: "note" }, "All of it: ", make("code", {}, `quotesieve show CLEAN ${statement.i}`)),
    ];
  }

  const key = () => make("span", { class: "marks" }, "compared with the words above: ",
    make("ins", {}, "only here"), " ", make("del", {}, "not here"), "; alike: over the part that both have");

  function printing(p, statement) {
    const mark = [(w) => w, (w) => make("ins", {}, w), (w) => make("del", {}, w),
      (n) => make("del", { class: "gap" }, `[${n} words not here]`)];
    const body = p.q ? p.q.map(([kind, value]) => mark[kind](value)) : [statement.t];
    const credit = [p.s, p.c].filter(Boolean).join(" · ");
    const time = p.d > statement.f || (p.d !== undefined && comparable(statement)) ? `, ${later(p.d - statement.f)}` : "";
    return make("li", {},
      make("p", { class: "where" }, make("strong", {}, make("bdi", {}, p.o || "outlet unknown")), ` ${when(p.d)}${time} `,
        make("span", { class: "tag" }, RELATIONS[p.r] + (p.v && p.r !== "exact" ? `, ${p.v}% alike` : "")),
        p.h ? make("span", { class: "tag" }, "in the headline or summary") : ""),
      make("p", { class: "printed", lang: statement.l, dir: "auto" },
        make("span", { class: "around" }, p.b || ""), make("span", { class: "own" }, body), make("span", { class: "around" }, p.e || "")),
      make("p", { class: "source" }, credit ? make("span", {}, "credited as “", make("bdi", {}, credit), "”") : "",
        make("span", {}, "article ", make("code", {}, p.a)), p.u ? make("bdi", { class: "url" }, p.u) : ""));
  }

  /** Lanes of dots over time, one an outlet, where at least two dated printings can be compared. */
  function timeline(statement) {
    const dated = statement.p.filter((p) => p.d !== undefined);
    const lanes = new Map();
    for (const p of dated) {
      const name = p.o || "outlet unknown";
      if (!lanes.has(name)) lanes.set(name, []);
      lanes.get(name).push(p.d);
    }
    if (lanes.size < 2) return "";
    const first = Math.min(...dated.map((p) => p.d)), last = Math.max(...dated.map((p) => p.d));
    const rows = [...lanes].map(([name, times]) => {
      const track = make("span", { class: "track", "aria-hidden": "true" });
      for (const time of times) {
        const dot = make("span", { class: time === first ? "dot first" : "dot" });
        dot.style.left = `${last === first ? 0 : ((time - first) / (last - first)) * 100}%`;
        track.append(dot);
      }
      return make("li", {}, make("bdi", { class: "name" }, name), track,
        make("span", { class: "time" }, times[0] === first ? `earliest seen ${when(first)}` : later(times[0] - first)));
    });
    const undated = statement.p.length - dated.length;
    return make("figure", { class: "timeline" },
      make("figcaption", {}, "Earliest seen, outlet by outlet",
        undated ? make("small", {}, ` (${plural(undated, "undated printing")} left out)`) : ""),
      make("ol", {}, rows));
  }

  let waiting;
  filters.q.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, 120); });
  for (const name of ["outlet", "other", "kind", "sort"]) filters[name].addEventListener("change", find);
  byId("filters").addEventListener("submit", (event) => { event.preventDefault(); find(); });
  byId("filters").addEventListener("reset", () => setTimeout(find));
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));

  /** Open the statement that the address names: report.html#s-ID. */
  function follow() {
    const [, id] = /^#s-([0-9a-f]+)$/.exec(location.hash) || [];
    if (!id) return;
    if (!matching.some((s) => s.i === id)) {
      for (const name of ["q", "outlet", "other", "kind"]) filters[name].value = "";
      find();
    }
    const place = matching.findIndex((s) => s.i === id);
    if (place < 0) {
      byId("found").textContent = `Statement ${id} is not in this page: quotesieve show CLEAN ${id}`;
      byId("statements").scrollIntoView();
      return;
    }
    page = Math.floor(place / SIZE);
    list();
    const found = byId(`s-${id}`);
    const button = found.querySelector("button");
    if (button.getAttribute("aria-expanded") === "false") button.click();
    found.scrollIntoView();
    button.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", follow);
  find();
  follow();

  // --- heat map: one stop for the tab key, arrows within ------------------------------------------

  const heat = byId("heat");
  if (heat) {
    const names = [...heat.tBodies[0].rows].map((row) => row.cells[0].textContent);
    const cell = (row, column) => heat.tBodies[0].rows[row].cells[column + 1];
    const place = (td) => [td.parentNode.sectionRowIndex, td.cellIndex - 1];
    const count = (td) => Number(td.dataset.n || td.textContent.replace("·", "0"));

    for (const td of heat.querySelectorAll("tbody td")) {
      td.tabIndex = -1;
      td.setAttribute("role", "gridcell");
    }
    cell(0, 0).tabIndex = 0;

    const say = (td) => {
      const [row, column] = place(td);
      byId("heat-said").textContent = row === column
        ? `${names[row]} prints ${plural(count(td), "statement")} in all.`
        : `${names[row]} and ${names[column]} both print ${plural(count(td), "statement")}.`;
    };
    const choose = (td) => {
      const [row, column] = place(td);
      byId("filters").reset();
      filters.outlet.value = names[row];
      filters.other.value = row === column ? "" : names[column];
      clearTimeout(waiting);
      setTimeout(() => {
        if (matching.length < count(td)) {
          byId("found").textContent += `; in all there are ${number(count(td))}: quotesieve query CLEAN passages `
            + `--where "${[...new Set([row, column])].map((i) => `list_contains(outlets, '${names[i].replaceAll("'", "''")}')`).join(" AND ")}"`;
        }
        byId("statements").scrollIntoView();
        filters.outlet.focus({ preventScroll: true });
      }, 1);
    };
    const inside = (event) => event.target.closest("tbody td");
    heat.addEventListener("mouseover", (event) => inside(event) && say(inside(event)));
    heat.addEventListener("focusin", (event) => inside(event) && say(inside(event)));
    heat.addEventListener("click", (event) => inside(event) && choose(inside(event)));
    const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    heat.addEventListener("keydown", (event) => {
      const td = inside(event);
      if (!td) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(td);
      } else if (STEPS[event.key]) {
        event.preventDefault();
        const [row, column] = place(td), [down, right] = STEPS[event.key];
        const within = (n) => Math.max(0, Math.min(names.length - 1, n));
        const target = cell(within(row + down), within(column + right));
        td.tabIndex = -1;
        target.tabIndex = 0;
        target.focus();
      }
    });
  }

  // --- articles before and after ---------------------------------------------------------------

  const articles = data("articles-data");
  const UNKNOWN = "outlet unknown";
  const ofOutlet = byId("article-outlet"), chosen = byId("article"), onlyRemoved = byId("only-removed");

  function fillOutlets() {
    const names = [...new Set(articles.map((a) => a.o || UNKNOWN))].sort();
    ofOutlet.replaceChildren(...names.map((name) => make("option", {}, name)));
    fillArticles();
  }

  function fillArticles() {
    const own = articles.map((a, place) => [a, place]).filter(([a]) => (a.o || UNKNOWN) === ofOutlet.value);
    chosen.replaceChildren(...own.map(([a, place]) => make("option", { value: place },
      `${a.t || a.p} (${a.g} of ${plural(a.n, "line")} removed)`)));
    showArticle();
  }

  function showArticle() {
    const article = articles[Number(chosen.value)];
    if (!article) return;
    const rows = article.L.map(line).filter(Boolean);
    const left = article.n - article.L.length;
    byId("before-after").replaceChildren(
      make("h4", { lang: article.l, dir: "auto" }, article.t || "No title"),
      make("p", { class: "note" }, make("bdi", {}, article.o || UNKNOWN), ` · ${when(article.d)} · `, make("bdi", {}, article.p),
        ` · ${article.g} of ${plural(article.n, "line")} removed${article.h ? " · text of an HTML page" : ""}`),
      make("table", { class: "lines", lang: article.l },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Line"), make("th", { scope: "col" }, "Before"), make("th", { scope: "col" }, "After"))),
        make("tbody", {}, rows)),
      left > 0 ? make("p", { class: "note" }, `${plural(left, "more line")} not in this page.`) : "",
      make("p", { class: "note" }, "All of it: ", make("code", {}, `quotesieve explain CLEAN ${article.i}`)));
  }

  const ROLES = new Set(["title", "standfirst", "heading", "body"]);

  function line([number_, before, verdict, rule, after]) {
    if (ROLES.has(verdict)) {
      if (onlyRemoved.checked) return null;
      const text = after === undefined ? before : after;
      return make("tr", { class: "kept" }, make("th", { scope: "row" }, String(number_)), make("td", { dir: "auto" }, before),
        make("td", { class: verdict, dir: "auto" }, text, verdict === "body" ? "" : make("span", { class: "tag", lang: "en" }, verdict),
          after === undefined ? "" : make("span", { class: "tag", lang: "en" }, "repaired")));
    }
    return make("tr", { class: `gone r-${verdict}` }, make("th", { scope: "row" }, String(number_)),
      make("td", { dir: "auto" }, make("del", {}, before)),
      make("td", { class: "why", lang: "en" }, make("i", { class: `key r-${verdict}` }), "removed: ", make("strong", {}, verdict.replaceAll("_", " ")), " ",
        make("small", {}, "rule ", make("code", {}, rule))));
  }

  ofOutlet.addEventListener("change", fillArticles);
  chosen.addEventListener("change", showArticle);
  onlyRemoved.addEventListener("change", showArticle);
  byId("choose-article").addEventListener("submit", (event) => event.preventDefault());
  fillOutlets();
})();
