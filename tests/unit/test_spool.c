#include "test.h"

#include "atende/spool.h"
#include "base/file.h"
#include "base/mem.h"
#include "support/desk.h"

#include <dirent.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANA = 3 };

static struct spool *spool_of(struct desk *desk, const char *login)
{
	return spool_open(desk, desk_path(desk, "drafts"), desk->file, login);
}

static struct draft draft_with(const char *text)
{
	return (struct draft){.ticket = 1001,
		.kind = DRAFT_REPLY,
		.text = (char *)text,
		.generation = 17,
		.seen = 5,
		.updated_at = 1763800000000};
}

static void save(struct spool *spool, const struct draft *draft)
{
	struct error err = {0};
	if (!spool_save(spool, draft, &err)) {
		fail_msg("%s", err.text);
	}
}

static struct draft_list read_all(struct desk *desk, struct spool *spool, size_t *bad)
{
	struct draft_list drafts;
	struct error err = {0};
	assert_true(spool_read(spool, desk, ANA, &drafts, bad, &err));
	return drafts;
}

#define KEY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void files_and_address_go_with_it(void **state)
{
	struct spool *spool = spool_of(*state, "ana");
	struct attachment files[] = {
		{.name = (char *)"nota fiscal (2).pdf",
			.media_type = (char *)"application/pdf",
			.size_bytes = 84000,
			.blob = (char *)KEY},
		{.name = (char *)"田中.png",
			.media_type = (char *)"image/png",
			.blob = (char *)KEY},
	};
	struct draft draft = draft_with("Segue anexo.");
	draft.address = (char *)"joao@exemplo.com";
	draft.attachments = (struct attachment_list){2, files};
	save(spool, &draft);
	size_t bad;
	struct draft_list drafts = read_all(*state, spool, &bad);
	assert_int_equal(drafts.count, 1);
	const struct draft *back = &drafts.drafts[0];
	assert_string_equal(back->text, "Segue anexo.");
	assert_string_equal(back->address, "joao@exemplo.com");
	assert_int_equal(back->attachments.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct attachment *file = &back->attachments.items[i];
		assert_string_equal(file->name, files[i].name);
		assert_string_equal(file->media_type, files[i].media_type);
		assert_string_equal(file->blob, files[i].blob);
		assert_int_equal(file->size_bytes, files[i].size_bytes);
	}
}

static void what_is_saved_is_read(void **state)
{
	static const char *const texts[] = {"", "\n", "Olá Maria,\n\n\tbom dia\n",
		"atende-draft 1\nticket 9\n\nx", "ticket 7\nkind note\n", "田中 👩‍💻"};
	struct spool *spool = spool_of(*state, "ana");
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct draft draft = draft_with(texts[i]);
		size_t bad;
		save(spool, &draft);
		struct draft_list drafts = read_all(*state, spool, &bad);
		assert_int_equal(bad, 0);
		assert_int_equal(drafts.count, 1);
		assert_string_equal(drafts.drafts[0].text, texts[i]);
		assert_int_equal(drafts.drafts[0].ticket, 1001);
		assert_int_equal(drafts.drafts[0].kind, DRAFT_REPLY);
		assert_int_equal(drafts.drafts[0].generation, 17);
		assert_int_equal(drafts.drafts[0].seen, 5);
		assert_int_equal(drafts.drafts[0].updated_at, 1763800000000);
		assert_int_equal(drafts.drafts[0].operator_id, ANA);
	}
}

static void kinds_and_tickets_are_apart(void **state)
{
	struct spool *spool = spool_of(*state, "ana");
	struct draft reply = draft_with("reply"), note = draft_with("note");
	struct draft other = draft_with("other");
	note.kind = DRAFT_NOTE;
	other.ticket = 100;
	save(spool, &reply);
	save(spool, &note);
	save(spool, &other);
	assert_int_equal(read_all(*state, spool, NULL).count, 3);
	assert_true(spool_remove(spool, 1001, DRAFT_REPLY, NULL));
	assert_true(spool_remove(spool, 1001, DRAFT_REPLY, NULL));
	assert_int_equal(read_all(*state, spool, NULL).count, 2);
}

/* Also of one whose login begins with another's. */
static void others_drafts_stay_theirs(void **state)
{
	static const char *const logins[] = {"ana", "ana-maria", "ana-1001", "an"};
	struct desk *desk = *state;
	for (size_t i = 0; i < ARRAY_LEN(logins); i++) {
		struct draft draft = draft_with(logins[i]);
		save(spool_of(desk, logins[i]), &draft);
	}
	struct draft elsewhere = draft_with("elsewhere");
	char *other_desk = desk_path(desk, "other.db");
	save(spool_open(desk, desk_path(desk, "drafts"), other_desk, "ana"), &elsewhere);
	for (size_t i = 0; i < ARRAY_LEN(logins); i++) {
		size_t bad;
		struct draft_list drafts = read_all(desk, spool_of(desk, logins[i]), &bad);
		assert_int_equal(bad, 0);
		assert_int_equal(drafts.count, 1);
		assert_string_equal(drafts.drafts[0].text, logins[i]);
	}
}

static void one_desk_by_many_paths(void **state)
{
	struct desk *desk = *state;
	struct draft draft = draft_with("text");
	desk_write(desk, "desk.db", "");
	save(spool_of(desk, "ana"), &draft);
	char *folder = desk_path(desk, "drafts");
	char *path = mem_printf(desk, "sqlite:%s/../drafts/../desk.db", folder);
	assert_int_equal(read_all(desk, spool_open(desk, folder, path, "ana"), NULL).count, 1);
}

