// Buttons: one primary button on a screen, at most.
import type { Meta } from "@storybook/react-vite";
import { Pencil } from "lucide-react";
import { Button, type ButtonKind, IconButton } from "./button.tsx";

const meta: Meta = { title: "Components/Button" };
export default meta;

const KINDS: readonly ButtonKind[] = ["primary", "secondary", "plain", "danger"];

export function Kinds() {
  return KINDS.map((kind) => (
    <Button key={kind} kind={kind}>
      {kind}
    </Button>
  ));
}

export function Icons() {
  return KINDS.map((kind) => (
    <IconButton key={kind} kind={kind} name={kind}>
      <Pencil aria-hidden="true" />
    </IconButton>
  ));
}
