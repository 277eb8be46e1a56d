// The files of a message in the log.
import type { Attachment } from "@meetinity/client";
import type { Meta } from "@storybook/react-vite";
import {
  agenda,
  file,
  linksOf,
  longName,
  picture,
  voice,
} from "../../../stories/fixtures/files.ts";
import { never } from "../../../stories/graph/answers.ts";
import { ShownFiles } from "./shown-files.tsx";

const meta: Meta = {
  title: "Components/Files of a message",
  parameters: { graph: { Query: { attachments: linksOf } } },
};
export default meta;

/** The fixtures are typed by the graph of stories alone. */
const shown = (...files: readonly object[]) => (
  <ShownFiles files={files as readonly Attachment[]} />
);

const pictures = ["a", "b", "c", "d", "e", "f"].map((id) => picture(id));

export const OnePicture = () => shown(picture("wide", { width: 1_600, height: 900 }));
export const TallPicture = () => shown(picture("tall", { width: 600, height: 2_400 }));
export const TwoPictures = () => shown(...pictures.slice(0, 2));
export const ThreePictures = () => shown(...pictures.slice(0, 3));
export const FourPictures = () => shown(...pictures.slice(0, 4));
export const MorePictures = () => shown(...pictures);
export const Documents = () => shown(agenda, longName);
export const Voice = () => shown(voice);
export const Song = () => shown({ ...voice, id: "song", fileName: "Rehearsal.mp3" });
export const BeingChecked = () =>
  shown(
    { ...file("new", "image/png", 900_000), state: "PROCESSING" },
    { ...agenda, state: "PROCESSING" },
    { ...voice, state: "PROCESSING", durationMs: null },
  );
export const Refused = () =>
  shown(
    { ...agenda, state: "REFUSED", refusal: "INFECTED" },
    { ...longName, state: "REFUSED", refusal: "KIND_MISMATCH" },
  );
export const Loading = {
  parameters: { graph: { Query: { attachments: never } } },
  render: () => shown(pictures[0] ?? agenda),
};
export const Unreadable = {
  parameters: { graph: { Query: { attachments: () => [] } } },
  render: () => shown(pictures[0] ?? agenda),
};
