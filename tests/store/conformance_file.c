#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/attachment.h"
#include "test.h"

#include <string.h>

/* Files: their content by its key, who gets it, where they go with their texts, and when they are
 * gone. */

static struct attachment put(
	struct fixture *f, const char *login, const char *name, const char *text)
{
	struct attachment file = {.name = mem_strdup(f, name),
		.media_type = mem_strdup(f, "text/plain"),
		.size_bytes = (int64_t)strlen(text)};
	struct error err = {0};
	assert_true(store_blob_put(fixture_as(f, login), f, text, strlen(text), &file.blob, &err));
	return file;
}

static struct attachment_list one(struct fixture *f, const struct attachment *file)
{
	struct attachment_list list = {0};
	attachment_list_add(f, &list, file);
	return list;
}

static const char *content(
	struct fixture *f, const char *login, int64_t number, const struct attachment *file)
{
	char *bytes;
	size_t size;
	struct error err = {0};
	if (!store_blob_get(fixture_as(f, login), f, number, file->blob, &bytes, &size, &err)) {
		assert_int_equal(err.code, ERROR_NOT_FOUND);
		return NULL;
	}
	assert_int_equal(size, strlen(bytes));
	return bytes;
}

static struct result receive(struct fixture *f, int64_t number, const struct attachment *file)
{
	return fixture_do(f, "ana",
		(struct change){.kind = CHANGE_RECEIVE,
			.ticket = number,
			.text = "Segue",
			.attachments = one(f, file)});
}

static void assert_has(const struct attachment_list *list, const struct attachment *file)
{
	assert_int_equal(list->count, 1);
	assert_string_equal(list->items[0].name, file->name);
	assert_string_equal(list->items[0].media_type, file->media_type);
	assert_string_equal(list->items[0].blob, file->blob);
	assert_int_equal(list->items[0].size_bytes, file->size_bytes);
}

static void the_same_content_is_kept_once(void **state)
{
	struct fixture *f = *state;
	int64_t since = fixture_feed(f, NULL, -1).revision;
	struct attachment a = put(f, "ana", "a.txt", "conteúdo");
	struct attachment b = put(f, "bruno", "b.txt", "conteúdo");
	struct attachment c = put(f, "ana", "c.txt", "outro");
	assert_string_equal(a.blob, b.blob);
	assert_string_not_equal(a.blob, c.blob);
	assert_int_equal(fixture_feed(f, NULL, -1).revision, since); /* no change */
	/* SHA-256 of nothing, FIPS 180-4 */
	assert_string_equal(put(f, "ana", "d", "").blob,
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void every_text_has_its_files(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment a = put(f, "ana", "a.txt", "um"), b = put(f, "ana", "b.txt", "dois");
	receive(f, number, &a);
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_NOTE,
			.ticket = number,
			.text = "Nota",
			.attachments = one(f, &b)});
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_CALL,
			.ticket = number,
			.contact = CONTACT_ANSWERED,
			.attachments = one(f, &a)});
	struct change reply = fixture_reply(number, "Resposta", OUTCOME_WAIT);
	struct attachment both[] = {b, a};
	reply.seen = fixture_see(f, number)->newest_public;
	reply.attachments = (struct attachment_list){2, both};
	fixture_do(f, "ana", reply);
	const struct ticket_view *view = fixture_view(f, "bruno", number);
	assert_int_equal(view->message_count, 4);
	assert_int_equal(view->messages[0].attachments.count, 0);
	assert_has(&view->messages[1].attachments, &a);
	assert_has(&view->messages[2].attachments, &a);
	assert_int_equal(view->messages[3].attachments.count, 2);
	assert_string_equal(view->messages[3].attachments.items[0].name, "b.txt");
	assert_has(&view->notes[0].attachments, &b);
	struct change opening = {.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.address = "maria@exemplo.com",
		.subject = "S",
		.text = "T",
		.attachments = one(f, &a)};
	number = fixture_do(f, "ana", opening).ticket;
	assert_has(&fixture_view(f, "ana", number)->messages[0].attachments, &a);
}

static void a_file_that_is_not_there_or_ill_named_is_refused(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment file = put(f, "ana", "a.txt", "um");
	struct change note = {
		.kind = CHANGE_NOTE, .ticket = number, .text = "Nota", .attachments = {1, &file}};
	static const char *const names[] = {"../a", "/a", "", ".", "..", ".a", "a\nb", "a\x1B[m",
		"\xFF", "CON", "com1.txt", "a/b", "a\\b", "-a", " a", "a."};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		file.name = (char *)names[i];
		fixture_refuse(f, "ana", note, "file_name");
	}
	file.name = (char *)"a.txt";
	file.media_type = (char *)"text";
	fixture_refuse(f, "ana", note, "value");
	file.media_type = (char *)"text/plain";
	file.blob = (char *)"00";
	fixture_refuse(f, "ana", note, "value");
	file.blob = mem_strdup(f, put(f, "ana", "b", "b").blob);
	file.blob[0] = file.blob[0] == '0' ? '1' : '0';
	fixture_refuse(f, "ana", note, "no_blob");
	struct attachment *many = mem_array(f, struct attachment, ATTACHMENTS_MOST + 1);
	note.attachments = (struct attachment_list){ATTACHMENTS_MOST + 1, many};
	fixture_refuse(f, "ana", note, "files");
	assert_int_equal(fixture_see(f, number)->note_count, 0);
}

