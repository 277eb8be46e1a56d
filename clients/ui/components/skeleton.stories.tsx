// Placeholders of content that is on its way.
import type { Meta } from "@storybook/react-vite";
import { Skeleton, type SkeletonShape } from "./skeleton.tsx";

const meta: Meta = { title: "Components/Skeleton" };
export default meta;

const SHAPES: readonly SkeletonShape[] = ["events", "people", "event", "person", "form", "tickets"];

export function Shapes() {
  return SHAPES.map((shape) => <Skeleton key={shape} shape={shape} count={2} />);
}
