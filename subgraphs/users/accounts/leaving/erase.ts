// The job that waits until a person's account may be erased. Its handler is in jobs.ts.
import { z } from "zod";
import { jobKind } from "#kit/jobs/kinds";

/** Given up after about two days; an admin sees that and can retry it. */
const ATTEMPTS_MAX = 60;

export const eraseLeaving = jobKind(
  "leaving.erase",
  z.object({ personId: z.uuid(), erasureId: z.uuid() }),
  { attemptsMax: ATTEMPTS_MAX },
);
