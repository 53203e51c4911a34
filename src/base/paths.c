#include "base/paths.h"

#include "base/mem.h"
#include "base/os.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

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

char *paths_locale(const void *mem)
{
	const char *given = getenv("ATENDE_LOCALE_DIR");
	if (given && *given) {
		return mem_strdup(mem, given);
	}
	char *program = os_program_dir(NULL);
	char *built = mem_printf(mem, "%s/data/po", program ? program : "");
	char *catalogue = mem_printf(program, "%s/pt_BR/LC_MESSAGES/atende.mo", built);
	bool is_there = access(catalogue, R_OK) == 0;
	if (!program) {
		talloc_free(catalogue);
	}
	talloc_free(program);
	return is_there ? built : mem_strdup(mem, ATENDE_LOCALEDIR);
}
