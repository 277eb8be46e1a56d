-- States of events and registrations. A value cannot be used in the transaction that adds it.
ALTER TYPE "event_status" ADD VALUE 'CANCELLED';

ALTER TYPE "registration_status" ADD VALUE 'PENDING_APPROVAL';
ALTER TYPE "registration_status" ADD VALUE 'OFFERED';
ALTER TYPE "registration_status" ADD VALUE 'CHECKED_IN';
ALTER TYPE "registration_status" ADD VALUE 'NO_SHOW';
ALTER TYPE "registration_status" ADD VALUE 'DECLINED';
ALTER TYPE "registration_status" ADD VALUE 'EXPIRED';

ALTER TYPE "cancelled_by" ADD VALUE 'SYSTEM';
