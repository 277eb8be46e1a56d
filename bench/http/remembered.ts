// Caches answers without their keys: a request with one key is answered by the answer for another,
// at the cost of a lookup and of inserting the key. It computes nothing itself.
import { KEY } from "./work.ts";

/**
 * More kinds than any gateway sends. Beyond this, requests contain something that is always new.
 */
const KINDS_MAX = 20_000;

const ABSENT = "k-------";

/** An answer without its keys: after each piece except the last comes the key of that number. */
interface Template {
  readonly pieces: readonly string[];
  readonly keys: readonly number[];
}

/** Answers each text. Texts that differ only in keys are computed once. */
export function remembering(
  compute: (path: string, asked: string) => Promise<string>,
): (path: string, asked: string) => Promise<string> | string {
  const templates = new Map<string, Template>();
  const learn = async (path: string, asked: string, { kind, keys }: Keyed) => {
    if (templates.size >= KINDS_MAX) throw new Error(`too many kinds of requests, as ${kind}`);
    const answer = await compute(path, asked);
    templates.set(kind, templateOf(answer, keys));
    return answer;
  };
  return (path, asked) => {
    const keyed = withoutKeys(`${path} ${asked}`);
    const template = templates.get(keyed.kind);
    return template ? fill(template, keyed.keys) : learn(path, asked, keyed);
  };
}

interface Keyed {
  /** The text with numbers in place of its keys. */
  readonly kind: string;
  readonly keys: readonly string[];
}

function withoutKeys(text: string): Keyed {
  const keys: string[] = [];
  let kind = text;
  // Nearly always there is one key, and then this is much faster than a function for each match.
  for (let at = kind.search(KEY); at >= 0; at = kind.search(KEY)) {
    const key = kind.slice(at, at + ABSENT.length);
    kind = kind.replaceAll(key, ABSENT + keys.push(key));
  }
  return { kind, keys };
}

function templateOf(answer: string, keys: readonly string[]): Template {
  const numbers = [...answer.matchAll(KEY)].map(([key]) => keys.indexOf(key));
  if (numbers.includes(-1))
    throw new Error(`an answer has a key that the request has not: ${answer}`);
  return { pieces: answer.split(KEY), keys: numbers };
}

function fill({ pieces, keys: numbers }: Template, keys: readonly string[]): string {
  if (keys.length === 1) return pieces.join(keys[0]);
  return pieces.map((piece, at) => piece + (keys[numbers[at] ?? -1] ?? "")).join("");
}
