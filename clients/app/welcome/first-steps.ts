// How far the viewer is with their first steps, as the graph knows it.
import { FirstSteps } from "@meetinity/client/operations";
import { client } from "../shell/client.ts";
import type { Newcomer } from "./steps.ts";

/** Null when nobody is signed in any more. */
export async function readFirstSteps(): Promise<Newcomer | null> {
  return (await client.run(FirstSteps, {})).me ?? null;
}
