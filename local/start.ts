// `npm start`: runs everything on this machine with one command, until Ctrl-C. It prints progress
// and handles signals; stack.ts does the work.
import { once } from "node:events";
import { buildApps } from "./apps.ts";
import { hasDemoData, seedDemoData } from "./demo.ts";
import { npmParent } from "./lock.ts";
import { type Observing, observe, observedOptions } from "./observing.ts";
import { untilReady } from "./readiness.ts";
import { readSettings, type Settings } from "./settings.ts";
import { type Stack, startStack } from "./stack.ts";
import { progressLine, publicUrlOf, reachable, welcome } from "./welcome.ts";

/**
 * The terminal sends Ctrl-C to npm and to this process, and npm forwards it. Two signals within
 * this time count as one.
 */
const SAME_SIGNAL_MS = 1_000;
const PARENT_POLL_MS = 250;
const EXIT_INTERRUPTED = 130;

/** Time since this process was launched, module loading included. */
const elapsedMs = () => performance.now();
const say = (message: string) => console.log(progressLine(elapsedMs(), message));
const warn = (message: string) => console.error(progressLine(elapsedMs(), message));

const stopping = new AbortController();
let observing: Observing | undefined;

function stopOnSignals(): void {
  let firstAt = 0;
  const stop = () => {
    if (firstAt === 0) {
      firstAt = Date.now();
      say("stopping (Ctrl-C again stops at once)");
      stopping.abort(new Error("stopped before it was ready"));
    } else if (Date.now() - firstAt > SAME_SIGNAL_MS) {
      process.exit(EXIT_INTERRUPTED);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // After a kill -9 of npm, Ctrl-C no longer reaches this process, and its data folder would stay
  // locked.
  const npm = npmParent();
  if (!npm) return;
  const watching = setInterval(() => {
    if (process.ppid === npm.pid) return;
    clearInterval(watching);
    stop();
  }, PARENT_POLL_MS);
  watching.unref();
}

/** Generated code may be missing in a fresh clone: no module loaded before this may import it. */
async function generateCode(): Promise<void> {
  const { generate } = await import("../schema/generate.ts");
  await generate({ onProgress: say });
}

async function start(settings: Settings): Promise<Stack> {
  const { adminPort, ...rest } = settings;
  const { signal } = stopping;
  const stack = await startStack({
    ...rest,
    ...(adminPort !== undefined && { adminPort }),
    ...(settings.isObserved && (await observedOptions(settings))),
    ...(settings.isAppWanted && { apps: () => buildApps({ signal, onProgress: say }) }),
    isDurable: true,
    signal,
    onProgress: say,
    onWarning: warn,
  });
  const { port } = new URL(stack.urls.graphql);
  if (settings.port !== 0 && port !== String(settings.port)) {
    say(`port ${settings.port} (or the one after it) is taken: using ${port}`);
  }
  return stack;
}

async function makeReady(stack: Stack, settings: Settings): Promise<void> {
  const graphqlUrl = reachable(stack.urls.graphql);
  const isSeeded = hasDemoData(stack.dataDir, process.env);
  if (settings.isDemoWanted && !isSeeded) {
    say("writing demo data (first start only)");
    await seedDemoData(stack, graphqlUrl, say);
  }
  await untilReady(graphqlUrl, stopping.signal);
  if (stopping.signal.aborted) return;
  const hasDemo = !settings.isProduction && (isSeeded || settings.isDemoWanted);
  const { dataDir } = stack;
  const { isProduction, isAppWanted, publicUrl } = settings;
  const publicAddress = publicUrlOf(graphqlUrl, publicUrl);
  const appsUrl = isAppWanted ? publicAddress : null;
  const hasMailServer = Boolean(process.env.SMTP_URL);
  const facts = { graphqlUrl, appsUrl, dataDir, hasDemo, isProduction, hasMailServer };
  console.log(welcome({ ...facts, elapsedMs: elapsedMs() }));
  if (!settings.isObserved) return;
  observing = await observe(stack, warn);
  console.log(`${observing.lines.join("\n")}\n`);
}

/** Returns the exit code after everything has stopped. */
async function main(): Promise<number> {
  const stopped = once(stopping.signal, "abort");
  let stack: Stack | undefined;
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    await Promise.race([generateCode(), stopped]);
    stopping.signal.throwIfAborted();
    stack = await start(settings);
    await Promise.race([makeReady(stack, settings), stopped]);
    await stopped;
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    console.error(`\nMeetinity could not start: ${error instanceof Error ? error.message : error}`);
    return 1;
  } finally {
    await observing?.stop();
    await stack?.stop();
    if (stopping.signal.aborted) say("stopped: nothing is left running");
  }
}

// The reader of a pipe may end first (EPIPE). This process must still stop what it started.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
stopOnSignals();
process.exit(await main());
