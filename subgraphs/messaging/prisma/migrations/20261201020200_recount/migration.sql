-- Counts what was there before. It commits after each conversation, so it runs alone.
CALL "recount_messages"();
