// Integration events: published topics are documented, documented ones are published, and consumed
// ones are published by their owner.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { subgraphNames } from "#kit/service/sdl";
import { projectFile } from "./project.ts";

const TOPIC = /"([a-z]+(?:\.[a-z-]+)+\.v\d+)"/g;

/** The topics that a subgraph names in its integration.ts: its own, and those it consumes. */
function topicsOf(subgraph: string): { published: string[]; consumed: string[] } {
  const file = projectFile(`subgraphs/${subgraph}/integration.ts`);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const names = [...text.matchAll(TOPIC)].map(([, name = ""]) => name);
  const isOwn = (name: string) => name.startsWith(`${subgraph}.`);
  return { published: names.filter(isOwn), consumed: names.filter((name) => !isOwn(name)) };
}

const topics = subgraphNames().map((name) => ({ name, ...topicsOf(name) }));
const published = topics.flatMap((each) => each.published);
const manual = readFileSync(projectFile("docs/integration-events.md"), "utf8");
const documented = [...manual.matchAll(/^### `(.+)`$/gm)].map(([, name = ""]) => name);

describe("docs/integration-events.md", () => {
  it("has a section for each published topic, and for no other", () => {
    expect(published.length).toBeGreaterThan(0);
    expect(documented.toSorted()).toEqual(published.toSorted());
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
  expect(consumed.filter((name) => !published.includes(name))).toEqual([]);
});
