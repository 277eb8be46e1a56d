// Reads settings from the environment once, at start, and reports all mistakes at once.
import { z } from "zod";

/** Wrong settings; the message lists all mistakes, for the operator who starts the process. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** One for each setting, without values: `PORT: is not set`. */
  readonly mistakes: readonly string[];

  constructor(message: string, mistakes: readonly string[] = []) {
    super(message);
    this.mistakes = mistakes;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Parses `shape` out of the environment. An empty variable is not set. Errors repeat no values. */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Environment = process.env,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? "");
    return `${name}: ${name in given ? issue.message : "is not set"}`;
  });
  const list = mistakes.map((mistake) => `  ${mistake}\n`).join("");
  throw new ConfigError(
    `Settings are missing or wrong:\n${list}See .env.example for what each one means.`,
    mistakes,
  );
}

export const port = z.coerce.number().int().min(0).max(65_535);

/** A setting whose text is JSON of the given shape. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** The settings of every service. */
export const serviceShape = {
  HOST: z.string().default("127.0.0.1"),
  ADMIN_HOST: z.string().default("127.0.0.1"),
  ADMIN_PORT: port.optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
};

interface AdminSettings {
  readonly PORT: number;
  readonly ADMIN_HOST: string;
  readonly ADMIN_PORT?: number | undefined;
}

/** Where a service listens for operators: at the port behind its own, unless another is set. */
export function adminAddress({ PORT, ADMIN_HOST, ADMIN_PORT }: AdminSettings) {
  return { host: ADMIN_HOST, port: ADMIN_PORT ?? (PORT === 0 ? 0 : PORT + 1) };
}
