-- Reminders of events, and how far their people were told.

-- CreateEnum
CREATE TYPE "reminder_kind" AS ENUM ('DAY', 'HOUR');

-- CreateTable
CREATE TABLE "reminder" (
    "event_id" UUID NOT NULL,
    "kind" "reminder_kind" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "told_until" UUID,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("event_id","kind","starts_at")
);

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;
