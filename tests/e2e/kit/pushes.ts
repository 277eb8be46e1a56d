// A push for the tests of senders, and what each of them must understand.
import { expect, it } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { Push, PushOutcome } from "../../../kit/push/push.ts";
import type { Answer, PushService } from "../../kit/push-service.ts";

export const NOW = new Date("2026-12-01T12:00:00Z");
const HOUR_MS = 3_600_000;

export const push = (more: Partial<Push> = {}): Push => ({
  id: newId(),
  content: {
    title: "Meetinity",
    body: "« Café » begins at 18:30.",
    path: "/app/events/1",
    tag: "EVENT_REMINDER:1",
  },
  isUrgent: true,
  expiresAt: new Date(NOW.getTime() + HOUR_MS),
  ...more,
});

/** The expectations that all services share. */
interface Understood {
  readonly answers: readonly (readonly [Answer, PushOutcome])[];
  service(): PushService;
  send(push: Push): Promise<PushOutcome>;
}

export function understands({ answers, service, send }: Understood): void {
  it("understands what the service answers", async () => {
    for (const [answer, expected] of answers) {
      service().answerNext(answer);
      expect(await send(push())).toEqual(expected);
    }
    expect(await send(push())).toEqual({ kind: "accepted" });
    expect(service().faults).toEqual([]);
  });
}
