// The files of a deployment: .env.example names every setting, the containers of docker-compose.yml
// get exactly the settings that they read, and the image has the packages that they load. No image
// is built here, and no container started.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseYAML } from "confbox";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { subgraphNames } from "#kit/service/sdl";
import { projectFile, projectFiles } from "./project.ts";
import { programOf } from "./reachable.ts";
import { settingsIn, settingsOfProgram } from "./settings.ts";

const subgraphs = subgraphNames();
const example = readFileSync(projectFile(".env.example"), "utf8");
const composeText = readFileSync(projectFile("docker-compose.yml"), "utf8");
const compose = z
  .object({
    services: z.record(
      z.string(),
      z.object({
        build: z.string().optional(),
        command: z.array(z.string()).optional(),
        ports: z.array(z.string()).optional(),
        read_only: z.boolean().optional(),
        tmpfs: z.array(z.string()).default([]),
        environment: z.record(z.string(), z.string()).default({}),
      }),
    ),
  })
  .parse(parseYAML(composeText));
type Container = (typeof compose.services)[string];

/** Variables of the shell that are not our settings. */
const SYSTEM = ["PATH"];

/** Names that `.env.example` sets. */
const named = [...example.matchAll(/^(\w+)=/gm)].map(([, name = ""]) => name);
/** Names that docker-compose.yml takes from `.env`. */
const interpolated = [...composeText.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name = ""]) => name);

describe(".env.example", () => {
  it("names every variable that a service, local/ or docker-compose.yml reads, once, and no other", () => {
    const sources = projectFiles(".ts")
      .filter((path) => /^(?:kit|router|subgraphs|local)\//.test(path))
      .filter((path) => !path.endsWith(".test.ts"));
    const read = sources.flatMap((path) => [...settingsIn(path).keys()]);
    const expected = new Set([...read, ...interpolated].filter((name) => !SYSTEM.includes(name)));
    expect(named.toSorted()).toEqual([...expected].sort());
  });

  it("describes each variable, and has no secret value", () => {
    const lines = example.split("\n");
    const bare = lines.filter(
      (line, at) => /^\w+=/.test(line) && !/^# \w/.test(lines[at - 1] ?? ""),
    );
    expect(bare).toEqual([]);
    expect(lines.filter((line) => /^\w+=./.test(line))).toEqual([]);
  });
});

describe("a variable is found", () => {
  it.each([
    ["in a shape", "readConfig({ NEW: z.string() })", true],
    ["in a shape that gives it a default", 'readConfig({ NEW: z.string().default("x") })', false],
    ["in a constant", "const shape = { NEW: port }; readConfig({ ...shape })", true],
    ["in a plain read", 'spawn(process.env["NEW"])', false],
    ["in a destructured one", "const { NEW: value } = options.environment", false],
  ])("%s", (_, text, isRequired) => {
    expect([...settingsIn("router/new.ts", text)]).toEqual([["NEW", { isRequired }]]);
  });

  it("in a shape of another file", () => {
    const text =
      'import { subgraphShape } from "#kit/service/subgraph"; readConfig(subgraphShape);';
    const names = [...settingsIn("subgraphs/users/new.ts", text).keys()];
    expect(names).toEqual(expect.arrayContaining(["REDIS_URL", "LOG_LEVEL"]));
  });

  it("in a family, for each subgraph", () => {
    const text = 'env[variableOf("DATABASE_URL", name)]';
    const names = subgraphs.map((name) => `DATABASE_URL_${name.toUpperCase()}`);
    expect([...settingsIn("local/new.ts", text).keys()]).toEqual(names);
  });
});

describe("docker-compose.yml", () => {
  const ours = Object.entries(compose.services).filter(([, { build }]) => build);
  const entries = new Map(ours.map(([name, container]) => [name, entryOf(container)]));

  it("runs the router, every subgraph and its worker, the store of files, and migrates first", () => {
    expect(Object.fromEntries(entries)).toEqual({
      ...Object.fromEntries(subgraphs.map((name) => [name, `subgraphs/${name}/main.ts`])),
      ...Object.fromEntries(
        subgraphs.map((name) => [`${name}-worker`, `subgraphs/${name}/worker.ts`]),
      ),
      router: "router/main.ts",
      storage: "local/store.ts",
      migrate: "local/migrate.ts",
    });
    for (const entry of entries.values()) expect(existsSync(projectFile(entry)), entry).toBe(true);
  });

  it.each(ours)(
    "gives %s every required variable, and none that it does not read",
    (_, container) => {
      const read = settingsOfProgram(entryOf(container));
      const given = Object.keys(container.environment);
      const required = [...read].flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
      expect(given).toEqual(expect.arrayContaining(required));
      expect(given.filter((name) => !read.has(name))).toEqual([]);
    },
  );

  it("tells the router where each subgraph is, and migrates each database", () => {
    const urls = compose.services.router?.environment ?? {};
    const databases = compose.services.migrate?.environment ?? {};
    for (const name of subgraphs) {
      expect(urls[`SUBGRAPH_URL_${name.toUpperCase()}`]).toBe(`http://${name}:4000/graphql`);
      const variable = `DATABASE_URL_${name.toUpperCase()}`;
      expect(databases[variable]).toBe(compose.services[name]?.environment[variable]);
    }
    const makesDatabases = compose.services.databases?.command?.at(-1);
    expect(
      makesDatabases
        ?.match(/for name in (.*);/)?.[1]
        ?.split(" ")
        .sort(),
    ).toEqual(subgraphs);
  });

  it("gives each worker a folder to write in, where files of people lie while it looks at them", () => {
    const workers = ours.filter(([name]) => name.endsWith("-worker"));
    expect(workers).toHaveLength(subgraphs.length);
    for (const [name, { read_only: isReadOnly, tmpfs }] of workers) {
      expect(isReadOnly, name).toBe(true);
      expect(tmpfs, name).toEqual([expect.stringMatching(/^\/tmp:.*mode=1777/)]);
    }
  });

  it("gives each private key only to the service that signs with it", () => {
    const holders = Object.entries(compose.services).flatMap(([name, { environment }]) =>
      Object.keys(environment)
        .filter((variable) => variable.endsWith("_SIGNING_KEY"))
        .map((variable) => `${name} ${variable}`),
    );
    expect(holders.sort()).toEqual([
      "router IDENTITY_SIGNING_KEY",
      "users ACCESS_TOKEN_SIGNING_KEY",
    ]);
  });

  it("publishes only the ports of the router and the store of files, on loopback", () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(published.sort()).toEqual([
      expect.stringMatching(/^router 127\.0\.0\.1:.*:4000$/),
      expect.stringMatching(/^storage 127\.0\.0\.1:.*:4000$/),
    ]);
  });

  const command = composeCommand();
  if (command) {
    it(`is accepted by ${command.join(" ")} with the variables of .env.example`, async () => {
      expect(await configErrors(command, named)).toBe("");
    });

    it("is refused with the name of a missing secret", async () => {
      const names = named.filter((name) => name !== "REDIS_PASSWORD");
      expect(await configErrors(command, names)).toContain("REDIS_PASSWORD");
    });
  } else {
    it("is only read as YAML, because neither docker compose nor docker-compose is on the PATH", () => {
      expect(Object.keys(compose.services)).toContain("router");
    });
  }
});

