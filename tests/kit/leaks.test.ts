// Guarantees about the search for secrets in logs.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CANARY, findLeaks, leakReport, secretsIn } from "./leaks.ts";

const TOKEN = `eyJhbGciOiJFZERTQSJ9.${"a".repeat(40)}.${"b".repeat(40)}`;

test.each([
  [`{"body":"Hello ${CANARY}"}`, ["a text of a person"]],
  ['{"err":"invalid password: correct horse battery staple"}', ["a password"]],
  ["DETAIL:  Key (email)=(ada.l-1@meetinity.test) already exists.", ["an address"]],
  [`{"headers":"Bearer ${TOKEN}"}`, ["an access token"]],
  ["cannot reach redis://:hunter2@127.0.0.1:6379", ["a URL with a password"]],
  [`ada@meetinity.test ${TOKEN}`, ["an address", "an access token"]],
  ['{"msg":"answered an operation","operation":"SignIn","viewer":"anonymous"}', []],
  ["postgresql://127.0.0.1:5432/users is not there", []],
  ["mails go to meetinity.test", []],
])("%s", (line, secrets) => {
  expect(secretsIn(line)).toEqual(secrets);
});

test("a report names file, line and message, and repeats no secret", async () => {
  const folder = await mkdtemp(join(tmpdir(), "meetinity-leaks-"));
  const line = { level: "warn", msg: "refused", input: "ada@meetinity.test" };
  await writeFile(join(folder, "users.log"), `{"msg":"ready"}\n${JSON.stringify(line)}\n`);
  await writeFile(join(folder, "router.log.previous"), `raw ${TOKEN}\n`);
  const report = leakReport(await findLeaks(folder));
  await rm(folder, { recursive: true });
  expect(report).toContain("users.log:2 has an address (refused: level, input)");
  expect(report).toContain("router.log.previous:1 has an access token (raw ***)");
  expect(report).not.toMatch(/ada@|eyJ/);
});
