// The statements in the documents that a program can check are true. tests/e2e/local/readme.test.ts
// runs the operations of the README.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { buildSchema, Kind, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { events } from "../../local/seed/events.ts";
import { people } from "../../local/seed/people.ts";
import { welcome } from "../../local/welcome.ts";
import { operation, operationNames } from "../../schema/operations.ts";
import { blocksOf, linksOf, pathsOf, scriptsOf } from "./markdown.ts";
import { projectFile, projectFiles } from "./project.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");
const documents = projectFiles(".md").map((path) => ({ path, text: read(path) }));
const readme = read("README.md");
const api = buildSchema(read("schema/api.graphql"));

describe.each(documents)("$path", ({ path, text }) => {
  it("names npm scripts that exist", () => {
    expect(missingScripts(text)).toEqual([]);
  });

  it("links to files that exist", () => {
    expect(brokenLinks(path, text)).toEqual([]);
  });

  it("names paths that exist", () => {
    expect(missingPaths(text)).toEqual([]);
  });

  it("shows GraphQL that fits the API", () => {
    expect(misfits(text)).toEqual([]);
  });

  it("has no open to-dos", () => {
    expect(text).not.toMatch(LEFT);
  });
});

describe("the README", () => {
  it("shows the test command of CI, which runs the checks first", () => {
    const command = blocksOf(readme).find(({ text }) => /\bnpm test\b/.test(text));
    const steps = read(".ci/run").match(/^npm .*$/gm) ?? [];
    expect(steps).toContain("npm run check");
    expect(command?.text.trim()).toBe(
      steps.filter((step) => step !== "npm run check").join(" && "),
    );
  });

  it("shows the first query that `npm start` prints, and its accounts", () => {
    const graphqlUrl = "http://127.0.0.1:4000/graphql";
    const facts = { appsUrl: null, dataDir: "", elapsedMs: 0, hasDemo: true, isProduction: false };
    const said = welcome({ graphqlUrl, hasMailServer: true, ...facts });
    const query = said.slice(said.indexOf("curl")).trim().replace(/\s+/g, " ");
    expect(readme.replace(/\s+/g, " ")).toContain(query);
    for (const [account] of said.matchAll(/\w+@meetinity\.test/g))
      expect(readme).toContain(account);
    const password = /password: (.+)/.exec(said)?.[1] ?? "no password";
    expect(readme).toContain(password);
  });
});

describe("the story in the README", () => {
  const [, title] = /search: "(.+?)"/.exec(readme) ?? [];
  const event = events.find((each) => each.title === title);

  it("fits the demo data", () => {
    expect(readme).toContain(`${people.length - 1} people`);
    expect(readme).toContain(`${events.filter((each) => !each.isDraft).length} public events`);
  });

  it("is about an event of Ada's with free seats, at which Grace is registered", () => {
    const seats = event?.guests.reduce((sum, { partySize }) => sum + partySize, 0);
    expect(event).toMatchObject({ organizer: "ada", isDraft: false });
    expect(event?.guests.map(({ account }) => account)).toContain("grace");
    expect(event?.capacity).toBeGreaterThan(Number(seats) + 1);
  });
});

describe("decisions", () => {
  const names = readdirSync(projectFile("docs/adr")).sort();

  it("are numbered without gaps", () => {
    const numbers = names.map((name) => name.slice(0, 4));
    expect(numbers).toEqual(names.map((_, at) => String(at + 1).padStart(4, "0")));
  });

  it.each(names)("%s has its number, context, decision and consequences", (name) => {
    const text = read(join("docs/adr", name));
    expect(text).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
    expect(text.match(/^## .+$/gm)).toEqual(["## Context", "## Decision", "## Consequences"]);
  });

  it.each(names)("%s says its date and its status", (name) => {
    expect(statusOf(read(join("docs/adr", name)), names)).toEqual(expect.any(String));
  });
});

it.each(operationNames())("the operation %s is named as its file and fits the API", (name) => {
  const document = parse(operation(name));
  const names = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value] : [],
  );
  expect(names).toEqual([name]);
  expect(validate(api, document)).toEqual([]);
});

