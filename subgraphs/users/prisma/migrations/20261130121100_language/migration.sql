-- AlterTable
ALTER TABLE "credential" ADD COLUMN "language" TEXT;
