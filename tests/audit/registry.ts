// Checks that need the npm registry: known vulnerabilities, signatures, newer versions. A check
// that gets no answer is reported as not checked, never as passed.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { ROOT } from "./sources.ts";

export type Checked<Result> =
  | { readonly kind: "checked"; readonly result: Result }
  | { readonly kind: "not checked"; readonly why: string };

export const LEVELS = ["info", "low", "moderate", "high", "critical"] as const;
export type Level = (typeof LEVELS)[number];

export interface Vulnerability {
  readonly name: string;
  readonly severity: Level;
  readonly range: string;
}

export interface Outdated {
  readonly name: string;
  readonly current: string;
  readonly latest: string;
}

const vulnerabilities = z
  .object({
    vulnerabilities: z.record(
      z.string(),
      z.object({ name: z.string(), severity: z.enum(LEVELS), range: z.string() }),
    ),
  })
  .transform((answer): Vulnerability[] => Object.values(answer.vulnerabilities));

const signatures = z
  .object({
    invalid: z.array(z.object({ name: z.string() })),
    missing: z.array(z.object({ name: z.string() })),
  })
  .transform(({ invalid, missing }) => [...invalid, ...missing].map(({ name }) => name));

const outdated = z
  .record(z.string(), z.object({ current: z.string(), latest: z.string() }))
  .transform((all): Outdated[] =>
    Object.entries(all).map(([name, { current, latest }]) => ({ name, current, latest })),
  );

/** npm's commands have two forms of a failure. */
const failureShape = z.union([
  z
    .object({ error: z.object({ summary: z.string().min(1) }) })
    .transform(({ error }) => error.summary),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

/** Known vulnerabilities of the packages of production, or of all packages. */
export function askVulnerabilities(of: "production" | "everything") {
  return ask(["audit", "--json", ...(of === "production" ? ["--omit=dev"] : [])], vulnerabilities);
}

/** Packages whose signature is wrong or missing. */
export function askSignatures() {
  return ask(["audit", "signatures", "--json"], signatures);
}

/** Direct dependencies with a newer version. */
export function askOutdated() {
  return ask(["outdated", "--json"], outdated);
}

/** npm exits with 1 for findings and for failures. Its output distinguishes them. */
async function ask<Shape extends z.ZodType>(
  args: readonly string[],
  shape: Shape,
): Promise<Checked<z.infer<Shape>>> {
  const npm = spawn("npm", [...args, "--fetch-retries=0", "--loglevel=error"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, complaint] = await Promise.all([text(npm.stdout), text(npm.stderr)]);
  return readAnswer(said, complaint, shape);
}

/** Parses npm's output, if it is a valid answer. */
export function readAnswer<Shape extends z.ZodType>(
  said: string,
  complaint: string,
  shape: Shape,
): Checked<z.infer<Shape>> {
  const json = parse(said);
  const failure = failureShape.safeParse(json);
  if (failure.success) return notChecked(failure.data);
  const answer = shape.safeParse(json);
  return answer.success ? { kind: "checked", result: answer.data } : notChecked(complaint);
}

function notChecked(why: string): Checked<never> {
  const line = why.split("\n").find((each) => /\S/.test(each) && !/npm warn/.test(each));
  return { kind: "not checked", why: withoutAddress(line ?? "npm gave no answer that is known") };
}

/** Removes the URL of the registry, which differs between machines. */
function withoutAddress(line: string): string {
  return line
    .replace(/^npm error /, "")
    .replace(/\bhttps?:\/\/[^\s/]+/g, "https://…")
    .trim();
}

/** `npm outdated` prints nothing if nothing is outdated. */
function parse(said: string): unknown {
  try {
    return said.trim() === "" ? null : JSON.parse(said);
  } catch {
    return null;
  }
}
