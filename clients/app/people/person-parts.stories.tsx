// Parts of screens about people: a row of a list, and the head of a card.
import type { Meta } from "@storybook/react-vite";
import { everybody, grace, wolfe } from "../../stories/fixtures/people.ts";
import { PeopleRow } from "./people-row.tsx";
import { PersonHead } from "./person-head.tsx";

const meta: Meta = { title: "Parts/People" };
export default meta;

export function Rows() {
  const rows = everybody.map((person) => (
    <PeopleRow key={person.id} person={person}>
      {null}
    </PeopleRow>
  ));
  return <ul>{rows}</ul>;
}

export function Head() {
  return <PersonHead person={{ location: null, ...grace }} />;
}

export function HeadWithLongTexts() {
  return <PersonHead person={{ location: null, ...wolfe }} />;
}
