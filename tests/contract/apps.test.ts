// The build of the web apps, in a small copy of the project: it runs only when needed, leaves the
// last good build when it fails, and is always one for production.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { projectFile } from "./project.ts";

const MAIN = "clients/app/main.ts";
let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "meetinity-app-"));
  for (const path of ["apps.ts", "processes.ts", "project.ts"]) await copy(`local/${path}`);
  for (const path of ["command.ts", "generated-folder.ts"]) await copy(`schema/${path}`);
  for (const path of ["tsconfig.json", "package.json", "package-lock.json"]) await copy(path);
  for (const name of ["app", "admin"]) {
    await write(`clients/${name}/package.json`, `{"type":"module"}`);
    await write(`clients/${name}/vite.config.ts`, `export default { base: "/${name}/" };`);
    await write(`clients/${name}/index.html`, `<script type="module" src="/main.ts"></script>`);
  }
  await write("clients/admin/main.ts", `console.log("portal");`);
  await write(
    MAIN,
    `import { word } from "../sdk/index"; console.log(word, import.meta.env.MODE);`,
  );
  await write("clients/sdk/index.ts", `export const word = "first";`);
  await write("clients/ui/package.json", `{"type":"module"}`);
  await symlink(projectFile("node_modules"), join(project, "node_modules"));
});

afterEach(() => rm(project, { recursive: true, force: true }));

const copy = (path: string) => cp(projectFile(path), join(project, path), { recursive: true });

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), content);
}

async function build() {
  const child = spawn(process.execPath, ["--import", "tsx", "local/apps.ts"], {
    cwd: project,
    env: { ...process.env, NODE_ENV: "test" },
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, out, errors };
}

/** All scripts of the build. */
async function scripts(): Promise<string> {
  const folder = join(project, "clients/app/dist/assets");
  const files = (await readdir(folder)).map((name) => readFile(join(folder, name), "utf8"));
  return (await Promise.all(files)).join("\n");
}

const leftovers = async () =>
  (await readdir(join(project, "clients/app"))).filter((name) => name.startsWith(".generating-"));

it("builds for production what is missing or stale, and nothing else", async () => {
  expect((await build()).out).toMatch(
    /^building (clients\/app)\n\1 is built \(.*\nbuilding (clients\/admin)\n\2 is built \(/,
  );
  expect(await scripts()).toMatch(/"?first"?.*production/s);
  expect(await build()).toEqual({ code: 0, out: "", errors: "" });

  await write("clients/app/main.test.ts", "changed");
  await write("clients/app/main.stories.tsx", "changed");
  expect((await build()).out).toBe("");
  await write(MAIN, `import { word } from "../sdk/index"; console.log(word);`);
  expect((await build()).out).toMatch(/^building clients\/app\n[^\n]+\n$/);
  await write("clients/sdk/index.ts", `export const word = "second";`);
  expect((await build()).out).toMatch(/^building clients\/app\n/);
  expect(await scripts()).toContain("second");
});

it("keeps the last build when it fails, and says why", async () => {
  await build();
  await write(MAIN, `import { missing } from "./nowhere"; console.log(missing);`);
  const { code, errors } = await build();
  expect(code).toBe(1);
  expect(errors).toMatch(/clients\/app does not build \(exit code 1\).*npm start -- --no-app/);
  expect(errors).toMatch(/nowhere/);
  expect(await scripts()).toContain("first");
  expect(await leftovers()).toEqual([]);
});

it("may run in several processes at once", async () => {
  const builds = await Promise.all([build(), build(), build()]);
  expect(builds.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(await scripts()).toContain("first");
  expect(await leftovers()).toEqual([]);
});
