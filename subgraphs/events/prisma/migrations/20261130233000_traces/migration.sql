-- AlterTable
ALTER TABLE "job" ADD COLUMN     "trace" TEXT;

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "trace" TEXT;

-- AlterTable
ALTER TABLE "stream_entry" ADD COLUMN     "trace" TEXT;
