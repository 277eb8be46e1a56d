-- What an event has gained: a link, a language, times of registration, its end, and a key of the client.
ALTER TABLE "event" ADD COLUMN "online_url" TEXT,
    ADD COLUMN "language" TEXT,
    ADD COLUMN "registration_opens_at" TIMESTAMPTZ(3),
    ADD COLUMN "registration_closes_at" TIMESTAMPTZ(3),
    ADD COLUMN "cancellation_closes_at" TIMESTAMPTZ(3),
    ADD COLUMN "cancelled_at" TIMESTAMPTZ(3),
    ADD COLUMN "cancellation_reason" TEXT,
    ADD COLUMN "unpublished_at" TIMESTAMPTZ(3),
    ADD COLUMN "idempotency_key" TEXT,
    ADD COLUMN "request_hash" TEXT;

CREATE UNIQUE INDEX "event_organizer_id_idempotency_key_key" ON "event"("organizer_id", "idempotency_key");

-- Changes of events about which not everybody with a registration has been told yet.
CREATE TABLE "event_notice" (
    "event_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "changes" TEXT[],
    "told_until" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "event_notice_pkey" PRIMARY KEY ("event_id","seq")
);

ALTER TABLE "event_notice" ADD CONSTRAINT "event_notice_event_id_fkey"
    FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma's schema cannot express.
ALTER TABLE "event" ADD CONSTRAINT "event_cancelled_check"
    CHECK (("status" = 'CANCELLED') = ("cancelled_at" IS NOT NULL)
        AND ("cancelled_at" IS NULL) = ("cancellation_reason" IS NULL));
