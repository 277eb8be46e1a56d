-- Reminders of events.

-- AlterEnum
ALTER TYPE "notification_kind" ADD VALUE 'EVENT_REMINDER';
