-- The list of an event: passing, offers, approval.
ALTER TABLE "event"
    ADD COLUMN "party_size_max" INTEGER NOT NULL DEFAULT 10,
    ADD COLUMN "passes_max" INTEGER NOT NULL DEFAULT 3,
    ADD COLUMN "offer_minutes" INTEGER,
    ADD COLUMN "needs_approval" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "pending_count" INTEGER NOT NULL DEFAULT 0,
    ADD CONSTRAINT "event_party_size_max_check" CHECK ("party_size_max" BETWEEN 1 AND 100),
    ADD CONSTRAINT "event_passes_max_check" CHECK ("passes_max" BETWEEN 0 AND 10),
    ADD CONSTRAINT "event_offer_minutes_check" CHECK ("offer_minutes" BETWEEN 5 AND 10080),
    ADD CONSTRAINT "event_pending_count_check" CHECK ("pending_count" >= 0);

ALTER TABLE "registration"
    ADD COLUMN "passes" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "is_too_large" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "offer_expires_at" TIMESTAMPTZ(3),
    ADD COLUMN "note" TEXT,
    ADD COLUMN "is_readmitted" BOOLEAN NOT NULL DEFAULT false,
    ADD CONSTRAINT "registration_offer_check"
        CHECK ("status" <> 'OFFERED' OR "offer_expires_at" IS NOT NULL);

-- The classes of parties that wait: a sweep reads the first of each.
CREATE INDEX "registration_waiting_idx"
    ON "registration"("event_id", "party_size", "passes", "requested_seq")
    WHERE "status" = 'WAITLISTED';

-- The offers of an event, soonest first.
CREATE INDEX "registration_offer_idx" ON "registration"("event_id", "offer_expires_at")
    WHERE "status" = 'OFFERED';
