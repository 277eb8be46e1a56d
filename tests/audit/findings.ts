// Runs all checks of the audit, and sorts the results: findings, accepted ones, and checks that
// could not run. It prints nothing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ACCEPTED_SECRETS } from "./accepted.ts";
import { HELD, MENDED } from "./held.ts";
import { type Package, productionPackages, refusedLicences } from "./licences.ts";
import {
  askOutdated,
  askSignatures,
  askVulnerabilities,
  type Checked,
  LEVELS,
  type Level,
  type Outdated,
  type Vulnerability,
} from "./registry.ts";
import { type Secret, type Source, secretsIn } from "./secrets.ts";
import { historySources, ROOT, treeSources } from "./sources.ts";

/** The lowest severity of a vulnerability that is a finding. */
export const LEAST = { production: "moderate", everything: "high" } as const satisfies Record<
  string,
  Level
>;

export interface Audit {
  readonly files: number;
  readonly history: { readonly commits: number; readonly texts: number } | null;
  readonly packages: readonly Package[];
  readonly elsewhere: readonly Package[];
  readonly acceptedSecrets: readonly Secret[];
  readonly production: Checked<readonly Vulnerability[]>;
  readonly everything: Checked<readonly Vulnerability[]>;
  readonly signatures: Checked<readonly string[]>;
  readonly outdated: Checked<readonly Outdated[]>;
  /** Each of these fails the audit. */
  readonly findings: readonly string[];
  readonly notChecked: readonly string[];
}

/** Runs the whole audit. The requests to the registry take some seconds. */
export async function audit(): Promise<Audit> {
  const tree = treeSources();
  const history = historySources();
  const secrets = distinct([...tree, ...(history?.sources ?? [])]);
  const { installed, elsewhere } = productionPackages();
  const [production, everything, signatures, outdated] = await Promise.all([
    askVulnerabilities("production"),
    askVulnerabilities("everything"),
    askSignatures(),
    askOutdated(),
  ]);
  const asked = {
    "vulnerabilities of production": production,
    "vulnerabilities of everything": everything,
    "signatures of packages": signatures,
    "newer versions": outdated,
  };
  return {
    files: tree.length,
    history: history && { commits: history.commits, texts: history.sources.length },
    packages: installed,
    elsewhere,
    acceptedSecrets: secrets.filter(isAccepted),
    ...{ production, everything, signatures, outdated },
    findings: [
      ...secrets.filter((secret) => !isAccepted(secret)).map(describeSecret),
      ...refusedLicences([...installed, ...elsewhere]).map(describeLicence),
      ...beforeMended().map((each) => `${each}: update it`),
      ...beyond(production, LEAST.production).map((each) => `production: ${each}`),
      ...beyond(everything, LEAST.everything),
      ...(signatures.kind === "checked" ? signatures.result : []).map(
        (name) => `${name}: bad signature`,
      ),
    ],
    notChecked: [
      ...Object.entries(asked).flatMap(([what, answer]) =>
        answer.kind === "not checked" ? [`${what}: ${answer.why}`] : [],
      ),
      ...(history?.isWhole ? [] : ["secrets in all of the history: git has it not here"]),
    ],
  };
}

/** 1 for findings. 2 for none if something could not be checked. */
export function exitCodeOf({
  findings,
  notChecked,
}: Pick<Audit, "findings" | "notChecked">): number {
  if (findings.length > 0) return 1;
  return notChecked.length > 0 ? 2 : 0;
}

/** Each secret once, at its first path. */
export function distinct(sources: readonly Source[]): Secret[] {
  const found = new Map<string, Secret>();
  for (const secret of sources.flatMap(secretsIn)) {
    const key = `${secret.rule} ${secret.fingerprint}`;
    if (!found.has(key)) found.set(key, secret);
  }
  return [...found.values()];
}

export function isAccepted({ fingerprint }: Secret): boolean {
  return Object.hasOwn(ACCEPTED_SECRETS, fingerprint);
}

export function describeSecret({ rule, path, line, fingerprint }: Secret): string {
  return `${path}:${line} has a ${rule} (${fingerprint}): take it out and change it where it opens something`;
}

export function describeLicence({ name, version, licence }: Package): string {
  return `${name} ${version} is under ${licence}, which tests/audit/accepted.ts does not allow`;
}

/** Newer majors of direct dependencies that are held back without a reason. */
export function unexplained(outdated: readonly Outdated[]): Outdated[] {
  return outdated.filter(
    ({ name, current, latest }) =>
      majorOf(latest) !== majorOf(current) && !Object.hasOwn(HELD, name),
  );
}

/** Of the servers, and of each client. */
const CLIENTS = ["sdk", "ui", "app", "admin"].map((name) => `clients/${name}/package.json`);
const MANIFESTS = ["package.json", ...CLIENTS];
const OURS = /^@meetinity\//;

/** Direct dependencies whose range does not allow all newer minor versions. */
export function heldRanges(): string[] {
  const shape = z.record(z.string(), z.string()).default({});
  const manifestShape = z.object({ dependencies: shape, devDependencies: shape });
  const held = MANIFESTS.flatMap((path) => {
    const manifest = manifestShape.parse(JSON.parse(readFileSync(join(ROOT, path), "utf8")));
    return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  }).flatMap(([name, range]) => (range.startsWith("^") || OURS.test(name) ? [] : [name]));
  return [...new Set(held)];
}

/** Installed packages that are older than the version that fixed an advisory. */
export function beforeMended(): string[] {
  return MENDED.flatMap(([name, since, advisory]) => {
    const file = join(ROOT, "node_modules", name, "package.json");
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(file, "utf8")));
    const isOlder = version.localeCompare(since, "en", { numeric: true }) < 0;
    return isOlder ? [`${name} ${version} is older than ${since}, ${advisory}`] : [];
  });
}

function beyond(answer: Checked<readonly Vulnerability[]>, least: Level): string[] {
  if (answer.kind === "not checked") return [];
  return answer.result
    .filter(({ severity }) => LEVELS.indexOf(severity) >= LEVELS.indexOf(least))
    .map(({ name, severity, range }) => `${name} ${range} has a vulnerability that is ${severity}`);
}

function majorOf(version: string): string {
  return /^0\.\d+|^\d+/.exec(version)?.[0] ?? version;
}
