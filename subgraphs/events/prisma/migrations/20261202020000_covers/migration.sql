-- Covers of events are files that people send.

-- AlterTable
ALTER TABLE "event" ADD COLUMN "cover_file_id" UUID;
