// Guarantees about integration events: what is told is documented, what is documented is told, and
// nobody waits for what nobody tells.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { subgraphNames } from "#kit/service/sdl";
import { projectFile } from "./project.ts";

const TOPIC = /"([a-z]+(?:\.[a-z]+)+\.v\d+)"/g;

/** The topics that a subgraph names in its integration.ts: its own, and those it consumes. */
function topicsOf(subgraph: string): { told: string[]; consumed: string[] } {
  const file = projectFile(`subgraphs/${subgraph}/integration.ts`);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const names = [...text.matchAll(TOPIC)].map(([, name = ""]) => name);
  const isOwn = (name: string) => name.startsWith(`${subgraph}.`);
  return { told: names.filter(isOwn), consumed: names.filter((name) => !isOwn(name)) };
}

const topics = subgraphNames().map((name) => ({ name, ...topicsOf(name) }));
const told = topics.flatMap((each) => each.told);
const manual = readFileSync(projectFile("docs/integration-events.md"), "utf8");
const documented = [...manual.matchAll(/^### `(.+)`$/gm)].map(([, name = ""]) => name);

describe("docs/integration-events.md", () => {
  it("has a section for each published topic, and for no other", () => {
    expect(told.length).toBeGreaterThan(0);
    expect(documented.toSorted()).toEqual(told.toSorted());
  });

  it.each(topics.filter(({ consumed }) => consumed.length > 0))(
    "names $name where it consumes",
    ({ name, consumed }) => {
      for (const topic of consumed) {
        const section = manual.split(`### \`${topic}\``)[1]?.split("\n### ")[0] ?? "";
        expect(section, topic).toMatch(new RegExp(`Consumers?:[^.]*\\b${name}\\b`));
      }
    },
  );
});

it("every consumed topic is published by its subgraph", () => {
  const consumed = topics.flatMap((each) => each.consumed);
  expect(consumed.length).toBeGreaterThan(0);
  expect(consumed.filter((name) => !told.includes(name))).toEqual([]);
});
