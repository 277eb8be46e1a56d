// Guarantees about answers that are kept: the latest question wins, and a failure hides nothing.
import { expect, it } from "vitest";
import { Read, Reads } from "./reads.ts";

/** Answers are given by the test, in any order. */
function aServer() {
  const asked: { answer(data: string): void; fail(error: Error): void }[] = [];
  const run = () => new Promise<string>((answer, fail) => asked.push({ answer, fail }));
  return { asked, run };
}

it("an answer that comes after a later one changes nothing", async () => {
  const { asked, run } = aServer();
  const read = new Read(run);
  const [early, late] = [read.refresh(), read.refresh()];
  asked[1]?.answer("late");
  await late;
  asked[0]?.answer("early");
  await early;
  expect(read.state.getSnapshot()).toEqual({ data: "late", error: null });
});

it("a failure keeps what is shown, and is over with the next answer", async () => {
  const { asked, run } = aServer();
  const read = new Read(run);
  const first = read.refresh();
  asked[0]?.answer("data");
  await first;
  const second = read.refresh();
  const failure = new Error("no network");
  asked[1]?.fail(failure);
  await expect(second).rejects.toBe(failure);
  expect(read.state.getSnapshot()).toEqual({ data: "data", error: failure });
  read.retry();
  expect(read.state.getSnapshot().error).toBeNull();
  asked[2]?.answer("new");
  await expect.poll(() => read.state.getSnapshot().data).toBe("new");
});

it("fifty are kept, those that were used last", () => {
  const reads = new Reads();
  const run = async () => "";
  const [first, second] = [reads.of("0", run), reads.of("1", run)];
  for (let at = 2; at < 50; at += 1) reads.of(`${at}`, run);
  expect(reads.of("0", run)).toBe(first);
  reads.of("one more", run);
  expect(reads.of("0", run)).toBe(first);
  expect(reads.of("1", run)).not.toBe(second);
});
