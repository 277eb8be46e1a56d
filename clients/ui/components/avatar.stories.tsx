// Pictures of people and groups. The name always stands beside them.
import type { Meta } from "@storybook/react-vite";
import { everybody } from "../../stories/fixtures/people.ts";
import { Avatar } from "./avatar.tsx";

const meta: Meta = { title: "Components/Avatar" };
export default meta;

export function People() {
  return everybody.map(({ id, displayName }) => <Avatar key={id} id={id} name={displayName} />);
}

export function Sizes() {
  return (
    <>
      <Avatar id="ada" name="Ada Lovelace" size="small" />
      <Avatar id="ada" name="Ada Lovelace" />
      <Avatar id="ada" name="Ada Lovelace" size="large" />
    </>
  );
}

export function Groups() {
  return ["Friday dinner", "ערב ראשון", "👍 Everybody"].map((name) => (
    <Avatar key={name} id={name} name={name} kind="group" />
  ));
}

/** A square of one colour, and an address that has ended. */
export function Pictures() {
  return (
    <>
      <Avatar id="ada" name="Ada Lovelace" picture={TEAL} />
      <Avatar id="grace" name="Grace Hopper" picture="data:image/webp;base64,AAAA" />
    </>
  );
}

const TEAL = "data:image/gif;base64,R0lGODdhAQABAIAAAAB4eAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";
