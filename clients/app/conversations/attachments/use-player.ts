// A recording that is played: where it is, and how it goes on.
import { type RefObject, useEffect, useRef, useState } from "react";
import { measure, playAlone } from "./playing.ts";

export interface Player {
  readonly audio: RefObject<HTMLAudioElement | null>;
  readonly isPlaying: boolean;
  readonly hasFailed: boolean;
  readonly positionMs: number;
  readonly lengthMs: number;
  readonly toggle: () => void;
  readonly seek: (ms: number) => void;
}

/** `url` is null until the bytes are here: then playing begins at once if it was asked for. */
export function usePlayer(
  url: string | null,
  knownMs: number | null,
  onWanted: () => void,
): Player {
  const audio = useRef<HTMLAudioElement>(null);
  const isWanted = useRef(false);
  const [isPlaying, setPlaying] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const [positionMs, setPosition] = useState(0);
  const [measuredMs, setMeasured] = useState<number | null>(null);

  useEffect(() => {
    const element = audio.current;
    if (!element || url === null) return;
    const show = () => setPosition(element.currentTime * 1_000);
    const listeners = {
      play: () => setPlaying(true),
      pause: () => setPlaying(false),
      ended: () => setPosition(0),
      error: () => setFailed(true),
      async loadedmetadata() {
        await measure(element);
        if (Number.isFinite(element.duration)) setMeasured(element.duration * 1_000);
        element.addEventListener("timeupdate", show);
        element.addEventListener("seeked", show);
        if (isWanted.current) await playAlone(element).catch(() => setFailed(true));
      },
    };
    const all = Object.entries(listeners);
    for (const [name, listener] of all) element.addEventListener(name, listener);
    element.src = url;
    return () => {
      for (const [name, listener] of all) element.removeEventListener(name, listener);
      element.removeEventListener("timeupdate", show);
      element.removeEventListener("seeked", show);
      element.pause();
      element.removeAttribute("src");
    };
  }, [url]);

  function toggle(): void {
    const element = audio.current;
    setFailed(false);
    isWanted.current = !isPlaying;
    if (element && isPlaying) element.pause();
    else if (url === null) onWanted();
    else if (element) void playAlone(element).catch(() => setFailed(true));
  }

  function seek(ms: number): void {
    setPosition(ms);
    if (audio.current && url !== null) audio.current.currentTime = ms / 1_000;
  }

  const lengthMs = knownMs ?? measuredMs ?? 0;
  return { audio, isPlaying, hasFailed, positionMs, lengthMs, toggle, seek };
}
