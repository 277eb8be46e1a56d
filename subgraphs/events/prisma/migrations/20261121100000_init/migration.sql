-- Trigram search of titles and descriptions. A trusted extension: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateEnum
CREATE TYPE "event_status" AS ENUM ('DRAFT', 'PUBLISHED');

-- CreateEnum
CREATE TYPE "registration_status" AS ENUM ('CONFIRMED', 'WAITLISTED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "cancelled_by" AS ENUM ('ATTENDEE', 'ORGANIZER');

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "organizer_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "venue" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "status" "event_status" NOT NULL DEFAULT 'DRAFT',
    "capacity" INTEGER NOT NULL,
    "seats_taken" INTEGER NOT NULL DEFAULT 0,
    "has_waitlist" BOOLEAN NOT NULL,
    "waitlist_length" INTEGER NOT NULL DEFAULT 0,
    "tags" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "attendee_id" UUID NOT NULL,
    "status" "registration_status" NOT NULL,
    "party_size" INTEGER NOT NULL,
    "cancelled_by" "cancelled_by",
    "idempotency_key" TEXT,
    "request_hash" TEXT NOT NULL,
    "requested_seq" INTEGER NOT NULL,
    "confirmed_seq" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream" (
    "id" TEXT NOT NULL,
    "last_seq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_entry" (
    "stream_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stream_entry_pkey" PRIMARY KEY ("stream_id","seq")
);

-- CreateIndex
CREATE INDEX "event_status_starts_at_id_idx" ON "event"("status", "starts_at", "id");

-- CreateIndex
CREATE INDEX "event_organizer_id_idx" ON "event"("organizer_id");

-- CreateIndex
CREATE INDEX "event_tags_idx" ON "event" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "event_text_idx" ON "event" USING GIN ("title" gin_trgm_ops, "description" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "registration_attendee_id_id_idx" ON "registration"("attendee_id", "id");

-- CreateIndex
CREATE INDEX "registration_event_id_status_confirmed_seq_idx" ON "registration"("event_id", "status", "confirmed_seq");

-- CreateIndex
CREATE UNIQUE INDEX "registration_event_id_attendee_id_idempotency_key_key" ON "registration"("event_id", "attendee_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "registration_event_id_requested_seq_key" ON "registration"("event_id", "requested_seq");

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_stream_id_fkey" FOREIGN KEY ("stream_id") REFERENCES "stream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

-- Seats are sold by a conditional update; this is what stands behind it.
ALTER TABLE "event"
    ADD CONSTRAINT "event_capacity_check" CHECK ("capacity" > 0),
    ADD CONSTRAINT "event_seats_taken_check" CHECK ("seats_taken" BETWEEN 0 AND "capacity"),
    ADD CONSTRAINT "event_waitlist_length_check" CHECK ("waitlist_length" >= 0),
    ADD CONSTRAINT "event_ends_at_check" CHECK ("ends_at" > "starts_at");

ALTER TABLE "registration"
    ADD CONSTRAINT "registration_party_size_check" CHECK ("party_size" > 0),
    ADD CONSTRAINT "registration_confirmed_seq_check" CHECK ("status" <> 'CONFIRMED' OR "confirmed_seq" IS NOT NULL),
    ADD CONSTRAINT "registration_cancelled_by_check" CHECK (("status" = 'CANCELLED') = ("cancelled_by" IS NOT NULL));

-- A person has one standing registration for an event.
CREATE UNIQUE INDEX "registration_standing_key" ON "registration"("event_id", "attendee_id") WHERE "status" <> 'CANCELLED';

-- The waitlist of an event, in its order.
CREATE INDEX "registration_waitlist_idx" ON "registration"("event_id", "requested_seq") WHERE "status" = 'WAITLISTED';

ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_seq_check" CHECK ("seq" > 0);
