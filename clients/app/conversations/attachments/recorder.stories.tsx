// The recorder of voice messages, in each of its states.
import type { Meta } from "@storybook/react-vite";
import { silence } from "../../../stories/fixtures/files.ts";
import { RecorderBar } from "./recorder.tsx";
import type { Microphone } from "./use-recording.ts";

const meta: Meta = { title: "Components/Recorder" };
export default meta;

const nothing = () => {};
const bar = (microphone: Microphone) => (
  <RecorderBar microphone={microphone} stop={nothing} onSend={nothing} onClose={nothing} />
);

const recording = { blob: silence(12), durationMs: 12_300 };

export const Asking = () => bar({ status: "asking" });
/** It began in the future: its clock stands still. */
export const Recording = () => bar({ status: "recording", startedAt: Number.POSITIVE_INFINITY });
export const Recorded = () => bar({ status: "recorded", recording, isFull: false });
export const Full = () => bar({ status: "recorded", recording, isFull: true });
export const Denied = () => bar({ status: "failed", reason: "denied" });
export const Missing = () => bar({ status: "failed", reason: "missing" });
