// How the demo events write down their guests. Whether these exist is tested, not checked here.
import type { Guest } from "./plan.ts";

/** `"grace linus:3"`: Grace alone, then Linus with two companions. */
export function guests(list: string): Guest[] {
  return list
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [account = "", partySize = "1"] = word.split(":");
      return { account, partySize: Number(partySize) };
    });
}
