// `npm run test:room <path>…`: runs the tests that a change below these paths is most likely to
// break, in under a minute. It finds unit tests by the import graph. End-to-end tests use the
// network, so it finds them by the domain, and for a feature by the fields that its SDL adds to
// Query, Mutation and Subscription. Browser tests belong to folders of the app.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { Kind, parse } from "graphql";
import { projectRoot } from "../local/project.ts";

const USAGE =
  "npm run test:room <folder or file>…, for instance: subgraphs/events/seats/registrations";

/** The end-to-end tests of a room that is not a subgraph. */
const FOLDERS: readonly (readonly [room: RegExp, folder: string])[] = [
  [/^router\/subscriptions\//, "tests/e2e/protocol"],
  [/^router\//, "tests/e2e/router"],
  [/^kit\/jobs\//, "tests/e2e/jobs"],
  [/^kit\/mail\//, "tests/e2e/mail"],
  [/^kit\//, "tests/e2e/kit"],
  [/^ops\//, "tests/e2e/telemetry/queries.test.ts"],
];

/** The browser tests of folders of the app; all of them for its other folders. */
const BROWSER: readonly (readonly [room: RegExp, tests: readonly string[]])[] = [
  [/^clients\/app\/session\//, ["sessions", "places"]],
  [/^clients\/app\/conversations\/log\//, ["long-history", "conversation", "keyboard"]],
  [/^clients\/app\/conversations\//, ["conversation", "cuts", "keyboard", "accessible"]],
  [/^clients\/app\/people\//, ["people", "accessible"]],
  [/^clients\/admin\/events\//, ["portal/events"]],
  [/^clients\/admin\/people\//, ["portal/people"]],
  [/^clients\/admin\/operations\//, ["portal/operations"]],
  [/^clients\/admin\//, ["portal/desk", "portal/events", "first-load"]],
  [/^clients\/ui\/session\//, ["sessions", "second-factor"]],
  [/^clients\/ui\//, ["accessible", "places", "keyboard", "first-load"]],
  [/^clients\/app\/(?:i18n|shell)\//, ["accessible", "places", "keyboard", "first-load"]],
  [/^clients\/app\//, ["accessible", "conversation", "first-load", "places", "sessions"]],
  [/^clients\/sdk\//, ["conversation", "cuts"]],
];

const ROOTS = ["Query", "Mutation", "Subscription"];

/** The files below a path with this suffix, relative to the project. */
function filesBelow(path: string, suffix: string): string[] {
  const absolute = join(projectRoot, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return path.endsWith(suffix) ? [path] : [];
  return readdirSync(absolute)
    .filter((name) => name !== "generated" && name !== "node_modules")
    .flatMap((name) => filesBelow(`${path}/${name}`, suffix));
}

/** The fields that SDL adds to the root types. */
function rootFieldsOf(sdl: string): string[] {
  return parse(sdl).definitions.flatMap((definition) =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    ROOTS.includes(definition.name.value)
      ? (definition.fields ?? []).map((field) => field.name.value)
      : [],
  );
}

/** The end-to-end tests of one path. */
function endToEndOf(path: string): string[] {
  const [, subgraph, feature] = /^subgraphs\/(\w+)\/?([\w/-]*)/.exec(path) ?? [];
  if (subgraph === undefined) {
    const folder = FOLDERS.find(([room]) => room.test(`${path}/`))?.[1];
    return folder ? filesBelow(folder, ".test.ts") : [];
  }
  const own = filesBelow(`tests/e2e/${subgraph}`, ".test.ts");
  const sdl = feature ? join(projectRoot, "subgraphs", subgraph, feature, "schema.graphql") : "";
  if (!existsSync(sdl)) return own;
  // Finds the field `registerForEvent`, and the operation `RegisterForEvent` that selects it.
  const names = rootFieldsOf(readFileSync(sdl, "utf8"));
  if (names.length === 0) return own;
  const mention = new RegExp(`\\b(?:${names.join("|")})\\b`, "i");
  return own.filter((file) => mention.test(readFileSync(join(projectRoot, file), "utf8")));
}

/** The browser tests of one path. */
function browserTestsOf(path: string): string[] {
  const names = BROWSER.find(([room]) => room.test(`${path}/`))?.[1] ?? [];
  return names.map((name) => `tests/browser/${name}.test.ts`);
}

function vitest(...args: string[]): number {
  const program = join(projectRoot, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: projectRoot,
    stdio: "inherit",
  });
  return status ?? 1;
}

function main(given: readonly string[]): number {
  const paths = given.map((path) => relative(projectRoot, resolve(path)).split(sep).join("/"));
  const missing = paths.filter((path) => !existsSync(join(projectRoot, path)));
  if (paths.length === 0 || missing.length > 0) {
    console.error(missing.length > 0 ? `There is no ${missing.join(", ")}.\n${USAGE}` : USAGE);
    return 1;
  }
  const sources = paths.flatMap((path) => [
    ...filesBelow(path, ".ts"),
    ...filesBelow(path, ".tsx"),
  ]);
  const runs = [["related", "--run", "--project", "unit", ...sources]];
  for (const [project, testsOf] of [
    ["e2e", endToEndOf],
    ["browser", browserTestsOf],
  ] as const) {
    const files = [...new Set(paths.flatMap(testsOf))];
    if (files.length > 0) runs.push(["run", "--project", project, ...files]);
  }
  for (const args of runs) {
    const status = vitest(...args);
    if (status !== 0) return status;
  }
  return 0;
}

process.exitCode = main(process.argv.slice(2));
