// Guarantees about log lines: they have no secret, by its key, three levels deep.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** The lines that a process of its own writes. */
function linesOf(script: string): Record<string, unknown>[] {
  const code = `import { createLog } from "#kit/service/logger";
    const log = createLog({ name: "test", level: "info" }); ${script}`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", code];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("secrets are left out, three levels deep and in lists, and what is logged stays as it was", () => {
  const [line, after] = linesOf(`
    const facts = { token: "s-1", a: { cookie: "s-2", b: { password: "s-3", kept: 1 } } };
    log.info({ ...facts, list: [{ accessToken: "s-4", kept: 2 }] }, "said");
    log.info({ isWhole: facts.a.b.password === "s-3" && facts.token === "s-1" });`);
  expect(JSON.stringify(line)).not.toMatch(/s-\d/);
  expect(line).toMatchObject({
    msg: "said",
    level: "info",
    a: { b: { kept: 1 } },
    list: [{ kept: 2 }],
  });
  expect(after).toMatchObject({ isWhole: true });
});

test("errors have their message and stack, and no secret among their fields", () => {
  const [line] = linesOf(`
    const error = Object.assign(new Error("broken"), { token: "s-1", kept: { identity: "s-2" } });
    log.error({ err: error }, "said");`);
  expect(line).toMatchObject({ err: { message: "broken", type: "Error" } });
  expect(JSON.stringify(line)).toContain("    at ");
  expect(JSON.stringify(line)).not.toMatch(/s-\d/);
});
