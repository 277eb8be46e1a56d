// The facts of an event, as others see them.

import { useEvent } from "./event-page.tsx";
import { Preview } from "./preview.tsx";

export function DetailsPage() {
  const event = useEvent();
  const { description, venue, ...rest } = event;
  return <Preview event={{ ...rest, description: description ?? "", venue: venue ?? "" }} />;
}