static void the_desk_says_how_large_a_file_may_be(void **state)
{
	struct fixture *f = *state;
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_SETTING, .key = "max_attachment", .value = "5"});
	char *key;
	struct error err = {0};
	put(f, "ana", "a.txt", "12345");
	assert_false(store_blob_put(fixture_as(f, "ana"), f, "123456", 6, &key, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_string_equal(err.reason, "file_size");
	assert_string_equal(err.arg[0], "5 B");
}

/* More than one part, and a part that ends where the content does. */
static void large_content_comes_back_whole(void **state)
{
	struct fixture *f = *state;
	static const size_t sizes[] = {1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		char *bytes = mem_array(f, char, sizes[i]), *back;
		size_t size;
		struct error err = {0};
		for (size_t k = 0; k < sizes[i]; k++) {
			bytes[k] = (char)(k * 7 + i);
		}
		struct attachment file = put(f, "ana", "a.bin", "");
		assert_true(
			store_blob_put(fixture_as(f, "ana"), f, bytes, sizes[i], &file.blob, &err));
		receive(f, number, &file);
		assert_true(store_blob_get(
			fixture_as(f, "ana"), f, number, file.blob, &back, &size, &err));
		assert_int_equal(size, sizes[i]);
		assert_memory_equal(bytes, back, size);
	}
}

static void content_is_for_who_sees_the_text(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t other = fixture_ticket(f, "maria@exemplo.com", "entrega");
	struct attachment file = put(f, "ana", "a.txt", "segredo");
	assert_null(content(f, "ana", number, &file)); /* of no text yet */
	receive(f, number, &file);
	assert_string_equal(content(f, "bruno", number, &file), "segredo");
	assert_string_equal(content(f, NULL, number, &file), "segredo");
	assert_null(content(f, "carla", number, &file)); /* another team's */
	assert_null(content(f, "bruno", other, &file));	 /* not on that ticket */
	assert_null(content(f, "bruno", 9999, &file));
}

static void a_draft_shows_its_files_to_who_sees_it(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment file = put(f, "ana", "a.txt", "rascunho");
	struct draft draft = {.ticket = number,
		.kind = DRAFT_REPLY,
		.text = (char *)"",
		.address = (char *)"joao@exemplo.com",
		.attachments = one(f, &file)};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err)); /* without a word */
	assert_has(&fixture_draft(f, "ana", number)->attachments, &file);
	assert_string_equal(fixture_draft(f, "ana", number)->address, "joao@exemplo.com");
	assert_string_equal(content(f, "ana", number, &file), "rascunho");
	assert_string_equal(content(f, "davi", number, &file), "rascunho");
	assert_null(content(f, "bruno", number, &file));
	fixture_claim(f, "bruno", number);
	assert_string_equal(content(f, "bruno", number, &file), "rascunho");
	draft.attachments.items[0].name = (char *)"../a";
	assert_false(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	assert_string_equal(err.reason, "file_name");
}

