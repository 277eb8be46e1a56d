-- CreateTable
CREATE TABLE "event_member" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "event_member_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateIndex
CREATE INDEX "event_member_user_id_idx" ON "event_member"("user_id");

-- AddForeignKey
ALTER TABLE "event_member" ADD CONSTRAINT "event_member_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
