// All who watch one stream of a server, and when each event had come to all of them. An event is
// known by its number, which one of the crowd reads; the others count, and hold every frame to the
// size of one that has been proved.
import { openWire } from "../live/wire.ts";

export interface Crowd {
  readonly size: number;
  /** Frames that came to all of them together. */
  frames(): number;
  /** When the event of that number had come to all, by `performance.now()`. */
  delivered(number: number): Promise<number>;
  /** From now on nobody reads, and a frame of another size breaks the run. */
  trust(bytes: number): void;
  /** What each has read so far. */
  readonly texts: readonly (readonly string[])[];
}

/** What one of the crowd says, and hears before any event. */
export interface Greeting {
  readonly said: string;
  readonly heard: string;
  /** Said behind that. */
  readonly wish: string;
}

export interface CrowdOptions {
  readonly name: string;
  readonly url: string;
  readonly protocol?: string;
  /** Null for who need not say anything. */
  readonly greetings: readonly (Greeting | null)[];
}

const OPENED_AT_ONCE = 50;

/** How an event carries its number. */
export const numbered = (number: number) => `#${String(number).padStart(8, "0")}`;
const NUMBER = /#(\d{8})/;

export async function gather(options: CrowdOptions): Promise<Crowd> {
  const { greetings } = options;
  const { hear, ...crowd } = count(options);
  for (let at = 0; at < greetings.length; at += OPENED_AT_ONCE) {
    const group = greetings.slice(at, at + OPENED_AT_ONCE);
    await Promise.all(group.map((greeting, n) => join(options, greeting, at + n, hear)));
  }
  return crowd;
}

type Hear = (text: Buffer, who: number, nth: number) => void;

function count({ name, greetings }: CrowdOptions): Crowd & { readonly hear: Hear } {
  const size = greetings.length;
  const texts: string[][] = greetings.map(() => []);
  const waiting = new Map<number, (at: number) => void>();
  const over = new Map<number, number>();
  /** The numbers of events in the order in which they came, and to how many each has come. */
  const order: number[] = [];
  const reached: number[] = [];
  let frames = 0;
  let bytesTrusted = 0;

  function hear(text: Buffer, who: number, nth: number): void {
    frames += 1;
    if (bytesTrusted === 0) texts[who]?.push(text.toString());
    else if (text.length !== bytesTrusted) throw new Error(`${name} sent another frame: ${text}`);
    if (who === 0) order[nth] = Number(NUMBER.exec(text.toString("latin1"))?.[1]);
    const had = (reached[nth] ?? 0) + 1;
    reached[nth] = had;
    if (had === size) finish(order[nth] ?? Number.NaN);
  }

  function finish(number: number): void {
    const at = performance.now();
    over.set(number, at);
    waiting.get(number)?.(at);
    waiting.delete(number);
  }

  return {
    hear,
    size,
    frames: () => frames,
    texts,
    trust(bytes) {
      bytesTrusted = bytes;
    },
    delivered(number) {
      const at = over.get(number);
      if (at !== undefined) return Promise.resolve(at);
      return new Promise((resolve) => waiting.set(number, resolve));
    },
  };
}

/** Resolves when it has been greeted. */
async function join(
  options: CrowdOptions,
  greeting: Greeting | null,
  who: number,
  hear: Hear,
): Promise<void> {
  const { name, url, protocol } = options;
  let nth = 0;
  let welcome: (() => void) | null = null;
  const wire = await openWire({
    url,
    ...(protocol && { protocol }),
    onText(text) {
      if (!welcome) return hear(text, who, nth++);
      if (text.toString() !== greeting?.heard) throw new Error(`${name} greeted with ${text}`);
      welcome();
      welcome = null;
    },
    onGone() {
      throw new Error(`${name} closed a socket`);
    },
  });
  if (!greeting) return;
  await new Promise<void>((resolve) => {
    welcome = resolve;
    wire.send(greeting.said);
  });
  wire.send(greeting.wish);
}
