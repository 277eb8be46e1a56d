-- Notices of messages.

-- AlterEnum
ALTER TYPE "notification_kind" ADD VALUE 'MESSAGE';
ALTER TYPE "notification_kind" ADD VALUE 'MENTIONED';
ALTER TYPE "notification_kind" ADD VALUE 'CONVERSATION_REQUESTED';
