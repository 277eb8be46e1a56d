// The kind of job that compares names with the name of a person who has the badge now.
import { z } from "zod";
import { jobKind } from "#kit/jobs/kinds";

/** `after`: the last person of the batch before. */
export const compareNames = jobKind(
  "names.compare",
  z.object({ personId: z.uuid(), badgeId: z.uuid(), after: z.uuid() }),
  { priority: "bulk" },
);
