#include "far.h"

#include "base/mem.h"
#include "store/copy.h"
#include "store/drivers.h"
#include "store/replica.h"
#include "store/replica_parts.h"
#include "test.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

/* What a replica shows, with the line and without it. */

/* --- reading --- */

static void a_complete_copy_answers_without_the_line(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_DOWN);
	int calls = atomic_load(&fault_line.calls);
	struct counts counts;
	struct error err = {0};
	struct ticket_row row;
	assert_int_equal(far_list(ana, f).count, 1);
	assert_non_null(far_look(ana, f, number));
	assert_true(store_counts(ana, &counts, &err));
	assert_int_equal(counts.open, 1);
	assert_true(store_next(ana, f, &row, &err));
	assert_int_equal(row.ticket.number, number);
	assert_int_equal(atomic_load(&fault_line.calls), calls);
	store_close(ana);
}

/* What a part of the copy says of rows and numbers would be taken for what the desk says. */
static void an_incomplete_copy_tells_nothing_gone(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	struct queue_page page;
	struct counts counts;
	struct error err = {0};
	assert_true(store_rows(ana, f, &number, 1, &page, &err));
	assert_int_equal(page.count, 1);
	far_mode(FAULT_DOWN);
	assert_false(store_rows(ana, f, &number, 1, &page, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	err = (struct error){0};
	assert_false(store_counts(ana, &counts, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	store_close(ana);
}

static void it_opens_without_the_line_when_there_is_a_copy(void **state)
{
	struct fixture *f = *state;
	struct store *store = NULL;
	struct error err = {0};
	fixture_ticket(f, "maria@example.com", "entrega");
	far_mode(FAULT_DOWN);
	assert_false(far_try_open(f, "ana", true, &store, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	far_mode(FAULT_NONE);
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	store_close(ana);
	far_mode(FAULT_DOWN);
	ana = far_open(f, "ana", true);
	assert_int_equal(far_list(ana, f).count, 1);
	assert_int_equal(store_actor(ana), fixture_id(f, "ana"));
	store_close(ana);
}

/* --- searching and files --- */

static struct search_page found(struct store *store, const void *mem, const char *text)
{
	struct search_page page;
	struct error err = {0};
	struct search_query query = {.text = text};
	if (!store_search(store, mem, &query, &page, &err)) {
		fail_msg("%s", error_sentence(mem, &err, NULL));
	}
	return page;
}

static void a_search_without_the_line_says_what_it_looked_in(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	int64_t other = fixture_ticket(f, "joao@example.com", "entrega");
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "Ligação caiu"});
	fixture_do(f, "ana", (struct change){.kind = CHANGE_RESOLVE, .ticket = other});
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	struct search_page page = found(ana, f, "ligacao");
	assert_int_equal(page.count, 1);
	assert_int_equal(page.copied_at, 0);
	far_mode(FAULT_DOWN);
	f->now += MS_MINUTE;
	page = found(ana, f, "ligacao");
	assert_int_equal(page.count, 1);
	assert_int_equal(page.rows[0].ticket.number, number);
	assert_int_equal(page.copied_at, f->now - MS_MINUTE);
	assert_int_equal(page.copied, 1);
	assert_int_equal(found(ana, f, "maria").count, 1);
	assert_int_equal(found(ana, f, "joao").count, 0);
	/* What was read since is found the next time. */
	far_mode(FAULT_NONE);
	far_step(ana);
	assert_non_null(far_look(ana, f, other));
	far_mode(FAULT_DOWN);
	page = found(ana, f, "joao");
	assert_int_equal(page.count, 1);
	assert_int_equal(page.copied, 2);
	store_close(ana);
}

/* A note with this file; gives the key of its content. */
static char *add_file(struct fixture *f, int64_t number, const void *bytes, size_t size)
{
	char *key;
	struct error err = {0};
	assert_true(store_blob_put(fixture_as(f, "bruno"), f, bytes, size, &key, &err));
	struct attachment file = {.name = (char *)"a.bin",
		.media_type = (char *)"application/octet-stream",
		.size_bytes = (int64_t)size,
		.blob = key};
	fixture_do(f, "bruno",
		(struct change){.kind = CHANGE_NOTE,
			.ticket = number,
			.text = "com arquivo",
			.attachments = {1, &file}});
	return key;
}

static bool reads(
	struct fixture *f, struct store *store, int64_t number, const char *key, struct error *err)
{
	char *bytes;
	size_t size;
	*err = (struct error){0};
	return store_blob_get(store, f, number, key, &bytes, &size, err);
}

static void a_file_that_was_read_can_be_read_without_the_line(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct error err;
	char *seen = add_file(f, number, "visto\0!", 7), *unseen = add_file(f, number, "nunca", 5);
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	assert_true(reads(f, ana, number, seen, &err));
	far_mode(FAULT_DOWN);
	char *bytes;
	size_t size;
	assert_true(store_blob_get(ana, f, number, seen, &bytes, &size, &err));
	assert_int_equal(size, 7);
	assert_memory_equal(bytes, "visto\0!", 7);
	assert_false(reads(f, ana, number, unseen, &err));
	assert_string_equal(err.reason, "offline");
	assert_non_null(strstr(error_sentence(f, &err, NULL), "not in the copy"));
	store_close(ana);
	ana = far_open(f, "ana", true);
	assert_true(reads(f, ana, number, seen, &err));
	/* Only of the ticket that has it. */
	assert_false(reads(f, ana, number + 1, seen, &err));
	store_close(ana);
}

static struct store *open_copy(struct fixture *f)
{
	char *location = mem_printf(f, "fault:%s", strchr(f->location, ':') + 1);
	char *dir = replica_dir(f, mem_printf(f, "%s/copies", f->dir), location, "ana");
	struct clock clock = clock_system();
	struct store *copy;
	struct error err = {0};
	assert_true(copy_open(NULL, mem_printf(f, "%s/copy.db", dir), &clock, &copy, &err));
	return copy;
}

static int64_t number_of(struct store *copy, const char *query)
{
	int64_t number;
	struct error err = {0};
	assert_true(sql_exec_int(desk_of(copy)->sql, query, &number, &err));
	return number;
}

static void a_file_of_what_one_may_see_no_more_is_gone(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct error err;
	char *key = add_file(f, number, "segredo", 7);
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	assert_true(reads(f, ana, number, key, &err));
	struct store *copy = open_copy(f);
	assert_int_equal(number_of(copy, "SELECT count(*) FROM blob_part"), 1);
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_TRANSFER, .ticket = number, .team = f->cobranca});
	far_step(ana);
	assert_false(reads(f, ana, number, key, &err));
	assert_int_equal(number_of(copy, "SELECT count(*) FROM blob_part"), 0);
	assert_int_equal(number_of(copy, "SELECT count(*) FROM copy_file"), 0);
	store_close(copy);
	store_close(ana);
}

static void files_take_so_much_room_and_no_more(void **state)
{
	struct fixture *f = *state;
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	struct store *copy = open_copy(f);
	struct error err = {0};
	char *bytes = mem_array(f, char, COPY_FILE_MOST + 1);
	bool has;
	for (int i = 0; i < 6; i++) {
		char *key = mem_printf(f, "k%d", i);
		assert_true(copy_files_put(desk_of(copy), key, bytes, COPY_FILE_MOST, &err));
	}
	assert_true(copy_files_put(desk_of(copy), "long", bytes, COPY_FILE_MOST + 1, &err));
	assert_true(copy_files_has(desk_of(copy), "long", &has, &err));
	assert_false(has);
	assert_int_equal(
		number_of(copy, "SELECT sum(length(bytes)) FROM blob_part"), COPY_FILES_MOST);
	assert_true(copy_files_has(desk_of(copy), "k5", &has, &err));
	assert_true(has);
	store_close(copy);
	store_close(ana);
}

static void what_the_copy_has_not_is_refused_with_a_sentence(void **state)
{
	struct fixture *f = *state;
	struct store *ana = far_open(f, "ana", true);
	struct error err = {0};
	struct ticket_view view;
	far_step(ana);
	int64_t unknown = fixture_ticket(f, "rita@example.com", "entrega");
	far_mode(FAULT_DOWN);
	assert_false(store_ticket(ana, f, unknown, &view, &err));
	assert_string_equal(err.reason, "offline");
	assert_non_null(strstr(error_sentence(f, &err, NULL), "not in the copy"));
	far_mode(FAULT_NONE);
	far_step(ana);
	assert_non_null(far_look(ana, f, unknown));
	store_close(ana);
}

static void what_is_lost_from_sight_goes_from_the_copy(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_TRANSFER, .ticket = number, .team = f->cobranca});
	far_step(ana);
	far_mode(FAULT_DOWN);
	assert_int_equal(far_list(ana, f).count, 0);
	assert_null(far_look(ana, f, number));
	store_close(ana);
}

