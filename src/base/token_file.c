#include "base/token_file.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/secret.h"

#include <libgen.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "desk TAB login TAB token" a line, the newest last. */
enum { FILE_MOST = 1024 * 1024 };

struct line {
	char *desk, *login, *token;
};

struct lines {
	void *mem;
	char *path;
	size_t count;
	struct line *items;
};

static bool is_ours_alone(const char *path, bool *is_there, struct error *err)
{
	struct stat info;
	*is_there = lstat(path, &info) == 0;
	bool ok = !*is_there || (S_ISREG(info.st_mode) && info.st_uid == getuid() &&
					!(info.st_mode & (S_IRWXG | S_IRWXO)));
	return ok ||
	       error_set_reason(err, ERROR_DENIED, "token_file",
		       N_("others can read your tokens in {0}; remove it, revoke the tokens and "
			  "sign in again"),
		       path, NULL);
}

static char *next_field(char **at)
{
	char *field = *at;
	size_t size = strcspn(field, "\t\n");
	*at = field[size] == '\t' ? field + size + 1 : field + size;
	field[size] = '\0';
	return field;
}

static void parse(struct lines *lines, char *text)
{
	for (char *line = text, *next; *line; line = next) {
		size_t size = strcspn(line, "\n");
		next = line[size] ? line + size + 1 : line + size;
		line[size] = '\0';
		char *at = line;
		struct line item = {next_field(&at), next_field(&at), next_field(&at)};
		if (*item.token) {
			lines->items =
				mem_grow(lines->mem, lines->items, struct line, lines->count + 1);
			lines->items[lines->count++] = item;
		}
	}
}

static bool load(struct lines *lines, struct error *err)
{
	bool is_there;
	char *text;
	size_t size;
	*lines = (struct lines){.mem = mem_context(NULL)};
	lines->path = paths_state(lines->mem, "tokens");
	if (!is_ours_alone(lines->path, &is_there, err)) {
		return false;
	}
	if (!is_there) {
		return true;
	}
	if (!file_read(lines->mem, lines->path, FILE_MOST, &text, &size, err)) {
		return false;
	}
	parse(lines, text);
	return true;
}

static void forget(struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		secret_wipe_text(lines->items[i].token);
	}
	talloc_free(lines->mem);
}

static bool save(const struct lines *lines, struct error *err)
{
	char *text = mem_strdup(lines->mem, "");
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->items[i];
		text = mem_check(talloc_asprintf_append_buffer(
			text, "%s\t%s\t%s\n", line->desk, line->login, line->token));
	}
	bool ok = file_make_dirs(dirname(mem_strdup(lines->mem, lines->path)), err) &&
		  file_replace(lines->path, text, strlen(text), err);
	secret_wipe_text(text);
	return ok;
}

/* "https://desk.example/" is "https://desk.example". */
static bool is_desk(const struct line *line, const char *desk)
{
	size_t a = strlen(line->desk), b = strlen(desk);
	a -= a > 0 && line->desk[a - 1] == '/';
	b -= b > 0 && desk[b - 1] == '/';
	return a == b && strncmp(line->desk, desk, a) == 0;
}

static void drop(struct lines *lines, size_t at)
{
	secret_wipe_text(lines->items[at].token);
	lines->count--;
	memmove(&lines->items[at], &lines->items[at + 1],
		(lines->count - at) * sizeof *lines->items);
}

bool token_file_get(
	const void *mem, const char *desk, const char *login, char **token, struct error *err)
{
	struct lines lines;
	bool ok = load(&lines, err);
	*token = NULL;
	for (size_t i = lines.count; ok && i-- > 0 && !*token;) {
		const struct line *line = &lines.items[i];
		if (is_desk(line, desk) && (!login || strcmp(line->login, login) == 0)) {
			*token = mem_strdup(mem, line->token);
		}
	}
	forget(&lines);
	return ok;
}

bool token_file_put(const char *desk, const char *login, const char *token, struct error *err)
{
	struct lines lines;
	bool ok = load(&lines, err);
	for (size_t i = lines.count; ok && i-- > 0;) {
		if (is_desk(&lines.items[i], desk) && strcmp(lines.items[i].login, login) == 0) {
			drop(&lines, i);
		}
	}
	if (ok) {
		lines.items = mem_grow(lines.mem, lines.items, struct line, lines.count + 1);
		lines.items[lines.count++] = (struct line){mem_strdup(lines.mem, desk),
			mem_strdup(lines.mem, login), mem_strdup(lines.mem, token)};
		ok = save(&lines, err);
	}
	forget(&lines);
	return ok;
}

bool token_file_remove(const char *desk, const char *token, struct error *err)
{
	struct lines lines;
	bool ok = load(&lines, err);
	size_t before = lines.count;
	for (size_t i = lines.count; ok && i-- > 0;) {
		if (is_desk(&lines.items[i], desk) && strcmp(lines.items[i].token, token) == 0) {
			drop(&lines, i);
		}
	}
	ok = ok && (lines.count == before || save(&lines, err));
	forget(&lines);
	return ok;
}