static void a_text_that_is_taken_on_brings_its_files(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment a = put(f, "ana", "a.txt", "um"), b = put(f, "ana", "b.txt", "dois");
	struct draft theirs = {.ticket = number,
		.kind = DRAFT_REPLY,
		.text = (char *)"Dela",
		.attachments = {1, &a}};
	struct draft mine = {.ticket = number,
		.kind = DRAFT_REPLY,
		.text = (char *)"Meu",
		.attachments = {1, &b}};
	assert_true(store_draft_save(fixture_as(f, "ana"), &theirs, &err));
	assert_true(store_draft_save(fixture_as(f, "bruno"), &mine, &err));
	fixture_claim(f, "bruno", number);
	assert_true(store_draft_adopt(
		fixture_as(f, "bruno"), number, fixture_id(f, "ana"), DRAFT_REPLY, &err));
	const struct draft *draft = fixture_draft(f, "bruno", number);
	assert_string_equal(draft->text, "Meu\n\nDela");
	assert_int_equal(draft->attachments.count, 2);
	struct draft_list bin;
	assert_true(store_drafts(fixture_as(f, "ana"), f, true, &bin, &err));
	assert_has(&bin.drafts[0].attachments, &a);
	assert_true(store_draft_restore(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	assert_has(&fixture_draft(f, "ana", number)->attachments, &a);
}

static void a_refused_and_an_undone_reply_keep_their_files(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment file = put(f, "ana", "a.txt", "um");
	struct change reply = fixture_reply(number, "Segue", OUTCOME_WAIT);
	reply.attachments = one(f, &file);
	reply.seen = 1;
	fixture_refuse(f, "ana", reply, "unseen");
	assert_has(&fixture_draft(f, "ana", number)->attachments, &file);
	reply.seen = fixture_see(f, number)->newest_public;
	struct result sent = fixture_do(f, "ana", reply);
	assert_null(fixture_draft(f, "ana", number));
	fixture_do(f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = sent.revision});
	assert_has(&fixture_draft(f, "ana", number)->attachments, &file);
	assert_string_equal(fixture_draft(f, "ana", number)->address, "joao@exemplo.com");
}

/* What was left out of the send was meant for something. */
static void a_draft_with_another_file_goes_to_the_bin(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment file = put(f, "ana", "a.txt", "um");
	struct draft draft = {.ticket = number,
		.kind = DRAFT_REPLY,
		.text = (char *)"Segue",
		.attachments = {1, &file}};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	fixture_do(f, "ana", fixture_reply(number, "Segue", OUTCOME_WAIT));
	struct draft_list bin;
	assert_null(fixture_draft(f, "ana", number));
	assert_true(store_drafts(fixture_as(f, "ana"), f, true, &bin, &err));
	assert_int_equal(bin.count, 1);
	assert_has(&bin.drafts[0].attachments, &file);
}

static void files_move_with_their_texts(void **state)
{
	struct fixture *f = *state;
	int64_t one_ = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t two = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment file = put(f, "ana", "a.txt", "um");
	f->now += MS_MINUTE;
	int64_t message = receive(f, one_, &file).revision;
	struct result merge = fixture_do(
		f, "ana", (struct change){.kind = CHANGE_MERGE, .ticket = one_, .other = two});
	assert_null(content(f, "ana", one_, &file));
	assert_string_equal(content(f, "ana", two, &file), "um");
	assert_has(&fixture_view(f, "ana", two)->messages[2].attachments, &file);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = merge.revision});
	assert_null(content(f, "ana", two, &file));
	assert_has(&fixture_view(f, "ana", one_)->messages[1].attachments, &file);
	struct result split = fixture_do(f, "ana",
		(struct change){
			.kind = CHANGE_SPLIT, .ticket = one_, .message = message, .subject = "S"});
	assert_has(&fixture_view(f, "ana", split.ticket)->messages[0].attachments, &file);
	assert_null(content(f, "ana", one_, &file));
}

/* Whether its content is there: a draft that names what is gone has no file. */
static bool is_kept(struct fixture *f, const struct attachment *file)
{
	int64_t number = fixture_ticket(f, "fila@exemplo.com", "entrega");
	struct draft draft = {.ticket = number,
		.kind = DRAFT_REPLY,
		.text = (char *)"?",
		.attachments = one(f, file)};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "bruno"), &draft, &err));
	bool kept = content(f, "bruno", number, file) != NULL;
	assert_int_equal(fixture_draft(f, "bruno", number)->attachments.count, kept ? 1 : 0);
	draft.attachments.count = 0;
	assert_true(store_draft_save(fixture_as(f, "bruno"), &draft, &err));
	return kept;
}

static void content_that_nobody_has_is_gone_after_a_day(void **state)
{
	struct fixture *f = *state;
	fixture_do(f, "eva", (struct change){.kind = CHANGE_SETTING, .key = "bin", .value = "0s"});
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct attachment lost = put(f, "ana", "lost", "1"), sent = put(f, "ana", "sent", "2"),
			  kept = put(f, "ana", "draft", "3"), again = put(f, "ana", "again", "4");
	struct draft draft = {.ticket = number,
		.kind = DRAFT_REPLY,
		.text = (char *)"Segue",
		.attachments = one(f, &kept)};
	struct error err = {0};
	receive(f, number, &sent);
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	f->now += MS_DAY - MS_HOUR;
	put(f, "ana", "again", "4");
	assert_true(is_kept(f, &lost));
	f->now += 2 * MS_HOUR;
	fixture_ticket(f, "maria@exemplo.com", "entrega"); /* whoever writes next */
	assert_false(is_kept(f, &lost));
	assert_true(is_kept(f, &again));
	assert_true(is_kept(f, &sent));
	assert_true(is_kept(f, &kept));
	/* The draft is thrown away, its time in the bin is over: then the file goes, too. */
	assert_true(store_draft_discard(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	f->now += 3 * MS_DAY;
	assert_true(store_draft_discard(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	fixture_ticket(f, "maria@exemplo.com", "entrega");
	f->now += 3 * MS_DAY;
	fixture_ticket(f, "maria@exemplo.com", "entrega");
	assert_false(is_kept(f, &kept));
	assert_string_equal(content(f, "ana", number, &sent), "2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(the_same_content_is_kept_once),
		with_fixture(every_text_has_its_files),
		with_fixture(a_file_that_is_not_there_or_ill_named_is_refused),
		with_fixture(the_desk_says_how_large_a_file_may_be),
		with_fixture(large_content_comes_back_whole),
		with_fixture(content_is_for_who_sees_the_text),
		with_fixture(a_draft_shows_its_files_to_who_sees_it),
		with_fixture(a_text_that_is_taken_on_brings_its_files),
		with_fixture(a_refused_and_an_undone_reply_keep_their_files),
		with_fixture(a_draft_with_another_file_goes_to_the_bin),
		with_fixture(files_move_with_their_texts),
		with_fixture(content_that_nobody_has_is_gone_after_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
