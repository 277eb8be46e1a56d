// The level of the logs of this process, which an operator can change for a while: `/log-level` on
// the admin port. After that time the level of the setting returns by itself.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { badInput, type Violation } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import { type Log, logsOfProcess } from "#kit/service/logger";

/** Nobody can turn off errors while a service runs. */
const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
const MINUTES_DEFAULT = 15;
const MINUTES_MAX = 24 * 60;

const wantedShape = z.strictObject(
  {
    level: z.enum(LEVELS, { error: `is none of ${LEVELS.join(", ")}` }),
    minutes: z
      .number({ error: "is not a number of minutes" })
      .positive("is not above 0")
      .max(MINUTES_MAX, `is above ${MINUTES_MAX}`)
      .default(MINUTES_DEFAULT),
  },
  { error: ({ code }) => (code === "invalid_type" ? "is not an object" : undefined) },
);

interface LevelReport {
  readonly level: string;
  /** When the level of the setting returns; null while that one counts. */
  readonly until: Date | null;
}

export interface LogLevel {
  set(wanted: z.input<typeof wantedShape>): LevelReport;
  /** Returns to the level of the setting. */
  reset(): LevelReport;
  report(): LevelReport;
}

/** The level of `log` and of all other logs of this process; `log` is told each change. */
export function createLogLevel(log: Log, logs = logsOfProcess()): LogLevel {
  let until: Date | null = null;
  let timer: NodeJS.Timeout | undefined;
  const report = () => ({ level: log.level, until });
  const changeTo = (level: string | null) => {
    const from = log.level;
    for (const [each, setting] of logs) each.level = level ?? setting;
    // Whatever the level, the change itself is in the log.
    if (log.level !== from) log.error({ from, to: log.level, until }, "the log level was changed");
    return report();
  };
  const reset = () => {
    clearTimeout(timer);
    until = null;
    return changeTo(null);
  };
  return {
    set(wanted) {
      const { level, minutes } = wantedShape.parse(wanted);
      clearTimeout(timer);
      const ms = minutes * 60_000;
      timer = setTimeout(reset, ms).unref();
      until = new Date(Date.now() + ms);
      return changeTo(level);
    },
    reset,
    report,
  };
}

/** GET reads the level, PUT sets it for a while, DELETE returns to that of the setting. */
export function serveLogLevel(app: FastifyInstance, level: LogLevel): void {
  app.get("/log-level", async () => level.report());
  app.put("/log-level", async ({ body }) => level.set(checked(body)));
  app.delete("/log-level", async () => level.reset());
}

function checked(body: unknown): z.infer<typeof wantedShape> {
  const result = wantedShape.safeParse(body);
  if (result.success) return result.data;
  const [first, ...rest] = result.error.issues.map((issue) => violationOf(issue, body));
  if (!first) throw result.error;
  throw badInput([first, ...rest]);
}

/** The mistake, with the field and what arrived in it. */
function violationOf({ path, message, ...issue }: z.core.$ZodIssue, body: unknown): Violation {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.join(", ") : null;
  const field = unknown ?? (path.join(".") || "the body");
  const value = path.reduce<unknown>((of, key) => (of as Fields | null)?.[String(key)], body);
  const { text, received } = describeReceived(value, false);
  if (unknown !== null) return { field, message: "is not known", received: null };
  return { field, message: `${message} (received ${text})`, received };
}

type Fields = Readonly<Record<string, unknown>>;
