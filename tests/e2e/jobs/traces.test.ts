// Guarantees about the traces of jobs: they belong to the request that enqueued them.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { handleJob } from "../../../kit/jobs/handlers.ts";
import { jobKind, jobOf } from "../../../kit/jobs/kinds.ts";
import { activeTrace } from "../../../kit/telemetry/traced.ts";
import { type Recorder, recordSpans } from "../../kit/recorded-spans.ts";
import { openQueue, type Queue, startWorker } from "./harness.ts";

let queue: Queue;
let recorder: Recorder;
beforeAll(async () => {
  queue = await openQueue();
});
afterAll(() => queue.close());
beforeEach(() => {
  recorder = recordSpans();
});
afterEach(async () => {
  recorder.stop();
  await queue.clear();
});

const kind = jobKind("test.traced", z.object({}));
const seen: (string | null)[] = [];
const handler = handleJob(kind, async () => {
  seen.push(activeTrace());
});
const spanOfJob = () => recorder.spans.find(({ name }) => name === "job test.traced");

test("a job continues the trace that enqueued it, and its work belongs to its span", async () => {
  const traceId = await recorder.trace(() => queue.add(jobOf(kind, {}, { key: "soon" })));
  startWorker(queue, () => [handler]);
  await queue.untilFinished();
  const root = recorder.spans.find(({ name }) => name === "root");
  await expect
    .poll(spanOfJob)
    .toMatchObject({ traceId, parentSpanId: root?.spanId, isEnded: true, failure: undefined });
  expect(seen.at(-1)).toBe(`00-${traceId}-${spanOfJob()?.spanId}-01`);
});

test("a job that runs much later has a trace of its own, with a link to its cause", async () => {
  const traceId = await recorder.trace(() => queue.add(jobOf(kind, {}, { key: "late" })));
  await queue.database.job.updateMany({ data: { createdAt: new Date(Date.now() - 600_000) } });
  startWorker(queue, () => [handler]);
  await queue.untilFinished();
  await expect.poll(spanOfJob).toMatchObject({ parentSpanId: undefined, links: [{ traceId }] });
  expect(spanOfJob()?.traceId).not.toBe(traceId);
});

test("a job of a request that is not sampled has no span", async () => {
  await queue.add(jobOf(kind, {}, { key: "plain" }));
  startWorker(queue, () => [handler]);
  await queue.untilFinished();
  expect(recorder.spans).toEqual([]);
  expect(seen.at(-1)).toBeNull();
});
