#include "atende/edit.h"

#include "atende/signals.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Far more than can be sent, so that nothing is lost for its length. */
enum { EDIT_MAX_BYTES = 16 * 1024 * 1024 };

struct edit {
	char *path;
	pid_t pid;
	struct timespec changed_at; /* of the file, when it was last read */
	off_t size;
};

/* The first editor of Debian's usual ones that is there; run by the shell, as $EDITOR may hold
 * arguments, and in its place, so that signals reach the editor. The path is the shell's $1, never
 * part of the command. */
#define EDIT_COMMAND                                                                               \
	"e=${VISUAL:-$EDITOR}; "                                                                   \
	"for p in sensible-editor nano vi; do "                                                    \
	"[ -n \"$e\" ] || { command -v $p >/dev/null 2>&1 && e=$p; }; done; "                      \
	"[ -n \"$e\" ] || exit 127; exec $e \"$1\""

static pid_t run_editor(const char *path)
{
	pid_t pid = fork();
	if (pid == 0) {
		signals_reset();
		dup2(STDOUT_FILENO, STDERR_FILENO);
		execl("/bin/sh", "sh", "-c", EDIT_COMMAND, "sh", path, (char *)NULL);
		_exit(127);
	}
	return pid;
}

/* Notes how the file stands; true when it is another than before. */
static bool has_changed(struct edit *edit)
{
	struct stat now;
	if (stat(edit->path, &now) != 0) {
		return false;
	}
	bool same = now.st_mtim.tv_sec == edit->changed_at.tv_sec &&
		    now.st_mtim.tv_nsec == edit->changed_at.tv_nsec && now.st_size == edit->size;
	edit->changed_at = now.st_mtim;
	edit->size = now.st_size;
	return !same;
}

struct edit *edit_start(
	const void *mem, const char *folder, const char *name, const char *text, struct error *err)
{
	struct edit *edit = mem_new(mem, struct edit);
	edit->path = mem_printf(edit, "%s/%s.%ld.txt", folder, name, (long)getpid());
	char *lines = mem_printf(edit, "%s\n", text);
	if (!file_make_dirs(folder, err) ||
		!file_replace(edit->path, *text ? lines : "", *text ? strlen(lines) : 0, err)) {
		talloc_free(edit);
		return NULL;
	}
	has_changed(edit);
	edit->pid = run_editor(edit->path);
	if (edit->pid < 0) {
		error_set(err, ERROR_INTERNAL,
			N_("the editor cannot be started: {0}; write the text here"),
			strerror(errno), NULL);
		edit_finish(edit);
		return NULL;
	}
	return edit;
}

/* Editors end files with a newline that nobody typed. */
static bool read_text(const char *path, const void *mem, struct edit_text *text, struct error *err)
{
	char *bytes;
	size_t size;
	*text = (struct edit_text){0};
	if (!file_read(NULL, path, EDIT_MAX_BYTES, &bytes, &size, err)) {
		return false;
	}
	text->text = text_clean(mem, bytes, size, &text->was_cleaned);
	size_t length = strlen(text->text);
	if (length > 0 && text->text[length - 1] == '\n') {
		text->text[length - 1] = '\0';
	}
	talloc_free(bytes);
	return true;
}

/* An empty file is one that is just being written: were it taken for the text, and the console
 * killed then, what is written next would look older than that. */
bool edit_changed(struct edit *edit, const void *mem, struct edit_text *text)
{
	if (!has_changed(edit) || !read_text(edit->path, mem, text, NULL)) {
		return false;
	}
	if (text_is_blank(text->text)) {
		talloc_free(text->text);
		*text = (struct edit_text){0};
		return false;
	}
	return true;
}

