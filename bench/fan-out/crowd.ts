// All who watch one stream of a server, and when each event had come to all of them. An event is
// known by its number, which one of the crowd reads; the others count, and hold every frame to the
// size of one that has been proved.
import { openWire, type Wire } from "../live/wire.ts";

export interface Crowd {
  readonly size: number;
  /** Frames that came to all of them together. */
  frames(): number;
  /** When the event of that number had come to all, by `performance.now()`. */
  delivered(number: number): Promise<number>;
  /** From now on nobody reads, and a frame of another size breaks the run. */
  trust(bytes: number): void;
  /** All of them go. */
  leave(): void;
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
