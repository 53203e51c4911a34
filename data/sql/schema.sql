-- The whole current schema of a desk in a SQLite file. A fresh desk is made from this file alone; an
-- older one is brought here by the numbered steps beside it, and a test proves that both end equal.
--
-- Columns are named as the fields of the structs in include/core. Ids and times are whole numbers
-- (INTEGER PRIMARY KEY where SQLite shall use them as its row number, BIGINT elsewhere), 0 is none;
-- enumerations are kept as the numbers of core/ticket.h, kinds of changes by name.

CREATE TABLE setting(
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE calendar(
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	zone TEXT NOT NULL,
	hours TEXT NOT NULL,
	holidays TEXT NOT NULL
);

CREATE TABLE team(
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	calendar BIGINT NOT NULL,
	question_ms BIGINT NOT NULL
);

CREATE TABLE operator(
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	role BIGINT NOT NULL,
	enabled BIGINT NOT NULL,
	paused_at BIGINT NOT NULL,
	pause_reason TEXT NOT NULL,
	signed_in_at BIGINT NOT NULL,
	worked_until BIGINT NOT NULL
);

CREATE TABLE operator_team(
	operator BIGINT NOT NULL REFERENCES operator(id),
	team BIGINT NOT NULL REFERENCES team(id),
	PRIMARY KEY(operator, team)
) WITHOUT ROWID;

-- revision: of the change; the newest makes a loaded directory stale.
CREATE TABLE preference(
	operator BIGINT NOT NULL REFERENCES operator(id),
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	revision BIGINT NOT NULL,
	PRIMARY KEY(operator, name)
) WITHOUT ROWID;

-- Hashes alone (base/secret.h); no dump has them.
CREATE TABLE credential(
	operator INTEGER PRIMARY KEY REFERENCES operator(id),
	hash TEXT NOT NULL,
	changed_at BIGINT NOT NULL
);

-- id: revision of the change that made it.
CREATE TABLE token(
	id INTEGER PRIMARY KEY,
	operator BIGINT NOT NULL REFERENCES operator(id),
	name TEXT NOT NULL,
	kind BIGINT NOT NULL,
	hash TEXT NOT NULL UNIQUE,
	rights BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL
);
CREATE INDEX token_operator ON token(operator, kind, id);

CREATE TABLE reason(
	id INTEGER PRIMARY KEY,
	parent BIGINT NOT NULL,
	key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	enabled BIGINT NOT NULL
);

CREATE TABLE answer(
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	text TEXT NOT NULL,
	team BIGINT NOT NULL,
	enabled BIGINT NOT NULL
);

CREATE TABLE target(
	team BIGINT NOT NULL,
	channel BIGINT NOT NULL,
	priority BIGINT NOT NULL,
	first_answer_ms BIGINT NOT NULL,
	next_answer_ms BIGINT NOT NULL,
	resolution_ms BIGINT NOT NULL,
	PRIMARY KEY(team, channel, priority)
) WITHOUT ROWID;

CREATE TABLE customer(
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	preferred_channel BIGINT NOT NULL,
	do_not_call BIGINT NOT NULL,
	shared BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	merged_into BIGINT NOT NULL,
	ref TEXT NOT NULL
);
CREATE UNIQUE INDEX customer_ref ON customer(ref) WHERE ref <> '';

CREATE TABLE address(
	id INTEGER PRIMARY KEY,
	customer BIGINT NOT NULL REFERENCES customer(id),
	kind BIGINT NOT NULL,
	value TEXT NOT NULL,
	key TEXT NOT NULL UNIQUE
);
CREATE INDEX address_customer ON address(customer, id);

CREATE TABLE customer_note(
	id INTEGER PRIMARY KEY,
	customer BIGINT NOT NULL REFERENCES customer(id),
	author BIGINT NOT NULL,
	at BIGINT NOT NULL,
	text TEXT NOT NULL,
	pinned BIGINT NOT NULL,
	removed BIGINT NOT NULL
);
CREATE INDEX customer_note_customer ON customer_note(customer, id);

CREATE TABLE ticket(
	number INTEGER PRIMARY KEY,
	state BIGINT NOT NULL,
	subject TEXT NOT NULL,
	customer BIGINT NOT NULL REFERENCES customer(id),
	channel BIGINT NOT NULL,
	team BIGINT NOT NULL,
	priority BIGINT NOT NULL,
	assignee BIGINT NOT NULL,
	opened_at BIGINT NOT NULL,
	opened_by BIGINT NOT NULL,
	run_at BIGINT NOT NULL,
	waiting_since BIGINT NOT NULL,
	answer_due_at BIGINT NOT NULL,
	resolve_due_at BIGINT NOT NULL,
	due_at BIGINT NOT NULL,
	first_answer_at BIGINT NOT NULL,
	snoozed_until BIGINT NOT NULL,
	waited_at BIGINT NOT NULL,
	resolved_at BIGINT NOT NULL,
	reason BIGINT NOT NULL,
	resolved_by_time BIGINT NOT NULL,
	former_state BIGINT NOT NULL,
	merged_into BIGINT NOT NULL,
	linked_to BIGINT NOT NULL,
	newest_public BIGINT NOT NULL,
	newest_is_ours BIGINT NOT NULL,
	escalated_at BIGINT NOT NULL,
	message_count BIGINT NOT NULL,
	note_count BIGINT NOT NULL,
	tags TEXT NOT NULL,
	ref TEXT NOT NULL,
	revision BIGINT NOT NULL
);
-- What is open (state 1), waits for the customer (2) or is put off (3), once for each order of the
-- lists, led by state and team. due_at is in all of them for the list of what is overdue.
CREATE INDEX ticket_due ON ticket(state, team, due_at, priority, waiting_since, number)
	WHERE state <= 3;
CREATE INDEX ticket_waiting ON ticket(state, team, waiting_since, number, due_at) WHERE state <= 3;
CREATE INDEX ticket_priority ON ticket(state, team, priority, due_at, waiting_since, number)
	WHERE state <= 3;
CREATE INDEX ticket_newest ON ticket(state, team, number, due_at) WHERE state <= 3;
CREATE INDEX ticket_assignee ON ticket(assignee, state, team, due_at, priority, waiting_since, number)
	WHERE state <= 3 AND assignee <> 0;
-- Waits that end, snoozes that end, what was discarded (5).
CREATE INDEX ticket_waited ON ticket(waited_at) WHERE state = 2;
CREATE INDEX ticket_snoozed ON ticket(snoozed_until, number) WHERE state = 3;
CREATE INDEX ticket_discarded ON ticket(number) WHERE state = 5;
CREATE INDEX ticket_customer ON ticket(customer, number);
CREATE UNIQUE INDEX ticket_ref ON ticket(ref) WHERE ref <> '';

CREATE TABLE message(
	id INTEGER PRIMARY KEY,
	ticket BIGINT NOT NULL REFERENCES ticket(number),
	direction BIGINT NOT NULL,
	author BIGINT NOT NULL,
	channel BIGINT NOT NULL,
	at BIGINT NOT NULL,
	text TEXT NOT NULL,
	state BIGINT NOT NULL,
	send_at BIGINT NOT NULL,
	message_id TEXT NOT NULL,
	run_at BIGINT NOT NULL,
	is_first BIGINT NOT NULL,
	contact BIGINT NOT NULL,
	from_at BIGINT NOT NULL,
	to_at BIGINT NOT NULL,
	address TEXT NOT NULL DEFAULT ''
);
CREATE INDEX message_ticket ON message(ticket, id);
CREATE INDEX message_author ON message(author, id) WHERE author <> 0;

CREATE TABLE note(
	id INTEGER PRIMARY KEY,
	ticket BIGINT NOT NULL REFERENCES ticket(number),
	author BIGINT NOT NULL,
	at BIGINT NOT NULL,
	text TEXT NOT NULL
);
CREATE INDEX note_ticket ON note(ticket, id);

CREATE TABLE question(
	id INTEGER PRIMARY KEY,
	ticket BIGINT NOT NULL REFERENCES ticket(number),
	asked_by BIGINT NOT NULL,
	team BIGINT NOT NULL,
	at BIGINT NOT NULL,
	due_at BIGINT NOT NULL,
	text TEXT NOT NULL,
	answered_at BIGINT NOT NULL,
	answered_by BIGINT NOT NULL,
	answer TEXT NOT NULL
);
CREATE INDEX question_ticket ON question(ticket, id);
CREATE INDEX question_team ON question(team, id);
CREATE INDEX question_open ON question(team, id, ticket) WHERE answered_at = 0;

-- Who may see a ticket beyond its team: mentioned in a note, told of an escalation.
CREATE TABLE involvement(
	operator BIGINT NOT NULL,
	ticket BIGINT NOT NULL REFERENCES ticket(number),
	revision BIGINT NOT NULL,
	PRIMARY KEY(operator, ticket)
) WITHOUT ROWID;
CREATE INDEX involvement_newest ON involvement(operator, revision);
CREATE INDEX involvement_ticket ON involvement(ticket, operator);

CREATE TABLE claim(
	ticket INTEGER PRIMARY KEY REFERENCES ticket(number),
	customer BIGINT NOT NULL,
	operator BIGINT NOT NULL,
	generation BIGINT NOT NULL,
	since BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	grace BIGINT NOT NULL,
	separate BIGINT NOT NULL,
	is_logged BIGINT NOT NULL,
	worked_from BIGINT NOT NULL,
	worked_to BIGINT NOT NULL
);
CREATE INDEX claim_customer ON claim(customer, generation);
CREATE INDEX claim_operator ON claim(operator);
CREATE INDEX claim_expiry ON claim(expires_at) WHERE is_logged = 0;

CREATE TABLE draft(
	id INTEGER PRIMARY KEY,
	ticket BIGINT NOT NULL REFERENCES ticket(number),
	operator BIGINT NOT NULL,
	kind BIGINT NOT NULL,
	text TEXT NOT NULL,
	generation BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	discarded_at BIGINT NOT NULL,
	address TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX draft_alive ON draft(ticket, operator, kind) WHERE discarded_at = 0;
CREATE INDEX draft_operator ON draft(operator, updated_at);
CREATE INDEX draft_bin ON draft(discarded_at) WHERE discarded_at <> 0;

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

-- Short texts between operators. operator and team 0: to all whom the author supervises.
CREATE TABLE memo(
	id INTEGER PRIMARY KEY,
	author BIGINT NOT NULL,
	at BIGINT NOT NULL,
	operator BIGINT NOT NULL,
	team BIGINT NOT NULL,
	ticket BIGINT NOT NULL,
	text TEXT NOT NULL
);
CREATE INDEX memo_ticket ON memo(ticket, id) WHERE ticket <> 0;

-- Whose a memo is: its author's and theirs who got it. read_at 0: not read yet.
CREATE TABLE memo_reader(
	operator BIGINT NOT NULL,
	memo BIGINT NOT NULL REFERENCES memo(id),
	read_at BIGINT NOT NULL,
	PRIMARY KEY(operator, memo)
) WITHOUT ROWID;
CREATE INDEX memo_reader_unread ON memo_reader(operator, memo) WHERE read_at = 0;

-- Who does what on which ticket, a row a terminal, until it expires: no record, never dumped.
CREATE TABLE presence(
	operator BIGINT NOT NULL,
	terminal TEXT NOT NULL,
	ticket BIGINT NOT NULL,
	doing BIGINT NOT NULL,
	since BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY(operator, terminal)
) WITHOUT ROWID;

-- The audit trail, the feed, the source of every figure. Never pruned. recorded_at is when the row
-- was written; at differs from it in imported history only.
CREATE TABLE change_log(
	revision INTEGER PRIMARY KEY,
	id BLOB NOT NULL UNIQUE,
	at BIGINT NOT NULL,
	recorded_at BIGINT NOT NULL,
	actor BIGINT NOT NULL,
	kind TEXT NOT NULL,
	ticket BIGINT NOT NULL,
	customer BIGINT NOT NULL,
	other BIGINT NOT NULL,
	generation BIGINT NOT NULL,
	imported BIGINT NOT NULL,
	undone_by BIGINT NOT NULL,
	detail TEXT NOT NULL
);
-- The log of a ticket. Claims and releases come by the thousand and of tickets from all over the
-- desk, each on a page of its own: theirs is an index for every 4,096 changes, so that a batch alters
-- few pages and a reader looks into each.
CREATE INDEX change_log_ticket ON change_log(ticket, revision)
	WHERE ticket <> 0 AND kind <> 'claim' AND kind <> 'release';
CREATE INDEX change_log_claim ON change_log(revision >> 12, ticket)
	WHERE kind = 'claim' OR kind = 'release';
-- What makes a loaded directory stale, beside preferences; a token that ends, so that nobody goes on
-- with it.
CREATE INDEX change_log_directory ON change_log(revision) WHERE ticket = 0 AND kind IN (
	'operator', 'team', 'calendar', 'target', 'answer', 'reason', 'setting',
	'sign_in', 'sign_out', 'pause', 'resume', 'password', 'session', 'token_add', 'token_revoke');

-- What a merge, a split, a merge of customers moved, so that it can be moved back.
CREATE TABLE moved(
	revision BIGINT NOT NULL,
	what TEXT NOT NULL,
	row BIGINT NOT NULL,
	former BIGINT NOT NULL,
	PRIMARY KEY(revision, what, row)
) WITHOUT ROWID;

CREATE TABLE counter(
	team BIGINT NOT NULL,
	state BIGINT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY(team, state)
) WITHOUT ROWID;

-- Row number: id of the message, note or question. about: subject, customer's name and addresses;
-- both folded. Kept by store/text_index.h.
CREATE VIRTUAL TABLE text_index USING fts5(
	text, about,
	content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
