// The facts of an event, as others see them.

import { useEvent } from "./event-page.tsx";
import { Preview } from "./preview.tsx";

export function DetailsPage() {
  const event = useEvent();
  const { description, venue, id, coverUrl, ...rest } = event;
  const texts = { description: description ?? "", venue: venue ?? "" };
  return <Preview event={{ ...rest, ...texts, cover: { id, coverUrl } }} />;
}
