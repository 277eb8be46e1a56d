-- Notifications of offers that end soon.

-- AlterEnum
ALTER TYPE "notification_kind" ADD VALUE 'OFFER_LAPSING';
