#include "atende/edit.h"

#include "atende/signals.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EDIT_MAX_BYTES = 1024 * 1024 };

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

struct edit *edit_start(const void *mem, const char *folder, const char *text, struct error *err)
{
	struct edit *edit = mem_new(mem, struct edit);
	edit->path = mem_printf(edit, "%s/text-%ld.txt", folder, (long)getpid());
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
static char *read_text(struct edit *edit, const void *mem, struct error *err)
{
	char *bytes;
	size_t size;
	if (!file_read(NULL, edit->path, EDIT_MAX_BYTES, &bytes, &size, err)) {
		return NULL;
	}
	char *text = text_clean(mem, bytes, size, NULL);
	size_t length = strlen(text);
	if (length > 0 && text[length - 1] == '\n') {
		text[length - 1] = '\0';
	}
	talloc_free(bytes);
	return text;
}

char *edit_changed(struct edit *edit, const void *mem)
{
	return has_changed(edit) ? read_text(edit, mem, NULL) : NULL;
}

bool edit_is_over(struct edit *edit, const void *mem, char **text, bool *ok, struct error *err)
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
				: N_("the editor failed; the text is as it left it"),
			NULL);
	}
	struct error unread = {0};
	*text = read_text(edit, mem, &unread);
	if (!*text) {
		*ok = false;
		*err = unread;
	}
	return true;
}

char *edit_abandon(struct edit *edit, const void *mem)
{
	return read_text(edit, mem, NULL);
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
