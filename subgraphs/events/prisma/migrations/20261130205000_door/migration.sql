-- The door: tickets, check-ins and walk-ins.
ALTER TABLE "event"
    ADD COLUMN "seats_checked_in" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "no_shows_at" TIMESTAMPTZ(3),
    ADD CONSTRAINT "event_seats_checked_in_check" CHECK ("seats_checked_in" >= 0);

ALTER TABLE "registration"
    ADD COLUMN "ticket_version" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN "checked_in_seats" INTEGER[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT "registration_ticket_version_check" CHECK ("ticket_version" BETWEEN 1 AND 65535),
    ADD CONSTRAINT "registration_checked_in_seats_check"
        CHECK (("status" = 'CHECKED_IN') = ("checked_in_seats" <> '{}'));

-- CreateTable
CREATE TABLE "check_in" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "nonce" TEXT NOT NULL,
    "scanned_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "gate" TEXT NOT NULL,
    "by" UUID NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" UUID,
    "is_conflict" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "check_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "walk_in" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "party_size" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "gate" TEXT NOT NULL,
    "by" UUID NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" UUID,
    CONSTRAINT "walk_in_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "check_in_event_id_nonce_key" ON "check_in"("event_id", "nonce");

-- CreateIndex
CREATE INDEX "check_in_event_id_id_idx" ON "check_in"("event_id", "id");

-- CreateIndex
CREATE INDEX "check_in_registration_id_idx" ON "check_in"("registration_id");

-- CreateIndex
CREATE INDEX "check_in_by_idx" ON "check_in"("by");

-- A seat is entered once: further scans of it that gates recorded offline are conflicts.
CREATE UNIQUE INDEX "check_in_seat_key" ON "check_in"("registration_id", "seat")
    WHERE "undone_at" IS NULL AND NOT "is_conflict";

CREATE INDEX "check_in_conflict_idx" ON "check_in"("event_id", "id")
    WHERE "undone_at" IS NULL AND "is_conflict";

-- CreateIndex
CREATE INDEX "walk_in_event_id_id_idx" ON "walk_in"("event_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "walk_in_event_id_nonce_key" ON "walk_in"("event_id", "nonce");

-- CreateIndex
CREATE INDEX "walk_in_by_idx" ON "walk_in"("by");

-- Labels are kept for a time.
CREATE INDEX "walk_in_labelled_idx" ON "walk_in"("event_id", "id") WHERE "label" <> '';

-- The events whose no-shows are to be marked.
CREATE INDEX "event_no_shows_idx" ON "event"("ends_at")
    WHERE "seats_checked_in" > 0 AND "no_shows_at" IS NULL;

-- AddForeignKey
ALTER TABLE "check_in" ADD CONSTRAINT "check_in_event_id_fkey"
    FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_in" ADD CONSTRAINT "check_in_registration_id_fkey"
    FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "walk_in" ADD CONSTRAINT "walk_in_event_id_fkey"
    FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
