#include "base/paths.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/os.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USER_DIRS_MAX = 64 * 1024 };

static char *below(const void *mem, const char *variable, const char *otherwise, const char *name)
{
	const char *base = getenv(variable);
	if (base && *base == '/') {
		return mem_printf(mem, "%s/atende/%s", base, name);
	}
	const char *home = getenv("HOME");
	return mem_printf(mem, "%s/%s/atende/%s", home ? home : "", otherwise, name);
}

char *paths_config(const void *mem, const char *name)
{
	const char *folder = getenv("ATENDE_CONFIG");
	if (folder && *folder) {
		return mem_printf(mem, "%s/%s", folder, name);
	}
	return below(mem, "XDG_CONFIG_HOME", ".config", name);
}

char *paths_data(const void *mem, const char *name)
{
	return below(mem, "XDG_DATA_HOME", ".local/share", name);
}

char *paths_state(const void *mem, const char *name)
{
	return below(mem, "XDG_STATE_HOME", ".local/state", name);
}

/* XDG_DOWNLOAD_DIR="$HOME/Downloads", as xdg-user-dirs writes it; NULL when it is not there. */
static char *told_downloads(const void *mem, const char *home)
{
	const char *config = getenv("XDG_CONFIG_HOME");
	char *path = config && *config ? mem_printf(mem, "%s/user-dirs.dirs", config)
				       : mem_printf(mem, "%s/.config/user-dirs.dirs", home);
	char *text;
	size_t size;
	if (!file_read(mem, path, USER_DIRS_MAX, &text, &size, NULL)) {
		return NULL;
	}
	static const char key[] = "\nXDG_DOWNLOAD_DIR=\"";
	char *found = strstr(mem_printf(mem, "\n%s", text), key);
	if (!found) {
		return NULL;
	}
	found += sizeof key - 1;
	char *value = mem_strndup(mem, found, strcspn(found, "\"\n"));
	return strncmp(value, "$HOME", 5) == 0 ? mem_printf(mem, "%s%s", home, value + 5) : value;
}

char *paths_downloads(const void *mem)
{
	const char *set = getenv("HOME");
	const char *home = set && *set ? set : ".";
	void *work = mem_context(NULL);
	char *told = told_downloads(work, home);
	char *usual = mem_printf(work, "%s/Downloads", home);
	const char *folder = told && *told == '/' ? told : access(usual, W_OK) == 0 ? usual : home;
	char *result = mem_strdup(mem, folder);
	talloc_free(work);
	return result;
}

char *paths_expand(const void *mem, const char *path)
{
	const char *home = getenv("HOME");
	bool is_short = home && path[0] == '~' && (path[1] == '/' || path[1] == '\0');
	return is_short ? mem_printf(mem, "%s%s", home, path + 1) : mem_strdup(mem, path);
}

char *paths_shorten(const void *mem, const char *path)
{
	const char *home = getenv("HOME");
	size_t length = home ? strlen(home) : 0;
	bool is_below = length > 1 && strncmp(path, home, length) == 0 && path[length] == '/';
	return is_below ? mem_printf(mem, "~%s", path + length) : mem_strdup(mem, path);
}

/* "" when there is no catalogue below it. */
static char *locale_below(const void *mem, const char *program, const char *folder)
{
	char *found = mem_printf(mem, "%s/%s", program, folder);
	char *catalogue = mem_printf(found, "%s/pt_BR/LC_MESSAGES/atende.mo", found);
	return access(catalogue, R_OK) == 0 ? found : mem_strdup(mem, "");
}

char *paths_locale(const void *mem)
{
	static const char *const folders[] = {"data/po", "../share/locale"}; /* built; installed */
	const char *given = getenv("ATENDE_LOCALE_DIR");
	if (given && *given) {
		return mem_strdup(mem, given);
	}
	char *program = os_program_dir(NULL);
	char *found = mem_strdup(mem, "");
	for (size_t i = 0; program && !*found && i < ARRAY_LEN(folders); i++) {
		found = locale_below(mem, program, folders[i]);
	}
	talloc_free(program);
	return *found ? found : mem_strdup(mem, ATENDE_LOCALEDIR);
}
