// The form for all that somebody can change once registered: their answers until the event begins,
// and whether others see them.
import { useAsking } from "./asking.ts";
import { Hiding } from "./hiding.tsx";
import { OwnAnswers } from "./own-answers.tsx";

interface OwnWishesProps {
  readonly eventId: string;
  readonly registrationId: string;
  /** Whether answers can still be changed. */
  readonly isOpen: boolean;
}

export function OwnWishes({ eventId, registrationId, isOpen }: OwnWishesProps) {
  const { asking, refresh } = useAsking(eventId);
  const own = asking?.viewerRegistration;
  if (!asking || own?.id !== registrationId) return null;
  return (
    <>
      <Hiding registrationId={registrationId} isHidden={own.isHidden} refresh={refresh} />
      {isOpen && <OwnAnswers asking={asking} registrationId={registrationId} />}
    </>
  );
}
