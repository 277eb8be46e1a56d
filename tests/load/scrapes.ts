// Scrapes the metrics of all processes during a load: what the promises of ops/slo.ts count, and
// the CPU. A process that was killed begins at zero again, so each is scraped often.
import { setTimeout as delay } from "node:timers/promises";
import { createTally, type Tally } from "../../ops/tally.ts";

const EVERY_MS = 2_000;

export interface Scraped {
  readonly tally: Tally;
  /** Seconds of CPU by service: `router`, `router-2`, `events`, … */
  readonly cpu: ReadonlyMap<string, number>;
}

export interface Scrapes {
  /** Scrapes once more, and then no more. */
  stop(): Promise<Scraped>;
}

/** Begins to scrape the admin addresses of services. */
export async function startScrapes(urls: Readonly<Record<string, string>>): Promise<Scrapes> {
  const tally = createTally();
  const last = new Map<string, number>();
  const cpu = new Map<string, number>();
  const scrape = async (service: string, url: string) => {
    const text = await read(url);
    if (text === null) return;
    tally.see(service, text);
    const now = Number(/^process_cpu_seconds_total (.*)$/m.exec(text)?.[1] ?? 0);
    const before = last.get(service) ?? now;
    last.set(service, now);
    cpu.set(service, (cpu.get(service) ?? 0) + (now < before ? now : now - before));
  };
  const scrapeAll = () =>
    Promise.all(Object.entries(urls).map(([service, url]) => scrape(service, url)));
  await scrapeAll();
  let isOn = true;
  const over = (async () => {
    while (isOn) {
      await delay(EVERY_MS);
      await scrapeAll();
    }
  })();
  return {
    async stop() {
      isOn = false;
      await over;
      return { tally, cpu };
    },
  };
}

/** Null from a process that is down. */
async function read(url: string): Promise<string | null> {
  try {
    return await (await fetch(new URL("/metrics", url))).text();
  } catch {
    return null;
  }
}
