// Measures connections to Redis for Prometheus, and their commands by name. No key is in a metric.
import type { Command, Redis } from "ioredis";
import type { OptionalState } from "#kit/service/health";
import { counter, gauge, histogram, onScrape } from "#kit/telemetry/metrics";

const SECONDS = [0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5];

const durations = histogram(
  "redis_command_duration_seconds",
  "Time from a command to its answer, without commands that wait for something to happen.",
  SECONDS,
  ["command"],
);
const failures = counter(
  "redis_command_failures_total",
  "Commands that failed, for example because the connection broke.",
  ["command"],
);
const connections = gauge("redis_connections", "Connections, by whether they can be used now.", [
  "use",
  "state",
]);
const breaks = counter("redis_connection_breaks_total", "Connections that broke.", ["use"]);

interface Connection {
  readonly redis: Redis;
  readonly use: string;
  /** Until when it could be used, in ms since the epoch; null if it never could. */
  readyUntil: number | null;
}

const open = new Set<Connection>();

const isReady = ({ redis }: Connection) => redis.status === "ready";

onScrape(() => {
  connections.reset();
  for (const each of open) {
    const { use } = each;
    connections.inc({ use, state: "ready" }, isReady(each) ? 1 : 0);
    connections.inc({ use, state: "down" }, isReady(each) ? 0 : 1);
  }
});

/** Redis as this process reaches it; no entry if it does not. No service needs it to be ready. */
export function redisHealth(now: number = Date.now()): Readonly<Record<string, OptionalState>> {
  const down = [...open].filter((each) => !isReady(each));
  if (open.size === 0) return {};
  if (down.length === 0) return { redis: { isOk: true, secondsSinceOk: 0 } };
  const uses = [...new Set(down.map(({ use }) => use))].join(", ");
  const sinces = down.map(({ readyUntil }) => readyUntil);
  const known = sinces.filter((since) => since !== null);
  const secondsSinceOk =
    known.length < sinces.length ? null : Math.round((now - Math.min(...known)) / 1_000);
  return { redis: { isOk: false, reason: `not connected: ${uses}`, secondsSinceOk } };
}

/** Measures a connection until its owner disconnects it. `use` says what it is for. */
export function measureRedis(redis: Redis, use: string): void {
  const entry: Connection = { redis, use, readyUntil: null };
  open.add(entry);
  breaks.inc({ use }, 0);
  let wasReady = false;
  redis.on("ready", () => {
    wasReady = true;
  });
  redis.on("close", () => {
    if (wasReady) {
      breaks.inc({ use });
      entry.readyUntil = Date.now();
    }
    wasReady = false;
  });
  // Without another attempt it is over.
  redis.on("end", () => open.delete(entry));
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    measureCommand(command);
    return send(command, stream);
  };
}

/** Commands are sent again, or later, when a connection is back. */
const measured = new WeakSet<Command>();

function measureCommand(command: Command): void {
  if (measured.has(command)) return;
  measured.add(command);
  const { name } = command;
  const startedAt = performance.now();
  command.promise.then(
    () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      if (!waits(command)) durations.observe({ command: name }, seconds);
      // From zero: the rate of a counter whose first value is 1 is not known.
      failures.inc({ command: name }, 0);
    },
    () => failures.inc({ command: name }),
  );
}

/** True for a command that Redis answers when something has happened. */
function waits({ name, args }: Command): boolean {
  return name === "blpop" || (name === "xread" && args.includes("BLOCK"));
}
