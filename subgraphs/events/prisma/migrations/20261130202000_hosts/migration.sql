-- CreateEnum
CREATE TYPE "host_right" AS ENUM ('EDIT', 'CHECK_IN', 'SEE_PEOPLE');

-- CreateTable
CREATE TABLE "event_host" (
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "rights" "host_right"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "event_host_pkey" PRIMARY KEY ("event_id", "person_id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "fold_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_host_person_id_idx" ON "event_host"("person_id");

-- CreateIndex
CREATE INDEX "person_fold_version_id_idx" ON "person"("fold_version", "id");

-- AddForeignKey
ALTER TABLE "event_host" ADD CONSTRAINT "event_host_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The consumer of users' events begins with a snapshot, which has the names of all people.
DELETE FROM "consumer_position" WHERE "source" = 'users';
