-- Step 2: files, the customer's address of a message, what an operator prefers.

ALTER TABLE message ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN address TEXT NOT NULL DEFAULT '';

-- The content of files, known by its SHA-256. check_at is when to look whether any text or draft
-- has it; 0: a text has it, for good.
CREATE TABLE blob(
	key TEXT PRIMARY KEY,
	size_bytes BIGINT NOT NULL,
	put_at BIGINT NOT NULL,
	check_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX blob_check ON blob(check_at) WHERE check_at <> 0;

CREATE TABLE blob_part(
	blob TEXT NOT NULL REFERENCES blob(key) ON DELETE CASCADE,
	position BIGINT NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY(blob, position)
);

-- text: id of the message or note that it came with.
CREATE TABLE attachment(
	id INTEGER PRIMARY KEY,
	text BIGINT NOT NULL,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	blob TEXT NOT NULL REFERENCES blob(key)
);
CREATE INDEX attachment_text ON attachment(text, id);
CREATE INDEX attachment_blob ON attachment(blob);

CREATE TABLE draft_attachment(
	id INTEGER PRIMARY KEY,
	draft BIGINT NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	blob TEXT NOT NULL REFERENCES blob(key)
);
CREATE INDEX draft_attachment_draft ON draft_attachment(draft, id);
CREATE INDEX draft_attachment_blob ON draft_attachment(blob);

-- revision: of the change; the newest makes a loaded directory stale.
CREATE TABLE preference(
	operator BIGINT NOT NULL REFERENCES operator(id),
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	revision BIGINT NOT NULL,
	PRIMARY KEY(operator, name)
) WITHOUT ROWID;
