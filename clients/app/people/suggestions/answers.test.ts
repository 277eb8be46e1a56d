// Guarantees about answers on their way: one that can be undone is sent once, after its time or
// when the person leaves; without a network it waits, over a reload too.
import { NetworkError } from "@meetinity/client";
import type { SuggestionAnswer } from "@meetinity/client/operations";
import { expect, it, vi } from "vitest";
import { Answers, type Outcome, UNDO_MS } from "./answers.ts";

interface Sent {
  readonly id: string;
  readonly answer: SuggestionAnswer;
  settle(outcome: Outcome): void;
  fail(error: Error): void;
}

/** The browser of a person: its time, what it keeps, and a server that the test plays. */
function aBrowser(kept: readonly { id: string; answer: SuggestionAnswer }[] = []) {
  const sent: Sent[] = [];
  const timers = new Map<object, { readonly ms: number; work(): void }>();
  const onOutcome = vi.fn();
  const storage = { kept };
  const answers = new Answers({
    send: (id, answer) => new Promise((settle, fail) => sent.push({ id, answer, settle, fail })),
    onOutcome,
    after(ms, work) {
      const key = {};
      timers.set(key, { ms, work });
      return () => timers.delete(key);
    },
    kept: {
      read: () => storage.kept,
      write(list) {
        storage.kept = list;
      },
    },
  });
  const pass = () => {
    for (const [key, { ms, work }] of [...timers]) {
      expect(ms).toBe(UNDO_MS);
      timers.delete(key);
      work();
    }
  };
  const statusOf = (id: string) => answers.state.getSnapshot().get(id)?.status;
  return { answers, sent, storage, onOutcome, pass, statusOf };
}

it("an undone answer is never sent, and the next one has its own time", async () => {
  const { answers, sent, storage, pass, statusOf } = aBrowser();
  answers.give("grace", "DECLINE");
  expect(storage.kept).toEqual([{ id: "grace", answer: "DECLINE" }]);
  answers.undo("grace");
  pass();
  expect([sent, storage.kept, statusOf("grace")]).toEqual([[], [], undefined]);
  answers.give("grace", "LATER");
  pass();
  expect(sent.map(({ id, answer }) => `${id} ${answer}`)).toEqual(["grace LATER"]);
  expect(statusOf("grace")).toBe("sending");
  answers.undo("grace");
  expect(statusOf("grace")).toBe("sending");
  sent[0]?.settle("stored");
  await expect.poll(() => statusOf("grace")).toBeUndefined();
  expect(storage.kept).toEqual([]);
});

it("leaving sends at once what could be undone, each once", () => {
  const { answers, sent, pass } = aBrowser();
  answers.give("grace", "DECLINE");
  answers.give("linus", "LATER");
  answers.flush();
  answers.flush();
  pass();
  expect(sent.map(({ id }) => id)).toEqual(["grace", "linus"]);
});

it("an acceptance is sent at once and stays shown; the same again is not sent", async () => {
  const { answers, sent, onOutcome, statusOf } = aBrowser();
  answers.give("grace", "ACCEPT");
  answers.give("grace", "DECLINE");
  expect(sent).toHaveLength(1);
  sent[0]?.settle("matched");
  await expect.poll(() => statusOf("grace")).toBe("matched");
  expect(onOutcome).toHaveBeenCalledExactlyOnceWith("grace", "matched", "ACCEPT");
  answers.give("grace", "DECLINE");
  expect(sent).toHaveLength(1);
  answers.forget("grace");
  expect(statusOf("grace")).toBeUndefined();
});

it.each(["gone", "unverified"] as const)(
  "after %s there is no answer any more",
  async (outcome) => {
    const { answers, sent, onOutcome, statusOf } = aBrowser();
    answers.give("grace", "ACCEPT");
    sent[0]?.settle(outcome);
    await expect.poll(() => statusOf("grace")).toBeUndefined();
    expect(onOutcome).toHaveBeenCalledWith("grace", outcome, "ACCEPT");
  },
);

it("without a network an answer waits, and is sent when the network is back", async () => {
  const { answers, sent, storage, statusOf } = aBrowser();
  answers.give("grace", "ACCEPT");
  sent[0]?.fail(new NetworkError("cut"));
  await expect.poll(() => statusOf("grace")).toBe("waiting");
  expect(storage.kept).toEqual([{ id: "grace", answer: "ACCEPT" }]);
  answers.wake();
  answers.wake();
  expect(sent).toHaveLength(2);
});

it("another page sends what this one could not", () => {
  const before = aBrowser();
  before.answers.give("grace", "DECLINE");
  const { answers, sent } = aBrowser(before.storage.kept);
  answers.wake();
  expect(sent.map(({ id, answer }) => `${id} ${answer}`)).toEqual(["grace DECLINE"]);
});

it("an answer that is refused says so, is kept nowhere, and can be tried again", async () => {
  const { answers, sent, storage, statusOf } = aBrowser();
  answers.give("grace", "ACCEPT");
  const error = new Error("refused");
  sent[0]?.fail(error);
  await expect.poll(() => statusOf("grace")).toBe("failed");
  expect(answers.state.getSnapshot().get("grace")?.error).toBe(error);
  expect(storage.kept).toEqual([]);
  answers.retry("grace");
  expect(sent).toHaveLength(2);
});
