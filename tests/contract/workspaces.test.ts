// Guarantees about the workspaces of clients/: servers install and compile nothing of them, they
// compile without the server's types, and there is one copy of graphql.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { projectFile } from "./project.ts";

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        link: z.boolean().optional(),
        dependencies: z.record(z.string(), z.string()).optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
        peerDependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(projectFile("package-lock.json"), "utf8"))).packages;

/** The entry that Node finds for `name` from the package at `path`. */
function resolved(path: string, name: string): string | null {
  for (let from = path; ; from = dirname(from)) {
    const candidate = `${from === "." || from === "" ? "" : `${from}/`}node_modules/${name}`;
    if (lock[candidate]) return candidate;
    if (from === "." || from === "") return null;
  }
}

/** All packages that `path` needs at run time, by their paths in the lock file. */
function closureOf(path: string): Set<string> {
  const found = new Set([path]);
  for (const each of found) {
    const entry = lock[each];
    const needs = {
      ...entry?.dependencies,
      ...entry?.optionalDependencies,
      ...entry?.peerDependencies,
    };
    for (const name of Object.keys(needs)) {
      const target = resolved(each, name);
      if (target) found.add(target);
    }
  }
  return found;
}

/** What npm would install for an image, by its paths in the lock file. It asks no network. */
function installedForServers(): string[] {
  const args = ["ls", "--all", "--parseable", "--package-lock-only"];
  const { stdout } = spawnSync("npm", [...args, "--omit=dev", "--workspaces=false"], {
    cwd: projectFile(""),
    encoding: "utf8",
  });
  return stdout.split("\n").flatMap((path) => path.match(/node_modules\/.*$/)?.[0] ?? []);
}

/** The files that TypeScript compiles under a configuration, relative to the project. */
function compiledBy(config: string): string[] {
  const path = projectFile(config);
  const { config: json } = ts.readConfigFile(path, ts.sys.readFile);
  const { fileNames } = ts.parseJsonConfigFileContent(json, ts.sys, dirname(path));
  return fileNames.map((name) => name.slice(projectFile("").length));
}

describe("servers", () => {
  it("install nothing that only the workspaces need", () => {
    const needed = closureOf("");
    const installed = installedForServers();
    expect(installed).toContain("node_modules/graphql");
    expect(installed.filter((path) => !needed.has(path))).toEqual([]);
    const workspaces = Object.keys(lock).filter((path) => lock[path]?.link);
    expect(workspaces).toEqual(
      ["admin", "app", "client", "stories", "ui"].map((name) => `node_modules/@meetinity/${name}`),
    );
    expect(workspaces.filter((path) => needed.has(path))).toEqual([]);
    // Otherwise there would be nothing to leave out.
    expect(needed).not.toContain("node_modules/@base-ui/react");
  });

  it("get images whose packages were installed without the workspaces", () => {
    const stages = readFileSync(projectFile("Dockerfile"), "utf8").split(/^FROM /m);
    const packages = stages.find((stage) => stage.split("\n", 1)[0]?.endsWith("AS packages"));
    expect(packages).toMatch(/^RUN npm ci .*--omit=dev --workspaces=false$/m);
    const copied = stages.at(-1)?.match(/^COPY --from=.*node_modules.*$/gm);
    expect(copied).toEqual(["COPY --from=packages /app/node_modules ./node_modules"]);
    const built = stages.at(-1)?.match(/^COPY --from=build .*$/gm);
    expect(built).toEqual(["COPY --from=build /out ./"]);
  });

  it("get app and portal as they were built, and serve them", () => {
    const text = readFileSync(projectFile("Dockerfile"), "utf8");
    // The stage that builds installs the workspaces, by their package.json.
    for (const [path, { link }] of Object.entries(lock)) {
      const folder = link ? null : /^clients\/[^/]+$/.exec(path)?.[0];
      if (folder) expect(text).toContain(`COPY ${folder}/package.json ${folder}/\n`);
    }
    const mounts = "/app=clients/app/dist,/admin=clients/admin/dist";
    expect(/^ENV .*\bSTATIC_MOUNTS=(\S+)$/m.exec(text)?.[1]).toBe(mounts);
    expect(text).toMatch(/cp --recursive[^&]*\sclients\/app\/dist clients\/admin\/dist \/out$/m);
  });

  it("compile nothing of the workspaces", () => {
    const files = compiledBy("tsconfig.build.json");
    expect(files).toContain("router/main.ts");
    expect(files.filter((path) => path.startsWith("clients/"))).toEqual([]);
  });
});

describe("the client", () => {
  it("compiles without servers, and without the types of browsers and of Node", () => {
    const files = compiledBy("clients/sdk/tsconfig.json");
    expect(files).toContain("clients/sdk/index.ts");
    expect(files.filter((path) => !path.startsWith("clients/sdk/"))).toEqual([]);
    const { config } = ts.readConfigFile(projectFile("clients/sdk/tsconfig.json"), ts.sys.readFile);
    expect(config.compilerOptions).toMatchObject({ types: [] });
    expect(config.compilerOptions).not.toHaveProperty("lib");
  });
});

it("there is one copy of graphql and of graphql-ws", () => {
  const copies = Object.keys(lock).filter((path) =>
    /(?:^|\/)node_modules\/graphql(?:-ws)?$/.test(path),
  );
  expect(copies.sort()).toEqual(["node_modules/graphql", "node_modules/graphql-ws"]);
});
