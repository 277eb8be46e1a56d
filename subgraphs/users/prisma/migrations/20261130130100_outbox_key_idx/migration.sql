-- CreateIndex
CREATE INDEX CONCURRENTLY "outbox_key_idx" ON "outbox"("key");
