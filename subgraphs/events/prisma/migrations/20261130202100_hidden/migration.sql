-- AlterTable
ALTER TABLE "registration" ADD COLUMN     "is_hidden" BOOLEAN NOT NULL DEFAULT false;
