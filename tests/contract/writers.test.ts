// Requests change the database of events through writing.ts alone, which refuses erased accounts.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { projectFile, projectFiles } from "./project.ts";

const OPENS = /\b(changeStreams?|publishAfterCommit|inTransaction|\$transaction)[<(]/;
/** Work in the background, which is of no viewer. */
const IN_BACKGROUND = /\/(jobs|sweep-jobs)\.ts$/;

it("no action of events opens a transaction by itself", () => {
  const found = projectFiles(".ts")
    .filter((path) => path.startsWith("subgraphs/events/") && !path.includes("/generated/"))
    .filter((path) => !IN_BACKGROUND.test(path) && path !== "subgraphs/events/writing.ts")
    .filter((path) => OPENS.test(readFileSync(projectFile(path), "utf8")));
  expect(found).toEqual([]);
});