describe("the image", () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(projectFile("package.json"), "utf8")));
  const commands = ["local/migrate.ts", "local/keys.ts", "subgraphs/users/accounts/roles/grant.ts"];
  const mains = subgraphs.flatMap((name) =>
    ["main", "worker"].map((each) => `subgraphs/${name}/${each}.ts`),
  );

  it.each([...mains, "router/main.ts", ...commands])("has every package that %s loads", (entry) => {
    const missing = [...programOf(entry).packages]
      .filter(([name]) => !(name in dependencies))
      .map(([name, path]) => `${path} imports ${name}, which is no dependency in package.json`);
    expect(missing).toEqual([]);
  });
});

/** The source file that a container runs. */
function entryOf({ command = [] }: Container): string {
  return (command[0] ?? "").replace(/^dist\//, "").replace(/\.js$/, ".ts");
}

function composeCommand(): string[] | undefined {
  const candidates = [["docker", "compose"], ["docker-compose"]];
  return candidates.find(([program = "", ...args]) => {
    const { status } = spawnSync(program, [...args, "version"], { stdio: "ignore" });
    return status === 0;
  });
}

/** The errors of docker compose about the file when these names are set. */
async function configErrors(
  [program = "", ...args]: readonly string[],
  names: readonly string[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "meetinity-compose-"));
  const envFile = join(folder, "env");
  try {
    await writeFile(envFile, names.map((name) => `${name}=1\n`).join(""));
    const file = projectFile("docker-compose.yml");
    const all = [...args, "--env-file", envFile, "--file", file, "config", "--quiet"];
    const env = { PATH: process.env.PATH, HOME: folder };
    const { status, stderr } = spawnSync(program, all, { encoding: "utf8", env });
    return status === 0 ? "" : stderr || `exit code ${status}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
