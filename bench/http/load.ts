// The load on a gateway: 50 connections that send the next request as soon as they have an answer.
// Each answer is compared with a proved one.
import { Pool } from "undici";
import type { Gateway } from "./gateways.ts";
import { keyOf, type Work } from "./work.ts";

export const CONNECTIONS = 50;

/** Whether each request has its own key, or all have the same. */
export type Keys = "unique" | "identical";

interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Loaded {
  readonly count: number;
  readonly seconds: number;
  readonly p95Ms: number;
}

let lastKey = 0;

function bodyOf({ query }: Work, key: string): string {
  return JSON.stringify({ query, variables: { of: key } });
}

function headersOf(token: string | null): Record<string, string> {
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  return { "content-type": "application/json", accept: "application/json", ...authorization };
}

/** The answer to a single request. */
export async function answerOf(
  { url, path }: Gateway,
  body: object,
  token: string | null,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: headersOf(token),
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

/** Loads one gateway for a time. Throws if an answer has another number of bytes than expected. */
export async function load(
  { name, url, path }: Gateway,
  work: Work,
  options: {
    readonly keys: Keys;
    readonly token: string;
    readonly seconds: number;
    readonly bytes: number;
  },
): Promise<Loaded> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const headers = headersOf(options.token);
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + options.seconds * 1_000;
  const connection = async () => {
    for (let askedAt = startedAt; askedAt < endsAt; ) {
      const key = keyOf(options.keys === "unique" ? ++lastKey : 0);
      const body = bodyOf(work, key);
      const response = await pool.request({ method: "POST", path, headers, body });
      const answer = Buffer.from(await response.body.arrayBuffer());
      if (answer.length !== options.bytes || !answer.includes(key)) {
        throw new Error(`${name} sent another answer: ${answer.toString().slice(0, 500)}`);
      }
      const now = performance.now();
      latencies.push(now - askedAt);
      askedAt = now;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.close();
  latencies.sort((a, b) => a - b);
  const p95Ms = latencies[Math.floor(latencies.length * 0.95)] ?? Number.NaN;
  return { count: latencies.length, seconds, p95Ms };
}
