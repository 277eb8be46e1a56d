// Guarantees about signals that several lists listen to: one stream, open as long as anybody
// listens.
import { expect, test } from "vitest";
import { shareSignals } from "./shared-signals.ts";
import type { StreamSink } from "./streams.ts";

function opened() {
  const streams: { readonly sink: StreamSink<number>; isOpen: boolean }[] = [];
  const listen = shareSignals<number>((sink) => {
    const stream = { sink, isOpen: true };
    streams.push(stream);
    return () => {
      stream.isOpen = false;
    };
  });
  return { streams, listen };
}

test("two lists share one stream, which closes with the last of them", () => {
  const { streams, listen } = opened();
  const heard: string[] = [];
  const first = listen({ next: (signal) => heard.push(`first ${signal}`) });
  const second = listen({ next: (signal) => heard.push(`second ${signal}`) });
  streams[0]?.sink.next(1);
  first();
  first();
  streams[0]?.sink.next(2);
  expect(heard).toEqual(["first 1", "second 1", "second 2"]);
  expect(streams.map(({ isOpen }) => isOpen)).toEqual([true]);
  second();
  expect(streams.map(({ isOpen }) => isOpen)).toEqual([false]);
});

test("a stream that has ended tells all, and the next listener opens another one", () => {
  const { streams, listen } = opened();
  const errors: unknown[] = [];
  listen({ next() {}, error: (error) => errors.push(error) });
  listen({ next() {}, error: (error) => errors.push(error) });
  streams[0]?.sink.error?.("gone");
  expect(errors).toEqual(["gone", "gone"]);
  const stop = listen({ next() {} });
  expect(streams).toHaveLength(2);
  stop();
  expect(streams[1]?.isOpen).toBe(false);
});
