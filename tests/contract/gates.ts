// gates.json: the ratchets of the project. A figure there changes only in a reviewed diff.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { projectFile } from "./project.ts";

const reasons = z.record(z.string(), z.string());

const gatesShape = z.strictObject({
  /** The commit that is deployed now: clients have its schema, databases its tables. */
  previousRelease: z.string().regex(/^[0-9a-f]{40}$/),
  /** Changes of the API that break clients of the release before, each with its reason. */
  breakingChanges: reasons,
  /** By `<subgraph>/<migration>`: its hazards, and why they are none here. */
  migrationHazards: z.record(
    z.string(),
    z.strictObject({ hazards: z.array(z.string()), why: z.string().min(20) }),
  ),
  /** Size of node_modules after `npm ci`, in MB. */
  installedMegabytesMax: z.number(),
  /** Per cent of lines that tests run, by room; checked by `npm run coverage`. */
  coverage: z.record(z.string(), z.number()),
  /** Sources of which no test runs a line, each with its reason; checked by `npm run coverage`. */
  uncovered: reasons,
});

export const gates = gatesShape.parse(JSON.parse(readFileSync(projectFile("gates.json"), "utf8")));
