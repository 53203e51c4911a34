#include "atende/spool.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/attachment.h"
#include "core/name.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_LINE "atende-draft 1\n"
#define SUFFIX ".draft"

enum { DRAFT_MAX_BYTES = 32 * 1024 * 1024, DESK_DIGITS = 12 };

struct spool {
	char *folder;
	char *prefix; /* of the names of this desk's and operator's files */
};

/* The same desk by whatever path. */
static char *desk_word(const void *mem, const char *desk)
{
	const char *path = strncmp(desk, "sqlite:", 7) == 0 ? desk + 7 : desk;
	char *real = realpath(path, NULL);
	struct digest digest;
	unsigned char bytes[DIGEST_SIZE];
	char *word = mem_strdup(mem, "");
	digest_init(&digest);
	digest_text(&digest, real ? real : path);
	digest_finish(&digest, bytes);
	free(real);
	for (size_t i = 0; i < DESK_DIGITS / 2; i++) {
		word = mem_check(talloc_asprintf_append_buffer(word, "%02x", bytes[i]));
	}
	return word;
}

struct spool *spool_open(const void *mem, const char *folder, const char *desk, const char *login)
{
	struct spool *spool = mem_new(mem, struct spool);
	char *word = desk_word(spool, desk);
	spool->folder = mem_strdup(spool, folder);
	spool->prefix = mem_printf(spool, "%s-%s-", word, login);
	return spool;
}

char *spool_name(struct spool *spool, const void *mem, int64_t ticket, enum draft_kind kind)
{
	return mem_printf(mem, "%s%" PRId64 "-%s", spool->prefix, ticket,
		name_of(&draft_kind_names, (int)kind));
}

static char *path_of(struct spool *spool, const void *mem, int64_t ticket, enum draft_kind kind)
{
	char *name = spool_name(spool, NULL, ticket, kind);
	char *path = mem_printf(mem, "%s/%s" SUFFIX, spool->folder, name);
	talloc_free(name);
	return path;
}

/* The lines that only some drafts have. */
static char *more_lines(const void *mem, const struct draft *draft)
{
	bool has_address = draft->address && *draft->address;
	char *lines =
		has_address ? mem_printf(mem, "address %s\n", draft->address) : mem_strdup(mem, "");
	for (size_t i = 0; i < draft->attachments.count; i++) {
		const struct attachment *file = &draft->attachments.items[i];
		lines = mem_check(
			talloc_asprintf_append_buffer(lines, "attachment %s %" PRId64 " %s %s\n",
				file->blob, file->size_bytes, file->media_type, file->name));
	}
	return lines;
}

bool spool_save(struct spool *spool, const struct draft *draft, struct error *err)
{
	void *work = mem_context(NULL);
	char *path = path_of(spool, work, draft->ticket, draft->kind);
	char *bytes = mem_printf(work,
		FIRST_LINE "ticket %" PRId64 "\nkind %s\ngeneration %" PRId64 "\nseen %" PRId64
			   "\nupdated_at %" PRId64 "\n%s\n%s",
		draft->ticket, name_of(&draft_kind_names, (int)draft->kind), draft->generation,
		draft->seen, draft->updated_at, more_lines(work, draft), draft->text);
	struct error fault = {0};
	bool ok = file_make_dirs(spool->folder, &fault) &&
		  file_replace(path, bytes, strlen(bytes), &fault);
	talloc_free(work);
	/* One line must say it: what it means first, the long path last. */
	return ok || error_set(err, ERROR_INTERNAL,
			     N_("the text is not kept safe on this machine: {0}; see to {1}"),
			     fault.arg[1], spool->folder, NULL);
}

bool spool_remove(struct spool *spool, int64_t ticket, enum draft_kind kind, struct error *err)
{
	char *path = path_of(spool, NULL, ticket, kind);
	bool ok = unlink(path) == 0 || errno == ENOENT;
	if (!ok) {
		error_set(err, ERROR_INVALID,
			N_("the draft {0} cannot be removed: {1}; remove it by hand"), path,
			strerror(errno), NULL);
	}
	talloc_free(path);
	return ok;
}

/* --- reading --- */

static bool take_number(const char *value, int64_t *number)
{
	char *end;
	errno = 0;
	long long parsed = strtoll(value, &end, 10);
	*number = parsed;
	return end != value && !*end && errno == 0 && parsed >= 0;
}

/* The next word of a line, cut off in place; NULL at its end. */
static char *take_word(char **line)
{
	char *word = *line;
	char *blank = word ? strchr(word, ' ') : NULL;
	if (blank) {
		*blank++ = '\0';
	}
	*line = blank;
	return word;
}

static bool take_attachment(const void *mem, struct draft *draft, char *line)
{
	struct attachment file = {.blob = take_word(&line)};
	const char *size = take_word(&line);
	file.media_type = take_word(&line);
	file.name = line;
	struct attachment_list one = {1, &file};
	if (!line || !take_number(size, &file.size_bytes) || !attachment_list_check(&one, NULL)) {
		return false;
	}
	attachment_list_add(mem, &draft->attachments, &file);
	return true;
}

