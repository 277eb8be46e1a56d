-- Notifications, and a stream of each person.

-- CreateEnum
CREATE TYPE "notification_kind" AS ENUM ('REGISTRATION_CONFIRMED', 'REGISTRATION_WAITLISTED', 'REGISTRATION_DECLINED', 'REGISTRATION_CANCELLED', 'SEAT_GIVEN', 'SEAT_OFFERED', 'OFFER_EXPIRED', 'EVENT_CHANGED', 'EVENT_CANCELLED', 'MATCHED');

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "cause" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "other_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
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
    "trace" TEXT,

    CONSTRAINT "stream_entry_pkey" PRIMARY KEY ("stream_id","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "notification_person_id_cause_key" ON "notification"("person_id", "cause");

-- CreateIndex
CREATE INDEX "notification_person_id_id_idx" ON "notification"("person_id", "id");

-- CreateIndex
CREATE INDEX "notification_other_id_idx" ON "notification"("other_id");

-- CreateIndex
CREATE INDEX "notification_created_at_idx" ON "notification"("created_at");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_other_id_fkey" FOREIGN KEY ("other_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_stream_id_fkey" FOREIGN KEY ("stream_id") REFERENCES "stream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Prisma's schema language cannot say these.
ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_seq_check" CHECK ("seq" > 0);

-- Counts what a person has not seen, and lists what is not read.
CREATE INDEX "notification_unseen_idx" ON "notification"("person_id") WHERE "seen_at" IS NULL;
CREATE INDEX "notification_unread_idx" ON "notification"("person_id", "id") WHERE "read_at" IS NULL;
