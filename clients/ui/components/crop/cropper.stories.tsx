// A frame over a picture, which chooses the part that is kept.
import type { Meta } from "@storybook/react-vite";
import { useState } from "react";
import { Cropper } from "./cropper.tsx";
import { LARGEST } from "./rules.ts";

const meta: Meta = { title: "Components/Cropper" };
export default meta;

const DRAWN = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">
  <rect width="400" height="300" fill="steelblue"/><circle cx="200" cy="150" r="90" fill="gold"/>
</svg>`;

const cutOf = (aspect: number) => ({ picture: { width: 400, height: 300 }, aspect });
const ROUND = cutOf(1);
const WIDE = cutOf(2);

function Cropping({ isRound }: { readonly isRound: boolean }) {
  const [crop, setCrop] = useState(LARGEST);
  return (
    <Cropper
      url={`data:image/svg+xml,${encodeURIComponent(DRAWN)}`}
      cut={isRound ? ROUND : WIDE}
      crop={crop}
      onChange={setCrop}
      texts={{ frame: "Part that is kept", hint: "Drag the picture.", zoom: "Zoom" }}
      isRound={isRound}
    />
  );
}

export const Round = () => <Cropping isRound />;
export const Wide = () => <Cropping isRound={false} />;
