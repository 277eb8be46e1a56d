// Records the microphone, from the moment it is allowed until it is stopped.
import { useEffect, useRef, useState } from "react";
import type { Recording } from "./tray.ts";

export type Microphone =
  | { readonly status: "asking" }
  /** `startedAt` is a time of `performance.now`. */
  | { readonly status: "recording"; readonly startedAt: number }
  | { readonly status: "recorded"; readonly recording: Recording; readonly isFull: boolean }
  | { readonly status: "failed"; readonly reason: "denied" | "missing" | "failed" };

/** The server refuses what is longer than 15 minutes. */
const LENGTH_MS_MAX = 15 * 60_000 - 2_000;
/** The browser gives its data so often: what was said is not lost when recording breaks. */
const SLICE_MS = 1_000;
/** The first that the browser can record. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export function useRecording() {
  const [microphone, setMicrophone] = useState<Microphone>({ status: "asking" });
  const stop = useRef(() => {});
  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const show = (next: Microphone) => signal.aborted || setMicrophone(next);
    openMicrophone(signal).then(
      (stream) => {
        stop.current = record(stream, show);
        signal.addEventListener("abort", stop.current);
      },
      (error: unknown) => show({ status: "failed", reason: reasonOf(error) }),
    );
    return () => closing.abort();
  }, []);
  return { microphone, stop: () => stop.current() };
}

async function openMicrophone(signal: AbortSignal): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  if (signal.aborted) {
    close(stream);
    signal.throwIfAborted();
  }
  return stream;
}

/** Returns how to stop. */
function record(stream: MediaStream, show: (next: Microphone) => void): () => void {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
  const parts: Blob[] = [];
  let startedAt = 0;
  let isFull = false;
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstart = () => {
    startedAt = performance.now();
    show({ status: "recording", startedAt });
  };
  recorder.onstop = () => {
    clearTimeout(timer);
    close(stream);
    const blob = new Blob(parts, { type: recorder.mimeType });
    const durationMs = Math.round(performance.now() - startedAt);
    if (blob.size === 0) return show({ status: "failed", reason: "failed" });
    show({ status: "recorded", recording: { blob, durationMs }, isFull });
  };
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  const timer = setTimeout(() => {
    isFull = true;
    stop();
  }, LENGTH_MS_MAX);
  recorder.start(SLICE_MS);
  return stop;
}

/** The light of the microphone goes out. */
function close(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function reasonOf(error: unknown) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" ? "missing" : "failed";
}
