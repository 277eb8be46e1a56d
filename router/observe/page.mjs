// The page: asks for the traces and readings every two seconds while it is in front, and shows one
// trace as a waterfall. What it shows is text, never HTML.
import { colorOf, drawGraphs } from "./graphs.mjs";

const EVERY_MS = 2000;
const element = (id) => document.getElementById(id);
const addReading = drawGraphs(element("graphs"));
let traces = [];

function make(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function milliseconds(ms) {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;
}

function clock(at) {
  return new Date(at).toLocaleTimeString("en-GB", { hour12: false });
}

function linkTo(traceId, text) {
  const link = make("a", text);
  link.href = `#${traceId}`;
  return link;
}

function rowOf(trace) {
  const row = make("tr");
  const name = make("td");
  name.append(linkTo(trace.traceId, trace.name));
  if (trace.hasFailed) name.append(" ", make("b", "failed", "failed"));
  row.append(
    make("td", clock(trace.startedAt)),
    name,
    make("td", milliseconds(trace.ms), "number"),
    make("td", trace.spans, "number"),
    make("td", trace.services.join(", ")),
  );
  return row;
}

function showList() {
  const wanted = element("filter").value.trim().toLowerCase();
  const found = traces.filter((trace) =>
    [trace.name, trace.traceId, ...trace.services, trace.hasFailed ? "failed" : ""]
      .join(" ")
      .toLowerCase()
      .includes(wanted),
  );
  element("traces").replaceChildren(...found.map(rowOf));
  element("none").hidden = found.length > 0;
  element("none").textContent =
    traces.length > 0
      ? "No trace contains that."
      : "No trace yet: open the app, or send an operation.";
}

/** The spans with their depths, children behind their parents. */
function treeOf(spans) {
  const ids = new Set(spans.map((span) => span.spanId));
  const childrenOf = new Map();
  for (const span of spans) {
    const parent = ids.has(span.parentSpanId) ? span.parentSpanId : "";
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), span]);
  }
  const rows = [];
  const visit = (parent, depth) => {
    for (const span of childrenOf.get(parent) ?? []) {
      rows.push({ span, depth });
      visit(span.spanId, depth + 1);
    }
  };
  visit("", 0);
  return rows;
}

function spanRow({ span, depth }, from, whole) {
  const row = make("details");
  const summary = make("summary");
  const label = make("span", undefined, "label");
  label.style.paddingInlineStart = `${depth * 0.9}rem`;
  label.append(
    make("span", span.name, span.failure ? "failed" : ""),
    " ",
    make("small", span.service),
  );
  label.title = `${span.name}, ${span.service}`;
  const track = make("span", undefined, "track");
  const bar = make("i");
  bar.style.left = `${(100 * (span.startedAt - from)) / whole}%`;
  bar.style.width = `${(100 * span.ms) / whole}%`;
  bar.style.setProperty("--color", colorOf(span.service));
  track.append(bar);
  summary.append(label, track, make("span", milliseconds(span.ms), "number"));
  row.append(summary, factsOf(span, from));
  const item = make("li");
  item.append(row);
  return item;
}

function factsOf(span, from) {
  const facts = make("dl", undefined, "more");
  const add = (name, value) => facts.append(make("dt", name), value);
  add("begins", make("dd", `after ${milliseconds(span.startedAt - from)}`));
  if (span.failure) add("failed", make("dd", span.failure, "failed"));
  for (const [name, value] of Object.entries(span.attributes)) add(name, make("dd", value));
  for (const { traceId } of span.links) {
    const linked = make("dd");
    linked.append(linkTo(traceId, traceId));
    add("linked to", linked);
  }
  return facts;
}

function showTrace(traceId, { spans, linked }) {
  const from = Math.min(...spans.map((span) => span.startedAt));
  const until = Math.max(...spans.map((span) => span.startedAt + span.ms));
  const rows = treeOf(spans);
  element("trace-title").textContent = rows[0].span.name;
  const services = [...new Set(spans.map((span) => span.service))].join(", ");
  element("trace-facts").textContent =
    `${milliseconds(until - from)}, ${spans.length} spans in ${services}, ${clock(from)}, ${traceId}`;
  const shown = rows.map((row) => spanRow(row, from, until - from || 1));
  element("waterfall").replaceChildren(...shown);
  const others = new Map(linked.map((span) => [span.traceId, span]));
  element("linked").hidden = others.size === 0;
  element("linked").lastElementChild.replaceChildren(
    ...[...others].map(([other, span]) => {
      const item = make("li");
      item.append(linkTo(other, `${span.name} of ${span.service}`));
      return item;
    }),
  );
}

async function ask(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return response.json();
}

/** Shows what the address names: one trace, or all. */
async function showAddressed() {
  const traceId = location.hash.slice(1);
  const isOne = /^[0-9a-f]{32}$/.test(traceId);
  element("figures").hidden = isOne;
  element("list").hidden = isOne;
  element("trace").hidden = !isOne;
  if (!isOne) return showList();
  try {
    showTrace(traceId, await ask(`traces/${traceId}`));
  } catch {
    element("trace-title").textContent = "This trace is no longer kept.";
    element("trace-facts").textContent = traceId;
    element("waterfall").replaceChildren();
    element("linked").hidden = true;
  }
}

async function refresh() {
  if (document.hidden) return;
  try {
    const [readings, latest] = await Promise.all([ask("readings"), ask("traces")]);
    addReading(readings);
    const down = Object.entries(readings.services).flatMap(([name, figures]) =>
      figures ? [] : [name],
    );
    element("state").textContent =
      down.length > 0
        ? `No answer from ${down.join(", ")}.`
        : `All services answer, ${clock(readings.at)}.`;
    if (element("paused").checked) return;
    traces = latest;
    if (!element("list").hidden) showList();
  } catch (error) {
    element("state").textContent = `The router does not answer: ${error.message}`;
  }
}

element("filter").addEventListener("input", showList);
addEventListener("hashchange", showAddressed);
await refresh();
await showAddressed();
setInterval(refresh, EVERY_MS);
