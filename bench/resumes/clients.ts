// A process of watchers, each with its own socket: it opens them, cuts them all, and lets each
// reconnect at a random moment of a window. It reports the time of each, and the received events.
import { setTimeout as delay } from "node:timers/promises";
import { openWire, type Wire } from "../live/wire.ts";
import type { Order, Outcome, Watcher } from "./orders.ts";

interface Watching {
  readonly watcher: Watcher;
  wire: Wire | null;
  /** The position of the last event. */
  position: number;
  /** The number of events that came twice or out of order. */
  wrong: number;
  /** Called for each event. */
  onEvent(): void;
}

const POSITION = /"seq":(\d+)/;

let watching: Watching[] = [];
let isCut = false;

/** Sends connection_init and subscribes, if the server needs it. */
async function open(each: Watching): Promise<void> {
  const { url, greeting, wish } = each.watcher;
  const wire = await openWire({
    url,
    ...(greeting && { protocol: "graphql-transport-ws" }),
    onText: (text) => hear(each, text.toString()),
    onGone() {
      if (!isCut) throw new Error("the server closed a socket");
    },
  });
  each.wire = wire;
  if (!greeting || !wish) return;
  await new Promise<void>((resolve) => {
    each.onEvent = resolve;
    wire.send(greeting);
  });
  wire.send(wish.replace('"after":-1', `"after":${each.position}`));
}

function hear(each: Watching, text: string): void {
  const position = Number(POSITION.exec(text)?.[1]);
  if (Number.isNaN(position)) {
    if (!text.startsWith('{"type":"connection_ack"')) throw new Error(`received ${text}`);
  } else if (position === each.position + 1) each.position = position;
  else each.wrong += 1;
  each.onEvent();
}

/** Resolves when all watchers have the event of this position. */
async function reach(position: number): Promise<void> {
  await Promise.all(
    watching.map(
      (each) =>
        new Promise<void>((resolve) => {
          each.onEvent = () => {
            if (each.position >= position) resolve();
          };
          each.onEvent();
        }),
    ),
  );
}

async function openAll(watchers: readonly Watcher[], atOnce: number): Promise<void> {
  watching = watchers.map((watcher) => ({
    watcher,
    wire: null,
    position: watcher.position,
    wrong: 0,
    onEvent() {},
  }));
  for (let at = 0; at < watching.length; at += atOnce) {
    await Promise.all(watching.slice(at, at + atOnce).map(open));
  }
}

/** The time of each watcher from its moment until it had the last event, in ms. */
function comeBack(position: number | null, windowMs: number): Promise<number[]> {
  isCut = false;
  return Promise.all(
    watching.map(async (each) => {
      await delay(Math.random() * windowMs);
      const startedAt = performance.now();
      await open(each);
      if (position !== null && each.position < position) {
        await new Promise<void>((resolve) => {
          each.onEvent = () => {
            if (each.position >= position) resolve();
          };
        });
      }
      return performance.now() - startedAt;
    }),
  );
}

async function obey(order: Order): Promise<Outcome> {
  let timesMs: readonly number[] = [];
  if (order.kind === "open") await openAll(order.watchers, order.atOnce);
  if (order.kind === "reach") await reach(order.position);
  if (order.kind === "cut") {
    isCut = true;
    for (const { wire } of watching) wire?.cut();
  }
  if (order.kind === "return") timesMs = await comeBack(order.position, order.windowMs);
  return { kind: "done", timesMs, wrong: watching.reduce((sum, { wrong }) => sum + wrong, 0) };
}

process.on("message", async (order: Order) => {
  process.send?.(await obey(order));
});
process.once("disconnect", () => process.exit(0));
process.send?.({ kind: "listening" });
