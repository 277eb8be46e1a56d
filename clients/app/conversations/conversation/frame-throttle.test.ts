// Guarantees about a state that is shown once a frame.
import type { Observable } from "@meetinity/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttledToFrames } from "./frame-throttle.ts";

const frames = new Map<number, () => void>();
let lastFrame = 0;

beforeEach(() => {
  frames.clear();
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (work: () => void) => {
    lastFrame += 1;
    frames.set(lastFrame, work);
    return lastFrame;
  });
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function runFrame(): void {
  const due = [...frames.values()];
  frames.clear();
  for (const frame of due) frame();
}

function source(initial: number) {
  let state = initial;
  const listeners = new Set<() => void>();
  const observable: Observable<number> = {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const set = (next: number) => {
    state = next;
    for (const listener of [...listeners]) listener();
  };
  return { observable, set, listeners };
}

test("many changes within a frame are shown once, with the last state", () => {
  const { observable, set } = source(0);
  const shown = throttledToFrames(observable, (_, next) => next);
  const seen: number[] = [];
  shown.subscribe(() => seen.push(shown.getSnapshot()));
  for (let state = 1; state <= 100; state += 1) set(state);
  expect(shown.getSnapshot()).toBe(0);
  runFrame();
  expect(seen).toEqual([100]);
});

test("steps are shown one a frame, until the state is reached", () => {
  const { observable, set } = source(0);
  const shown = throttledToFrames(observable, (now, next) => Math.min(now + 1, next));
  const seen: number[] = [];
  shown.subscribe(() => seen.push(shown.getSnapshot()));
  set(3);
  for (let frame = 0; frame < 5; frame += 1) runFrame();
  expect(seen).toEqual([1, 2, 3]);
});

test("a window that nobody sees has no frames, and goes on all the same", () => {
  const { observable, set } = source(0);
  const shown = throttledToFrames(observable, (_, next) => next);
  shown.subscribe(() => {});
  set(1);
  vi.advanceTimersByTime(1_000);
  expect(shown.getSnapshot()).toBe(1);
});

test("what changes while nobody listens is shown to the next listener", () => {
  const { observable, set, listeners } = source(0);
  const shown = throttledToFrames(observable, (_, next) => next);
  shown.subscribe(() => {})();
  expect(listeners.size).toBe(0);
  set(1);
  shown.subscribe(() => {});
  runFrame();
  expect(shown.getSnapshot()).toBe(1);
});
