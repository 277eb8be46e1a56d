-- CreateEnum
CREATE TYPE "edit_history" AS ENUM ('MEMBERS', 'ADMINS');

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN "edit_history" "edit_history" NOT NULL DEFAULT 'MEMBERS';
