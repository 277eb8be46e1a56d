// Checks before a measurement: all gateways give the same answers, and ours authorizes and refuses
// as in production.
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Gateway } from "./gateways.ts";
import { answerOf } from "./load.ts";
import { keyOf, type Work } from "./work.ts";

/** The number of bytes of each gateway's answer, which is the same for all keys. */
export type Bytes = ReadonlyMap<string, number>;

const [KEY_ONE, KEY_TWO] = [keyOf(9_000_001), keyOf(9_000_002)];

/** One alias more than the limit. */
const TOO_MUCH = `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: __typename`).join(" ")} }`;

/** Throws if a gateway's answer differs from the first one's, or has another key. */
export async function proveEqual(
  gateways: readonly Gateway[],
  { query }: Work,
  token: string,
): Promise<Bytes> {
  const bytes = new Map<string, number>();
  let first: unknown = null;
  for (const gateway of gateways) {
    const ask = (of: string) => answerOf(gateway, { query, variables: { of } }, token);
    const [one, two] = [await ask(KEY_ONE), await ask(KEY_TWO)];
    const answer = JSON.parse(one.text) as { readonly data?: unknown };
    if (!one.text.includes(KEY_ONE)) throw new Error(`${gateway.name} answers ${one.text}`);
    strictEqual(two.text.replaceAll(KEY_TWO, KEY_ONE), one.text, `${gateway.name} mixes up keys`);
    first ??= answer;
    deepStrictEqual(answer, first, `${gateway.name} does not answer as ${gateways[0]?.name}`);
    bytes.set(gateway.name, Buffer.byteLength(one.text));
  }
  return bytes;
}

/** Throws unless our router refuses an anonymous request and one beyond the limits. */
export async function proveGuarded(ours: Gateway, work: Work, token: string): Promise<void> {
  const { query } = work;
  const anonymous = await answerOf(ours, { query, variables: { of: KEY_ONE } }, null);
  if (!anonymous.text.includes("UNAUTHENTICATED"))
    throw new Error("the router answers anonymous requests");
  const tooMuch = await answerOf(ours, { query: TOO_MUCH }, token);
  if (!tooMuch.text.includes("OPERATION_TOO_COMPLEX")) throw new Error("the limits are off");
}
