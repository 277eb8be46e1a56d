-- CreateIndex
CREATE INDEX CONCURRENTLY "block_blocked_id_idx" ON "block"("blocked_id");
