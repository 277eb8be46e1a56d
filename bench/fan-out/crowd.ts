// The clients that watch one stream of a server, and the time when each event had reached all of
// them. One client reads the number of each event. The others count frames, and check that each has
// the size of a proved one.
import { openWire, type Wire } from "../live/wire.ts";

export interface Crowd {
  readonly size: number;
  /** The total number of frames of all clients. */
  frames(): number;
  /** The time when this event had reached all clients, by `performance.now()`. */
  delivered(number: number): Promise<number>;
  /** From now on clients only check the size of frames. Another size fails the run. */
  trust(bytes: number): void;
  /** Closes all sockets. */
  leave(): void;
  /** The frames of each client so far. */
  readonly texts: readonly (readonly string[])[];
}

/** The messages of a client and the expected answer before any event. */
export interface Greeting {
  readonly said: string;
  readonly heard: string;
  /** Sent after that. */
  readonly wish: string;
}

export interface CrowdOptions {
  readonly name: string;
  readonly url: string;
  readonly protocol?: string;
  /** Null for a client that need not send anything. */
  readonly greetings: readonly (Greeting | null)[];
}

const OPENED_AT_ONCE = 50;

/** The text of an event's number. */
export const numbered = (number: number) => `#${String(number).padStart(8, "0")}`;
const NUMBER = /#(\d{8})/;

export async function gather(options: CrowdOptions): Promise<Crowd> {
  const { greetings } = options;
  const { hear, ...crowd } = count(options);
  const wires: Wire[] = [];
  let isLeaving = false;
  const onGone = () => {
    if (!isLeaving) throw new Error(`${options.name} closed a socket`);
  };
  for (let at = 0; at < greetings.length; at += OPENED_AT_ONCE) {
    const group = greetings.slice(at, at + OPENED_AT_ONCE);
    const joining = group.map((greeting, n) => {
      let nth = 0;
      return join(options, greeting, { hear: (text) => hear(text, at + n, nth++), onGone });
    });
    wires.push(...(await Promise.all(joining)));
  }
  return {
    ...crowd,
    leave() {
      isLeaving = true;
      for (const wire of wires) wire.cut();
    },
  };
}

type Hear = (text: Buffer, who: number, nth: number) => void;

function count({ name, greetings }: CrowdOptions): Omit<Crowd, "leave"> & { readonly hear: Hear } {
  const size = greetings.length;
  const texts: string[][] = greetings.map(() => []);
  const waiting = new Map<number, (at: number) => void>();
  const over = new Map<number, number>();
  /** The numbers of events in their order of arrival, and the count of deliveries of each. */
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

/** Resolves when the server has answered the greeting. */
async function join(
  { name, url, protocol }: CrowdOptions,
  greeting: Greeting | null,
  { hear, onGone }: { hear(text: Buffer): void; onGone(): void },
): Promise<Wire> {
  let welcome: (() => void) | null = null;
  const wire = await openWire({
    url,
    ...(protocol && { protocol }),
    onGone,
    onText(text) {
      if (!welcome) return hear(text);
      if (text.toString() !== greeting?.heard) throw new Error(`${name} greeted with ${text}`);
      welcome();
      welcome = null;
    },
  });
  if (!greeting) return wire;
  await new Promise<void>((resolve) => {
    welcome = resolve;
    wire.send(greeting.said);
  });
  wire.send(greeting.wish);
  return wire;
}
