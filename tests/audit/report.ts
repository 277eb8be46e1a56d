// Writes the audit as a page of Markdown: the checks, the findings and the decisions.
import { ACCEPTED_SECRETS, NAMED_LICENCES } from "./accepted.ts";
import { type Audit, LEAST, unexplained } from "./findings.ts";
import { HELD, MENDED } from "./held.ts";
import type { Checked, Vulnerability } from "./registry.ts";

const COLUMNS = 120;

/** Where and when an audit ran. */
export interface Run {
  readonly date: string;
  readonly commit: string;
  readonly tools: Readonly<Record<string, string>>;
}

export function reportOf(audit: Audit, { date, commit, tools }: Run): string {
  const versions = Object.entries(tools).map(([name, version]) => `${name} ${version}`);
  return `${[
    "# Security report",
    "Written by `npm run audit -- --write`. What is defended, and how, is in\n[SECURITY.md](../SECURITY.md).",
    list([`Date: ${date}`, `Commit: ${commit}`, `Tools: ${versions.join(", ")}`]),
    "## Result",
    resultOf(audit),
    "## Dependencies",
    dependencies(audit),
    "## Secrets",
    secrets(audit),
    "## Licences",
    licences(audit),
  ].join("\n\n")}\n`;
}

function resultOf({ findings, notChecked }: Audit): string {
  const lines = [
    findings.length === 0 ? "No findings." : `${findings.length} findings:\n\n${list(findings)}`,
    notChecked.length === 0
      ? "Everything was checked."
      : `Not checked, so this says nothing of it:\n\n${list(notChecked)}`,
  ];
  return lines.join("\n\n");
}

function dependencies({ packages, production, everything, signatures, outdated }: Audit): string {
  return [
    `${packages.length} packages are installed for production. A vulnerability is a finding from ` +
      `\`${LEAST.production}\` in production and from \`${LEAST.everything}\` elsewhere.`,
    list([
      `Vulnerabilities of production: ${counted(production)}`,
      `Vulnerabilities of everything: ${counted(everything)}`,
      `Signatures that are wrong or missing: ${answered(signatures, (names) => String(names.length))}`,
    ]),
    "Advisories that concern us, mended in what is installed:",
    list(MENDED.map(([name, version, advisory]) => `\`${name}\` since ${version}: ${advisory}`)),
    "Newer versions, and what keeps them out:",
    answered(outdated, (all) =>
      table(
        ["package", "installed", "newest", "decision"],
        all.map(({ name, current, latest }) => [
          `\`${name}\``,
          current,
          latest,
          HELD[name] ??
            (unexplained(all).some((each) => each.name === name)
              ? "none: decide"
              : "the next install takes it"),
        ]),
      ),
    ),
    "Held besides:",
    list(
      Object.entries(HELD)
        .filter(
          ([name]) =>
            outdated.kind === "not checked" || !outdated.result.some((each) => each.name === name),
        )
        .map(([name, why]) => `\`${name}\`: ${why}`),
    ),
  ].join("\n\n");
}

function secrets({ files, history, acceptedSecrets }: Audit): string {
  const past = history
    ? `${history.texts} texts of ${history.commits} commits of history, messages included`
    : "no history";
  return [
    `${files} files of the tree and ${past} were searched for private keys, tokens of known makers, ` +
      "password hashes, passwords in addresses, literals given to names such as `password`, and files " +
      "that are secret by their name. Accepted, by the first place:",
    table(
      ["place", "what", "fingerprint", "why"],
      acceptedSecrets.map(({ path, line, rule, fingerprint }) => [
        `${path}, line ${line}`,
        rule,
        fingerprint,
        ACCEPTED_SECRETS[fingerprint] ?? "",
      ]),
    ),
  ].join("\n\n");
}

function licences({ packages, elsewhere }: Audit): string {
  const all = [...packages, ...elsewhere];
  const named = all.filter(({ name, licence }) => NAMED_LICENCES[name]?.licence === licence);
  const byLicence = new Map<string, string[]>();
  for (const { name, version, licence } of all) {
    byLicence.set(licence, [...(byLicence.get(licence) ?? []), `${name} ${version}`]);
  }
  const groups = [...byLicence].sort(([, a], [, b]) => b.length - a.length);
  return [
    `${packages.length} packages of production by their installed manifests, and ${elsewhere.length} ` +
      "binaries for other machines by the lock file. Allowed by name:",
    list(named.map(({ name, licence }) => `\`${name}\`, ${licence}: ${NAMED_LICENCES[name]?.why}`)),
    ...groups.map(([licence, of]) => `### ${licence} (${of.length})\n\n${wrapped(of.sort())}`),
  ].join("\n\n");
}

function counted(answer: Checked<readonly Vulnerability[]>): string {
  return answered(answer, (all) => {
    const told = all.map(({ name, severity }) => `\`${name}\` (${severity})`);
    return all.length === 0 ? "none" : `${all.length}: ${told.join(", ")}`;
  });
}

function answered<Result>(answer: Checked<Result>, say: (result: Result) => string): string {
  return answer.kind === "checked" ? say(answer.result) : "not checked";
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const [at, name] of names.entries()) {
    const word = at < names.length - 1 ? `${name},` : name;
    if (line !== "" && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
