// Reads settings from the environment, once, at start, and reports every mistake in them at once.
import { z } from "zod";

/**
 * Settings are wrong; the message lists every mistake and is meant for whoever starts the process.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses `shape` out of the environment; an empty variable counts as not set. Values are not
 * repeated.
 */
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
    return `  ${name}: ${name in given ? issue.message : "is not set"}`;
  });
  throw new ConfigError(
    `Settings are missing or wrong:\n${mistakes.join("\n")}\nSee .env.example for what each one means.`,
  );
}

export const port = z.coerce.number().int().min(0).max(65_535);

/** A variable whose text is JSON of the given shape. */
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

/** Settings that every service has. */
export const serviceShape = {
  HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
};
