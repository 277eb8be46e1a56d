// Guarantees about the file of trusted documents: a wrong file stops the start with its reason.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ConfigError } from "#kit/service/config";
import { readManifest } from "./manifest.ts";

const folder = mkdtempSync(join(tmpdir(), "meetinity-manifest-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ME = { id: "1", name: "Me", type: "query", body: "query Me { me { id } }" };
const manifest = (operations: unknown) =>
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations });

function fileOf(text: string): string {
  const file = join(folder, "manifest.json");
  writeFileSync(file, text);
  return file;
}

test("a manifest gives each text and its name by its id, in any format of ids", async () => {
  const read = await readManifest(fileOf(manifest([{ ...ME, clientName: "phone" }])));
  expect([...read].map(([id, { name, text }]) => [id, name, text])).toEqual([
    [ME.id, ME.name, ME.body],
  ]);
});

test("the shipped manifest is valid", async () => {
  expect((await readManifest("schema/persisted-queries.json")).size).toBeGreaterThan(40);
});

test.each([
  ["is no JSON", "{", /it is not JSON/],
  ["is of another format", `{"format":"x","version":1,"operations":[]}`, /format: /],
  ["is of a later version", manifest([ME]).replace('"version":1', '"version":2'), /version: /],
  ["misses a text", manifest([{ ...ME, body: undefined }]), /operations\.0\.body: /],
  ["names an id twice", manifest([ME, ME]), /two operations have the id 1/],
  [
    "has a text that is no GraphQL",
    manifest([{ ...ME, body: "{" }]),
    /operation Me is not GraphQL/,
  ],
])("a file that %s is refused", async (_what, text, why) => {
  const reading = readManifest(fileOf(text));
  await expect(reading).rejects.toThrow(ConfigError);
  await expect(reading).rejects.toThrow(why);
});

test("a missing file is refused, with the command that makes it", async () => {
  const reading = readManifest(join(folder, "none.json"));
  await expect(reading).rejects.toThrow(/cannot be read: .*none\.json'\nMake it: npm run compose/);
});