describe("a mistake is found:", () => {
  it("a missing script, also after flags", () => {
    expect(missingScripts("`npm run x:y`, `npm run --silent keys` and npm test")).toEqual(["x:y"]);
  });

  it("a broken link, relative to its file", () => {
    const text = "[a](missing.md) [b](../../README.md#run-it) [c](https://example.com/x)";
    expect(brokenLinks("docs/adr/a.md", text)).toEqual(["missing.md"]);
  });

  it("a missing path, among paths, patterns and other code", () => {
    const text =
      "`kit/missing.ts` `lost.ts` `no/folder/` `kit/` `subgraphs/<name>/main.ts` `*.test.ts` `a < b` `/graphql`";
    expect(missingPaths(text)).toEqual(["kit/missing.ts", "lost.ts", "no/folder/"]);
  });

  it.each([
    ["no line below the title", "## Context"],
    ["no date", "Status: Accepted."],
    ["no status", "Date: 2026-11-21."],
    ["an unknown status", "Date: 2026-11-21. Status: Perhaps."],
    ["a successor that does not exist", "Date: 2026-11-21. Status: Superseded by [9](0009-x.md)."],
    ["a change without its content", "Date: 2026-11-21. Status: Accepted. Changed 2026-11-22."],
  ])("a decision with %s", (_, line) => {
    expect(statusOf(`# 1. A\n\n${line}\n\n## Context\n`, ["0001-a.md"])).toBeNull();
  });

  it("but not a decision that was superseded, or changed", () => {
    const names = ["0001-a.md", "0002-b.md"];
    const superseded = "Date: 2026-11-21. Status: Superseded by [2](0002-b.md).";
    const changed = "Date: 2026-11-21. Status: Accepted. Changed 2026-11-22: b.";
    expect(statusOf(`# 1. A\n\n${superseded}\n`, names)).toMatch(/^Superseded/);
    expect(statusOf(`# 1. A\n\n${changed}\n`, names)).toBe("Accepted");
  });

  it("GraphQL that does not fit the API, or is invalid", () => {
    const text = "```graphql\n{ nothing }\n```\n\n```graphql\n{\n```\n\n```sh\n{ x }\n```\n";
    expect(misfits(text)).toEqual([
      'Cannot query field "nothing" on type "Query".',
      "Syntax Error: Expected Name, found <EOF>.",
    ]);
  });
});

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;
const STATUS = new RegExp(
  String.raw`^# .+\n\nDate: ${DAY}\. Status: (Accepted|Superseded by \[\d+\]\((.+?)\))\.(?: Changed ${DAY}: .+\.)?\n`,
);

/** The status of a decision; null when the line below its title lacks the date or the status. */
function statusOf(text: string, names: readonly string[]): string | null {
  const [, status, successor] = STATUS.exec(text) ?? [];
  if (status === undefined || (successor !== undefined && !names.includes(successor))) return null;
  return status;
}

/** The words are split here, because another test searches for them in code. */
const LEFT = new RegExp(
  `\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X", "lorem"].join("|")})\\b`,
  "i",
);

function missingScripts(text: string): string[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
  return scriptsOf(text).filter((name) => !Object.hasOwn(scripts, name));
}

function brokenLinks(path: string, text: string): string[] {
  return linksOf(text).filter(
    (target) => !existsSync(projectFile(normalize(join(dirname(path), target)))),
  );
}

const COMPOSED = ["schema/supergraph.graphql", "schema/api.graphql"];
/** Folders that commands create, so they may be missing. */
const MADE = /(?:^|\/)(?:generated|dist|coverage|\.meetinity)(?:\/|$)/;

/** A path may be given from the root or from any folder; folders end in a slash or not. */
function missingPaths(text: string): string[] {
  const files = [...projectFiles(""), ...COMPOSED].map((file) => `/${file}`);
  return pathsOf(text).filter((path) => {
    if (MADE.test(path) || path.startsWith(".")) return false;
    const escaped = path.replace(/\/$/, "").replace(/[.]/g, "\\.");
    const pattern = escaped.replace(/<[^>]*>|\*/g, "[^/]+");
    const expected = new RegExp(`/${pattern}${path.endsWith("/") ? "/" : "(?:/|$)"}`);
    return !files.some((file) => expected.test(file));
  });
}

function misfits(text: string): string[] {
  return blocksOf(text)
    .filter(({ language }) => language === "graphql")
    .flatMap((block) => {
      try {
        return validate(api, parse(block.text)).map((error) => error.message);
      } catch (error) {
        return [(error as Error).message];
      }
    });
}
