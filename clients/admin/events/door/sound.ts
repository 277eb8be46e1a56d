// A short tone for the answer to a scan: high for yes, low for no.
import type { Shown } from "./gate-state.ts";

const SECONDS = 0.15;
const VOLUME = 0.2;
const GOOD_HZ = 880;
const BAD_HZ = 220;

let context: AudioContext | undefined;

export function playSound(kind: Shown["kind"]): void {
  context ??= new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  volume.gain.value = VOLUME;
  tone.frequency.value = kind === "in" || kind === "walkIn" ? GOOD_HZ : BAD_HZ;
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + SECONDS);
}
