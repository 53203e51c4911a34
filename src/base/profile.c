#include "base/profile.h"

#include "base/mem.h"
#include "base/os.h"
#include "base/paths.h"

#include <stdlib.h>

static const char *const links[] = {"auto", "fast", "slow", NULL};

static const struct config_key profile_keys[] = {
	{"", "desk", CONFIG_TEXT, offsetof(struct profile, desk),
		N_("the desk to work on: a file, unix:PATH, https://HOST"), NULL},
	{"", "as", CONFIG_TEXT, offsetof(struct profile, as), N_("login of the operator"), NULL},
	{"", "lang", CONFIG_TEXT, offsetof(struct profile, lang),
		N_("language of the program: en, pt_BR"), NULL},
	{"", "theme", CONFIG_TEXT, offsetof(struct profile, theme),
		N_("default, dark, light, high-contrast or mono"), NULL},
	{"", "ascii", CONFIG_BOOL, offsetof(struct profile, ascii),
		N_("draw with ASCII characters alone"), NULL},
	{"", "a11y", CONFIG_BOOL, offsetof(struct profile, a11y),
		N_("for screen readers: nothing changes by itself but one line an event"), NULL},
	{"", "linear", CONFIG_BOOL, offsetof(struct profile, linear),
		N_("the console line by line, as --linear"), NULL},
	{"", "editor", CONFIG_TEXT, offsetof(struct profile, editor),
		N_("command of the editor; else VISUAL or EDITOR"), NULL},
	{"", "link", CONFIG_WORD, offsetof(struct profile, link),
		N_("auto, fast or slow: a slow line gets a mark instead of a bar"), links},
	{"", "save_dir", CONFIG_TEXT, offsetof(struct profile, save_dir),
		N_("folder that files of texts are saved in; your downloads if not set"), NULL},
	{"", "open_command", CONFIG_TEXT, offsetof(struct profile, open_command),
		N_("what opens files and links, with its arguments: xdg-open if not set"), NULL},
	{"", "token_command", CONFIG_TEXT, offsetof(struct profile, token_command),
		N_("prints the token that a server knows you by, with its arguments"), NULL},
	{"", "ca_file", CONFIG_TEXT, offsetof(struct profile, ca_file),
		N_("authorities that vouch for a server, in PEM; else those of the system"), NULL},
	{"", "insecure", CONFIG_BOOL, offsetof(struct profile, insecure),
		N_("http:// to another machine too: who is on the way reads passwords and texts"),
		NULL},
	{"", "keep_copy", CONFIG_BOOL, offsetof(struct profile, keep_copy),
		N_("keep what you may see of a server's desk here, to go on without it; yes if not "
		   "set"),
		NULL},
	{"", "wipe_copy", CONFIG_BOOL, offsetof(struct profile, wipe_copy),
		N_("take that copy away at sign-out"), NULL},
	{"", "copy", CONFIG_BOOL, offsetof(struct profile, copy),
		N_("y may put text on the clipboard of the terminal (OSC 52); yes if not set"),
		NULL},
};

/* The first that says something, byte for byte: a file's name is no text. */
static char *choose(const void *mem, const char *option, const char *variable, const char *file)
{
	const char *from_environment = getenv(variable);
	const char *chosen = option && *option			     ? option
			     : from_environment && *from_environment ? from_environment
								     : file;
	return chosen && *chosen ? mem_strdup(mem, chosen) : NULL;
}

bool profile_load(const void *mem, const char *desk, const char *as, struct profile *profile,
	struct error *err)
{
	*profile = (struct profile){.copy = true, .keep_copy = true};
	char *path = paths_config(mem, "atende.conf");
	if (!config_load(mem, path, profile_keys, ARRAY_LEN(profile_keys), profile, err)) {
		return false;
	}
	const char *no_colour = getenv("NO_COLOR");
	profile->no_colour = no_colour && *no_colour;
	profile->lang = profile->lang ? profile->lang : mem_strdup(mem, "");
	profile->theme = profile->theme ? profile->theme : mem_strdup(mem, "");
	profile->desk = choose(mem, desk, "ATENDE_DESK", profile->desk);
	profile->as = choose(mem, as, "ATENDE_AS", profile->as);
	profile->save_dir = profile->save_dir && *profile->save_dir
				    ? paths_expand(mem, profile->save_dir)
				    : paths_downloads(mem);
	if (!profile->open_command || !*profile->open_command) {
		profile->open_command = mem_strdup(mem, "xdg-open");
	}
	if (profile->ca_file) {
		profile->ca_file = paths_expand(mem, profile->ca_file);
	}
	if (!profile->desk) {
		profile->desk_is_guess = true;
		profile->desk = paths_data(mem, "sample.db");
	}
	if (!profile->as) {
		profile->as_is_guess = true;
		profile->as = os_login(mem);
	}
	return true;
}
