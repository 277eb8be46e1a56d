// The graphs of the page: keeps the readings of the last minutes and draws a line for each service.

/** Readings that are kept, and the fewest that a graph has room for: six minutes and one. */
const KEPT = 180;
const SHOWN_MIN = 30;
/** Between two samples of the event loop, which the metric includes. */
const SAMPLED_SECONDS = 0.1;
const WIDTH = 300;
const HEIGHT = 80;
const SVG = "http://www.w3.org/2000/svg";

const COLORS = {
  router: "#3b82f6",
  users: "#e0a100",
  events: "#12a150",
  matching: "#d946a0",
  messaging: "#8b5cf6",
  workers: "#8a8f98",
};

/** The color of a service; replicas have that of their first. */
export function colorOf(service) {
  return COLORS[service.replace(/-\d+$/, "")] ?? "#0ea5a5";
}

const rate = (name) => (now, before, seconds) => Math.max(0, now[name] - before[name]) / seconds;
const level = (name) => (now) => now[name];

/** The 95th percentile of what came between two readings; undefined where nothing did. */
const p95 = (name) => (now, before) => {
  const bounds = Object.keys(now[name] ?? {});
  const counts = bounds
    .map((bound) => [bound === "+Inf" ? Infinity : Number(bound), bound])
    .sort(([a], [b]) => a - b)
    .map(([at, bound]) => [at, now[name][bound] - (before[name]?.[bound] ?? 0)]);
  const all = counts.at(-1)?.[1] ?? 0;
  if (all <= 0) return undefined;
  let from = [0, 0];
  for (const [at, count] of counts) {
    if (count >= all * 0.95) {
      if (at === Infinity) return from[0] * 1000;
      const share = (all * 0.95 - from[1]) / (count - from[1] || 1);
      return (from[0] + (at - from[0]) * share) * 1000;
    }
    from = [at, count];
  }
  return undefined;
};

const share = (part, whole) => (now, before) => {
  const all = now[whole] - before[whole];
  return all > 0 ? (100 * ((now[part] ?? 0) - (before[part] ?? 0))) / all : 0;
};

const GRAPHS = [
  { title: "Operations", unit: "/s", needs: "operations", of: rate("operations") },
  { title: "Failed operations", unit: "%", needs: "operations", of: share("failed", "operations") },
  {
    title: "Time of operations, p95",
    unit: "ms",
    needs: "operationSeconds",
    of: p95("operationSeconds"),
  },
  { title: "Open sockets", unit: "", needs: "sockets", of: level("sockets") },
  { title: "Open subscriptions", unit: "", needs: "subscriptions", of: level("subscriptions") },
  {
    title: "Entry stored to frame, p95",
    unit: "ms",
    needs: "deliverySeconds",
    of: p95("deliverySeconds"),
  },
  { title: "SQL statements", unit: "/s", needs: "statements", of: rate("statements") },
  {
    title: "Waiting for a connection",
    unit: "",
    needs: "waitingForDatabase",
    of: level("waitingForDatabase"),
  },
  {
    title: "Event loop lag, p99",
    unit: "ms",
    needs: "loopSeconds",
    of: (now) => Math.max(0, now.loopSeconds - SAMPLED_SECONDS) * 1000,
  },
  {
    title: "CPU",
    unit: "%",
    needs: "cpuSeconds",
    of: (...all) => 100 * rate("cpuSeconds")(...all),
  },
  { title: "Memory", unit: "MB", needs: "memoryBytes", of: (now) => now.memoryBytes / 1048576 },
  { title: "Integration events behind", unit: "", needs: "behind", of: level("behind") },
];

/** Adds the graphs to an element; returns how to add a reading. */
export function drawGraphs(parent) {
  const readings = [];
  const drawn = GRAPHS.map((graph) => ({ graph, ...figureOf(parent, graph) }));
  return (reading) => {
    readings.push(reading);
    if (readings.length > KEPT) readings.shift();
    for (const each of drawn) draw(each, readings);
  };
}

function figureOf(parent, { title }) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const value = document.createElement("b");
  caption.append(title, value);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  const legend = document.createElement("div");
  legend.className = "legend";
  figure.append(caption, svg, legend);
  parent.append(figure);
  return { value, svg, legend };
}

/** The points of one service: the index of a reading and a value. */
function pointsOf(service, { needs, of }, readings) {
  return readings.flatMap((reading, at) => {
    const now = reading.services[service];
    const before = readings[at - 1]?.services[service];
    if (now?.[needs] === undefined || before?.[needs] === undefined) return [];
    const value = of(now, before, (reading.at - readings[at - 1].at) / 1000);
    return Number.isFinite(value) ? [[at, value]] : [];
  });
}

function draw({ graph, value, svg, legend }, readings) {
  const services = Object.keys(readings.at(-1).services);
  const lines = services
    .map((service) => ({ service, points: pointsOf(service, graph, readings) }))
    .filter(({ points }) => points.length > 0);
  const most = Math.max(1, ...lines.flatMap(({ points }) => points.map(([, at]) => at)));
  const last = Math.max(SHOWN_MIN, readings.length) - 1;
  svg.replaceChildren(...lines.map((line) => pathOf(line, most, last)));
  const latest = lines.map(({ points }) => points.at(-1)[1]);
  value.textContent = latest.length > 0 ? `${shown(Math.max(...latest))} ${graph.unit}` : "–";
  legend.replaceChildren(
    ...(lines.length > 1 ? lines : []).map(({ service, points }) => {
      const label = document.createElement("span");
      label.style.setProperty("--color", colorOf(service));
      label.textContent = `${service} ${shown(points.at(-1)[1])}`;
      return label;
    }),
  );
}

function pathOf({ service, points }, most, last) {
  const path = document.createElementNS(SVG, "path");
  const x = (at) => (at / last) * WIDTH;
  const y = (value) => HEIGHT - 2 - (value / most) * (HEIGHT - 6);
  const line = points.map(([at, value]) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`);
  path.setAttribute("d", `M${line.join("L")}`);
  path.style.stroke = colorOf(service);
  return path;
}

function shown(value) {
  return value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : String(+value.toFixed(2));
}
