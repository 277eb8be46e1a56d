// The files of a message that is being written.
import type { Meta } from "@storybook/react-vite";
import type { TrayFile } from "./tray.ts";
import { TrayStrip } from "./tray-strip.tsx";

const meta: Meta = { title: "Components/Files to send" };
export default meta;

const DRAWN = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">
  <rect width="60" height="60" fill="steelblue"/></svg>`;

const tray = { remove() {}, pause() {}, resume() {}, stopWaiting() {} };

function fileOf(key: string, more: Partial<TrayFile> = {}): TrayFile {
  return {
    key,
    blob: new Blob([new Uint8Array(240_000)]),
    contentType: "application/pdf",
    fileName: `${key}.pdf`,
    ...{ url: null, durationMs: null, sentBytes: 240_000 },
    status: "done",
    ...{ error: null, isFinal: false },
    ...more,
  };
}

const strip = (isWaiting: boolean, ...files: readonly TrayFile[]) => (
  <TrayStrip tray={tray} state={{ files, isWaiting }} />
);

const photo = fileOf("photo", {
  contentType: "image/svg+xml",
  fileName: "Evening.jpg",
  url: `data:image/svg+xml,${encodeURIComponent(DRAWN)}`,
});

export const Sending = () =>
  strip(
    false,
    photo,
    fileOf("Agenda", { status: "sending", sentBytes: 130_000 }),
    fileOf("Minutes", { status: "queued", sentBytes: 0 }),
  );
export const Waiting = () =>
  strip(true, fileOf("Agenda", { status: "sending", sentBytes: 130_000 }));
export const Paused = () =>
  strip(
    false,
    fileOf("Agenda", { status: "paused", sentBytes: 60_000 }),
    fileOf("Minutes", { status: "paused", sentBytes: 60_000, error: new Error("lost") }),
  );
export const Failed = () =>
  strip(false, fileOf("Agenda", { status: "failed", sentBytes: 0, error: new Error("failed") }));
export const Voice = () => strip(true, fileOf("voice", { fileName: null, durationMs: 12_300 }));
export const LongName = () => strip(false, fileOf("Wolfeschlegelsteinhausenbergerdorff".repeat(3)));
