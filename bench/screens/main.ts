// How long each screen of the app takes on a slow phone: Chromium with a throttled line and a
// throttled processor, from the navigation to the heading and to the content. There is no peer for
// an app; the ratio is to a page without a script that the same router serves on the same line.
import type { Browser } from "playwright-core";
import { generate } from "../../schema/generate.ts";
import { browserPath, launch } from "../../tests/browser/chromium.ts";
import { startDemoSite } from "../../tests/kit/demo-site.ts";
import { signedIn } from "./phone.ts";
import { SCREENS } from "./screens.ts";
import { type Visit, visit } from "./visit.ts";

const RUNS = Number(process.env.BENCH_RUNS ?? 5);

interface Row {
  readonly name: string;
  readonly visits: readonly Visit[];
}

async function main(): Promise<void> {
  await generate();
  const site = await startDemoSite((message) => console.error(message));
  const browser = await launch(browserPath());
  try {
    let state = await signedIn(browser, site, "ada@meetinity.test");
    const rows: Row[] = [];
    for (const temperature of ["cold", "warm"] as const) {
      for (const screen of SCREENS) {
        const visits: Visit[] = [];
        for (let run = 0; run < RUNS; run += 1) {
          const [visited, after] = await visit(browser, { site, state, screen, temperature });
          visits.push(visited);
          state = after;
        }
        rows.push({ name: `${screen.name}, ${temperature}`, visits });
        console.error(lineOf(rows.at(-1) as Row, rows[0] as Row));
      }
    }
    report(rows, browser);
  } finally {
    await browser.close();
    await site.stop();
  }
}

function report(rows: readonly Row[], browser: Browser): void {
  const [plain] = rows;
  if (!plain) return;
  console.log(`Chromium ${browser.version()}; 1.6 Mbit/s, 150 ms, processor 4 times slower.`);
  console.log(`Median of ${RUNS} runs (worst), milliseconds from the navigation.\n`);
  console.log("| screen | heading | content | times the plain page | KB | requests |");
  console.log("|---|---|---|---|---|---|");
  for (const row of rows) console.log(lineOf(row, plain));
}

function lineOf({ name, visits }: Row, plain: Row): string {
  const both = (of: (visit: Visit) => number) => {
    const sorted = visits.map(of).toSorted((a, b) => a - b);
    return `${Math.round(median(sorted))} (${Math.round(sorted.at(-1) ?? 0)})`;
  };
  const content = median(visits.map(({ contentMs }) => contentMs));
  const ratio = content / median(plain.visits.map(({ contentMs }) => contentMs));
  const kilobytes = median(visits.map(({ bytes }) => bytes)) / 1_000;
  const requests = median(visits.map((each) => each.requests));
  const times = `${both((each) => each.headingMs)} | ${both((each) => each.contentMs)}`;
  return `| ${name} | ${times} | ${ratio.toFixed(1)} | ${kilobytes.toFixed(0)} | ${requests} |`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

await main();