static bool take_value(const void *mem, struct draft *draft, const char *name, char *value)
{
	if (strcmp(name, "attachment") == 0) {
		return take_attachment(mem, draft, value);
	}
	if (strcmp(name, "address") == 0) {
		draft->address = text_clean_line(mem, value, strlen(value), NULL);
		return true;
	}
	const struct {
		const char *name;
		int64_t *number;
	} numbers[] = {{"ticket", &draft->ticket}, {"generation", &draft->generation},
		{"seen", &draft->seen}, {"updated_at", &draft->updated_at}};
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		if (strcmp(numbers[i].name, name) == 0) {
			return take_number(value, numbers[i].number);
		}
	}
	int kind;
	if (strcmp(name, "kind") == 0 && name_find(&draft_kind_names, value, &kind)) {
		draft->kind = (enum draft_kind)kind;
		return true;
	}
	return false;
}

/* Takes bytes apart in place. */
static bool parse(const void *mem, char *bytes, size_t size, struct draft *draft)
{
	if (strlen(bytes) != size || strncmp(bytes, FIRST_LINE, strlen(FIRST_LINE)) != 0) {
		return false;
	}
	char *line = bytes + strlen(FIRST_LINE);
	draft->address = mem_strdup(mem, "");
	while (*line != '\n') {
		char *value = strchr(line, ' ');
		char *end = strchr(line, '\n');
		if (!end || !value || value > end) {
			return false;
		}
		*value = '\0';
		*end = '\0';
		if (!take_value(mem, draft, line, value + 1)) {
			return false;
		}
		line = end + 1;
	}
	draft->text = text_clean(mem, line + 1, strlen(line + 1), NULL);
	return draft->kind != DRAFT_NONE && (draft->ticket > 0 || draft->kind == DRAFT_MEMO);
}

/* The whole name, for a login may begin with another: "ana-maria" is not "ana". */
bool spool_is_named(
	const struct spool *spool, const char *name, struct draft *draft, const char **rest)
{
	size_t prefix = strlen(spool->prefix);
	if (strncmp(name, spool->prefix, prefix) != 0) {
		return false;
	}
	char *number = mem_strndup(NULL, name + prefix, strcspn(name + prefix, "."));
	char *word = strchr(number, '-');
	int kind = DRAFT_NONE;
	bool ok = word != NULL;
	*rest = name + prefix + strlen(number);
	if (ok) {
		*word++ = '\0';
		ok = take_number(number, &draft->ticket) &&
		     name_find(&draft_kind_names, word, &kind);
	}
	draft->kind = (enum draft_kind)kind;
	talloc_free(number);
	return ok;
}

/* Under a name that no other has. Where the folder may not be written the file stays as it is. */
static void put_aside(const char *path)
{
	char *aside = mem_printf(NULL, "%s.bad", path);
	for (int i = 2; access(aside, F_OK) == 0; i++) {
		talloc_free(aside);
		aside = mem_printf(NULL, "%s.%d.bad", path, i);
	}
	int rc = rename(path, aside);
	(void)rc;
	talloc_free(aside);
}

static bool read_one(struct spool *spool, const void *mem, const char *name, struct draft *draft)
{
	char *path = mem_printf(NULL, "%s/%s", spool->folder, name);
	const struct draft named = *draft;
	char *bytes;
	size_t size;
	bool ok = file_read(path, path, DRAFT_MAX_BYTES, &bytes, &size, NULL) &&
		  parse(mem, bytes, size, draft) && draft->ticket == named.ticket &&
		  draft->kind == named.kind;
	if (!ok) {
		put_aside(path);
	}
	talloc_free(path);
	return ok;
}

static void remove_file(struct spool *spool, const char *name)
{
	char *path = mem_printf(NULL, "%s/%s", spool->folder, name);
	unlink(path);
	talloc_free(path);
}

/* ".draft.123.new": being written when its console, the process 123, was killed. */
static bool is_left_over(const char *rest)
{
	char *end;
	if (strncmp(rest, SUFFIX ".", strlen(SUFFIX) + 1) != 0) {
		return false;
	}
	long pid = strtol(rest + strlen(SUFFIX) + 1, &end, 10);
	return strcmp(end, ".new") == 0 && pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

bool spool_read(struct spool *spool, const void *mem, int64_t operator_id,
	struct draft_list *drafts, size_t *bad_count, struct error *err)
{
	*drafts = (struct draft_list){0};
	size_t bad = 0;
	DIR *folder = opendir(spool->folder);
	if (!folder && errno != ENOENT) {
		return error_set(err, ERROR_INVALID,
			N_("the drafts in {0} cannot be read: {1}; correct its permissions"),
			spool->folder, strerror(errno), NULL);
	}
	for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
		struct draft draft = {.operator_id = operator_id};
		const char *rest;
		if (!spool_is_named(spool, entry->d_name, &draft, &rest)) {
			continue;
		}
		if (is_left_over(rest)) {
			remove_file(spool, entry->d_name);
		}
		if (strcmp(rest, SUFFIX) != 0) {
			continue;
		}
		if (!read_one(spool, mem, entry->d_name, &draft)) {
			bad++;
			continue;
		}
		drafts->drafts = mem_grow(mem, drafts->drafts, struct draft, drafts->count + 1);
		drafts->drafts[drafts->count++] = draft;
	}
	if (folder) {
		closedir(folder);
	}
	if (bad_count) {
		*bad_count = bad;
	}
	return true;
}
