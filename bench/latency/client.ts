// The sender: mutations over HTTP, and sends at a fixed rate.
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { operation } from "../../schema/operations.ts";
import { now } from "./watch.ts";

const PER_SECOND = 100;
const LAST_FRAMES_MS = 1_000;

/** A sent message, with the times of the request and of its storing. */
export interface Sent {
  readonly clientId: string;
  readonly askedAt: number;
  readonly messageId: string;
  readonly storedAt: number;
}

export type Send = (count: number) => Promise<Sent>;

interface Result {
  readonly __typename: string;
  readonly accessToken: string;
  readonly viewer: { readonly id: string };
  readonly conversation: { readonly id: string };
  readonly message: { readonly id: string; readonly createdAt: string };
}

/** A function that runs a mutation of schema/operations, which must succeed. */
export function createClient(url: string) {
  const pool = new Pool(url, { connections: 50 });
  return async (name: string, input: object, token?: string): Promise<Result> => {
    const authorization = token && { authorization: `Bearer ${token}` };
    const { body } = await pool.request({
      method: "POST",
      path: "/graphql",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify({ query: operation(name), variables: { input } }),
    });
    const answer = (await body.json()) as { readonly data?: Readonly<Record<string, Result>> };
    const [result] = Object.values(answer.data ?? {});
    if (!result?.__typename.endsWith("Success")) throw new Error(JSON.stringify(answer));
    return result;
  };
}

/** Sends at a fixed rate, without waiting for answers, so that a late one delays no other. */
export async function sendSteadily<T>(
  forMs: number,
  send: (count: number) => Promise<T>,
): Promise<T[]> {
  const sends: Promise<T>[] = [];
  const startedAt = now();
  for (let count = 0; count < (forMs * PER_SECOND) / 1_000; count += 1) {
    await delay(Math.max(0, startedAt + (count * 1_000) / PER_SECOND - now()));
    sends.push(send(count));
  }
  const sent = await Promise.all(sends);
  await delay(LAST_FRAMES_MS);
  return sent;
}