static void another_team_fills_the_copy_anew(void **state)
{
	struct fixture *f = *state;
	fixture_ticket(f, "maria@example.com", "entrega");
	int64_t other = fixture_ticket(f, "rita@example.com", "cobranca");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .value = "cobranca"});
	far_step(ana);
	far_step(ana);
	far_mode(FAULT_DOWN);
	struct queue_page page = far_list(ana, f);
	assert_int_equal(page.count, 1);
	assert_int_equal(page.rows[0].ticket.number, other);
	store_close(ana);
}

static int damage_one(const char *path, const struct stat *info, int flag, struct FTW *ftw)
{
	(void)info;
	if (flag != FTW_F || strcmp(path + ftw->base, "copy.db") != 0) {
		return 0;
	}
	FILE *file = fopen(path, "w");
	return file && fputs("rubbish", file) > 0 && fclose(file) == 0 ? 0 : -1;
}

static void a_damaged_copy_is_made_anew(void **state)
{
	struct fixture *f = *state;
	fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	store_close(ana);
	char *folder = mem_printf(f, "%s/copies", f->dir);
	assert_int_equal(nftw(folder, damage_one, 8, FTW_PHYS), 0);
	ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_DOWN);
	assert_int_equal(far_list(ana, f).count, 1);
	store_close(ana);
}

