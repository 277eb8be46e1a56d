-- How people want to be told, and notifications on their way out.

-- CreateEnum
CREATE TYPE "notification_category" AS ENUM ('REGISTRATIONS', 'EVENTS', 'REMINDERS', 'ANNOUNCEMENTS', 'MATCHES', 'MESSAGES', 'MENTIONS', 'REACTIONS', 'INVITATIONS', 'ACCOUNT');

-- CreateEnum
CREATE TYPE "notification_channel" AS ENUM ('EMAIL', 'PUSH');

-- CreateEnum
CREATE TYPE "notification_digest" AS ENUM ('AT_ONCE', 'HOURLY', 'DAILY');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('WAITING', 'QUEUED', 'SENT', 'LEFT');

-- CreateTable
CREATE TABLE "notification_preference" (
    "person_id" UUID NOT NULL,
    "digest" "notification_digest" NOT NULL DEFAULT 'AT_ONCE',
    "quiet_from" SMALLINT,
    "quiet_to" SMALLINT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "choices" JSONB NOT NULL DEFAULT '{}',
    "has_push_details" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "notification_preference_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "channel" "notification_channel" NOT NULL,
    "target_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'WAITING',
    "reason" TEXT,
    "job_id" UUID,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "delivery_notification_id_channel_target_id_key" ON "delivery"("notification_id", "channel", "target_id");

-- AddForeignKey
ALTER TABLE "notification_preference" ADD CONSTRAINT "notification_preference_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma's schema language cannot say these.
ALTER TABLE "notification_preference" ADD CONSTRAINT "notification_preference_quiet_check" CHECK (
    ("quiet_from" IS NULL) = ("quiet_to" IS NULL)
    AND "quiet_from" BETWEEN 0 AND 1439 AND "quiet_to" BETWEEN 0 AND 1439 AND "quiet_from" <> "quiet_to"
);
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_state_check" CHECK (
    ("state" = 'WAITING') = ("settled_at" IS NULL) AND ("state" = 'LEFT') = ("reason" IS NOT NULL)
);

-- Finds those of a job, and what a device got within an hour.
CREATE INDEX "delivery_job_id_idx" ON "delivery"("job_id") WHERE "job_id" IS NOT NULL;
CREATE INDEX "delivery_target_id_settled_at_idx" ON "delivery"("target_id", "settled_at") WHERE "job_id" IS NOT NULL;

-- Finds the deliveries of a person that wait.
CREATE INDEX "delivery_waiting_idx" ON "delivery"("person_id", "channel", "due_at") WHERE "state" = 'WAITING';
