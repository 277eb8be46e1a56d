// Reads gates.json: figures that may only get better. A change of a figure is a reviewed diff.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { projectFile } from "./project.ts";

const reasons = z.record(z.string(), z.string());

const gatesShape = z.strictObject({
  /** The deployed commit. Clients use its schema, and databases have its tables. */
  previousRelease: z.string().regex(/^[0-9a-f]{40}$/),
  /** Changes of the API that break clients of the previous release, each with its reason. */
  breakingChanges: reasons,
  /** By `<subgraph>/<migration>`: its hazards, and why they are safe there. */
  migrationHazards: z.record(
    z.string(),
    z.strictObject({ hazards: z.array(z.string()), why: z.string().min(20) }),
  ),
  /** Size of node_modules after `npm ci`, in MB. */
  installedMegabytesMax: z.number(),
  /** JavaScript of the app's first page and of the list of conversations, gzipped, in KB. */
  initialScriptKilobytesMax: z.number(),
  /** Of one screen of the app, beyond the first load. */
  screenScriptKilobytesMax: z.number(),
  /** JavaScript of the portal's first page and of its list of events, gzipped, in KB. */
  portalScriptKilobytesMax: z.number(),
  /** Per cent of lines that tests run, by room; checked by `npm run coverage`. */
  coverage: z.record(z.string(), z.number()),
  /** Sources that no test runs, each with the reason; checked by `npm run coverage`. */
  uncovered: reasons,
});

export const gates = gatesShape.parse(JSON.parse(readFileSync(projectFile("gates.json"), "utf8")));