/* How many files end so; the path of the last in *path. */
static size_t files_of(struct desk *desk, const char *end, char **path)
{
	size_t count = 0;
	DIR *folder = opendir(desk_path(desk, "drafts"));
	assert_non_null(folder);
	for (struct dirent *file; (file = readdir(folder)) != NULL;) {
		size_t length = strlen(file->d_name);
		if (length > strlen(end) && strcmp(file->d_name + length - strlen(end), end) == 0) {
			*path = mem_printf(desk, "%s/drafts/%s", desk->path, file->d_name);
			count++;
		}
	}
	closedir(folder);
	return count;
}

static char *file_of(struct desk *desk)
{
	char *path = NULL;
	assert_int_equal(files_of(desk, ".draft", &path), 1);
	return path;
}

static void damaged_files_are_put_aside(void **state)
{
	static const char *const files[] = {"", "hello", "atende-draft 2\n\ntext",
		"atende-draft 1\nticket x\n\ntext", "atende-draft 1\nticket 5",
		"atende-draft 1\nticket 1001\nkind reply",
		"atende-draft 1\nticket 1001\nkind poem\n\ntext",
		"atende-draft 1\nticket 9\nkind reply\n\nof another ticket"};
	struct desk *desk = *state;
	struct spool *spool = spool_of(desk, "ana");
	struct draft draft = draft_with("text");
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		size_t bad;
		save(spool, &draft);
		char *path = file_of(desk);
		struct error err = {0};
		assert_true(file_replace(path, files[i], strlen(files[i]), &err));
		assert_int_equal(read_all(desk, spool, &bad).count, 0);
		assert_int_equal(bad, 1);
		assert_int_equal(read_all(desk, spool, &bad).count, 0);
		assert_int_equal(bad, 0);
	}
	/* None has taken the place of another. */
	char *path;
	assert_int_equal(files_of(desk, ".bad", &path), ARRAY_LEN(files));
}

static void hostile_contents_come_clean(void **state)
{
	static const char bytes[] = "atende-draft 1\nticket 1001\nkind reply\n\n"
				    "a\x1B[31mb \xE2\x80\xAE \xFF c";
	struct desk *desk = *state;
	struct spool *spool = spool_of(desk, "ana");
	struct draft draft = draft_with("text");
	save(spool, &draft);
	assert_true(file_replace(file_of(desk), bytes, strlen(bytes), NULL));
	struct draft_list drafts = read_all(desk, spool, NULL);
	assert_int_equal(drafts.count, 1);
	assert_null(strchr(drafts.drafts[0].text, '\x1B'));
	assert_null(strstr(drafts.drafts[0].text, "\xE2\x80\xAE"));
	assert_non_null(strstr(drafts.drafts[0].text, "31m"));
}

/* A file where the folder should be: root may write anywhere else. */
static void failing_is_said(void **state)
{
	struct desk *desk = *state;
	struct draft draft = draft_with("text");
	struct error err = {0};
	struct draft_list drafts;
	desk_write(desk, "drafts", "");
	assert_false(spool_save(spool_of(desk, "ana"), &draft, &err));
	assert_non_null(strstr(err.arg[1], "/drafts"));
	assert_true(*err.arg[0] != '\0');
	err = (struct error){0};
	assert_false(spool_read(spool_of(desk, "ana"), desk, ANA, &drafts, NULL, &err));
	assert_int_equal(drafts.count, 0);
}

static int give_desk(void **state)
{
	*state = desk_create(NULL);
	return 0;
}

static int take_desk(void **state)
{
	talloc_free(*state);
	return 0;
}

static bool exists(struct desk *desk, const char *name)
{
	char *path = desk_path(desk, "drafts");
	char *file = mem_printf(desk, "%s/%s", path, name);
	return access(file, F_OK) == 0;
}

/* A process that is certainly over. */
static long dead_process(void)
{
	pid_t pid = fork();
	if (pid == 0) {
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	return (long)pid;
}

static void what_a_killed_console_was_about_to_write_is_removed(void **state)
{
	struct desk *desk = *state;
	struct spool *spool = spool_of(desk, "ana");
	struct draft draft = draft_with("all of it");
	save(spool, &draft);
	char *name = spool_name(spool, desk, 1001, DRAFT_REPLY);
	char *dead = mem_printf(desk, "%s.draft.%ld.new", name, dead_process());
	char *alive = mem_printf(desk, "%s.draft.%ld.new", name, (long)getppid());
	char *other = mem_printf(desk, "x%s", dead);
	desk_write(desk, mem_printf(desk, "drafts/%s", dead), "hal");
	desk_write(desk, mem_printf(desk, "drafts/%s", alive), "hal");
	desk_write(desk, mem_printf(desk, "drafts/%s", other), "hal");
	size_t bad;
	struct draft_list drafts = read_all(desk, spool, &bad);
	assert_int_equal(bad, 0);
	assert_int_equal(drafts.count, 1);
	assert_string_equal(drafts.drafts[0].text, "all of it");
	assert_false(exists(desk, dead));
	assert_true(exists(desk, alive));
	assert_true(exists(desk, other));
}

#define ON_A_DESK(test) cmocka_unit_test_setup_teardown(test, give_desk, take_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_DESK(what_is_saved_is_read),
		ON_A_DESK(files_and_address_go_with_it),
		ON_A_DESK(kinds_and_tickets_are_apart),
		ON_A_DESK(others_drafts_stay_theirs),
		ON_A_DESK(one_desk_by_many_paths),
		ON_A_DESK(damaged_files_are_put_aside),
		ON_A_DESK(hostile_contents_come_clean),
		ON_A_DESK(failing_is_said),
		ON_A_DESK(what_a_killed_console_was_about_to_write_is_removed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