static int remove_desk(const char *path, const struct stat *info, int flag, struct FTW *ftw)
{
	(void)info;
	bool is_desk = flag == FTW_F && strncmp(path + ftw->base, "desk.db", 7) == 0;
	return is_desk ? remove(path) : 0;
}

/* Another desk lies where the one was that the copy is of. */
static void another_desk_fills_the_copy_anew(void **state)
{
	static const struct store_driver *const files[] = {&store_sqlite};
	struct fixture *f = *state;
	struct store_options options = {.create = true, .creator = "eva"};
	struct store *made, *eva;
	struct error err = {0};
	fixture_ticket(f, "maria@example.com", "entrega");
	eva = far_open(f, "eva", true);
	far_step(eva);
	assert_int_equal(far_list(eva, f).count, 1);
	far_mode(FAULT_DOWN);
	far_apply(eva, (struct change){.kind = CHANGE_NOTE, .ticket = 1001, .text = "x"});
	far_mode(FAULT_NONE);
	store_close(eva);
	fixture_rest(f);
	assert_int_equal(nftw(f->dir, remove_desk, 8, FTW_PHYS), 0);
	assert_true(store_open(NULL, f->location, files, 1, &options, &made, &err));
	store_close(made);
	fixture_wake(f);
	eva = far_open(f, "eva", true);
	far_step(eva);
	far_mode(FAULT_DOWN);
	assert_int_equal(far_list(eva, f).count, 0);
	struct pending_list kept = far_pending(eva, f);
	assert_int_equal(kept.count, 1);
	assert_true(kept.items[0].is_refused);
	store_close(eva);
}

static void nonsense_is_not_taken(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	struct error err = {0};
	far_step(ana);
	atomic_store(&fault_line.is_hostile, true);
	fixture_do(f, "bruno", (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_false(replica_step(ana, &err));
	assert_string_equal(err.reason, "record");
	assert_non_null(far_look(ana, f, number));
	atomic_store(&fault_line.is_hostile, false);
	far_step(ana);
	assert_int_equal(far_look(ana, f, number)->note_count, 1);
	store_close(ana);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_far(a_complete_copy_answers_without_the_line),
		with_far(an_incomplete_copy_tells_nothing_gone),
		with_far(it_opens_without_the_line_when_there_is_a_copy),
		with_far(a_search_without_the_line_says_what_it_looked_in),
		with_far(a_file_that_was_read_can_be_read_without_the_line),
		with_far(a_file_of_what_one_may_see_no_more_is_gone),
		with_far(files_take_so_much_room_and_no_more),
		with_far(what_the_copy_has_not_is_refused_with_a_sentence),
		with_far(what_is_lost_from_sight_goes_from_the_copy),
		with_far(another_team_fills_the_copy_anew),
		with_far(a_damaged_copy_is_made_anew),
		with_far(another_desk_fills_the_copy_anew),
		with_far(nonsense_is_not_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