bool edit_is_over(
	struct edit *edit, const void *mem, struct edit_text *text, bool *ok, struct error *err)
{
	int status;
	if (waitpid(edit->pid, &status, WNOHANG | WUNTRACED) != edit->pid) {
		return false;
	}
	if (WIFSTOPPED(status)) {
		signals_suspend();
		kill(edit->pid, SIGCONT);
		return false;
	}
	edit->pid = 0;
	*ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (!*ok) {
		bool missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
		error_set(err, ERROR_INTERNAL,
			missing ? N_("there is no editor; set EDITOR to the name of one")
				: N_("the editor failed"),
			NULL);
	}
	struct error unread = {0};
	if (!read_text(edit->path, mem, text, &unread) && *ok) {
		*ok = false;
		*err = unread;
		if (unread.code == ERROR_NOT_FOUND) {
			error_set(err, ERROR_NOT_FOUND, N_("the editor left no file"), NULL);
		}
	}
	return true;
}

bool edit_abandon(struct edit *edit, const void *mem, struct edit_text *text)
{
	return read_text(edit->path, mem, text, NULL);
}

void edit_finish(struct edit *edit)
{
	if (edit && edit->pid > 0) {
		kill(edit->pid, SIGHUP);
		kill(edit->pid, SIGCONT);
	}
	if (edit) {
		unlink(edit->path);
		talloc_free(edit);
	}
}

/* --- what a killed console left --- */

/* The times of files lag behind the clock, by a tick of the kernel. */
enum { FILE_CLOCK_MS = 10 };

static bool is_running(pid_t pid)
{
	return pid > 0 && (kill(pid, 0) == 0 || errno == EPERM);
}

static struct draft *find_draft(struct draft_list *drafts, const struct draft *key)
{
	for (size_t i = 0; i < drafts->count; i++) {
		if (drafts->drafts[i].ticket == key->ticket &&
			drafts->drafts[i].kind == key->kind) {
			return &drafts->drafts[i];
		}
	}
	return NULL;
}

static struct draft *add_draft(
	const void *mem, struct draft_list *drafts, const struct draft *draft)
{
	drafts->drafts = mem_grow(mem, drafts->drafts, struct draft, drafts->count + 1);
	drafts->drafts[drafts->count] = *draft;
	return &drafts->drafts[drafts->count++];
}

/* False when the spool could not take it: the file stays. */
static bool recover_one(const void *mem, const char *path, struct spool *spool,
	const struct draft *key, struct draft_list *drafts)
{
	struct stat file;
	struct edit_text text;
	if (stat(path, &file) != 0 || !read_text(path, mem, &text, NULL)) {
		return false;
	}
	int64_t at = (int64_t)file.st_mtim.tv_sec * MS_SECOND + file.st_mtim.tv_nsec / 1000000 +
		     FILE_CLOCK_MS;
	struct draft *draft = find_draft(drafts, key);
	bool is_older = draft && (draft->updated_at > at || strcmp(draft->text, text.text) == 0);
	if (is_older || text_is_blank(text.text)) {
		return true;
	}
	draft = draft ? draft : add_draft(mem, drafts, key);
	draft->text = text.text;
	draft->updated_at = at;
	return spool_save(spool, draft, NULL);
}

void edit_recover(const void *mem, const char *folder, struct spool *spool, int64_t operator_id,
	struct draft_list *drafts)
{
	DIR *files = opendir(folder);
	for (struct dirent *entry; files && (entry = readdir(files)) != NULL;) {
		struct draft key = {.operator_id = operator_id};
		const char *rest;
		char *end;
		if (!spool_is_named(spool, entry->d_name, &key, &rest) || *rest != '.') {
			continue;
		}
		long pid = strtol(rest + 1, &end, 10);
		if (strcmp(end, ".txt") != 0 || is_running((pid_t)pid)) {
			continue;
		}
		char *path = mem_printf(NULL, "%s/%s", folder, entry->d_name);
		if (recover_one(mem, path, spool, &key, drafts)) {
			unlink(path);
		}
		talloc_free(path);
	}
	if (files) {
		closedir(files);
	}
}
