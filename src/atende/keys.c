#include "atende/keys.h"

#include "base/config.h"
#include "base/mem.h"
#include "base/paths.h"

struct keymap *keys_load(const void *mem, struct error *err)
{
	struct keymap *keymap = keymap_create(mem);
	char *path = paths_config(keymap, "keys.conf");
	if (!config_read(path, keymap_line, keymap, err) || !keymap_check(keymap, path, err)) {
		talloc_free(keymap);
		return NULL;
	}
	return keymap;
}

bool keys_list(const void *mem, struct cli_key **keys, size_t *count, struct error *err)
{
	struct keymap *keymap = keys_load(mem, err);
	if (!keymap) {
		return false;
	}
	*keys = mem_array(mem, struct cli_key, SCREENS * console_command_count);
	*count = 0;
	for (int screen = 0; screen < SCREENS; screen++) {
		for (size_t i = 0; i < console_command_count; i++) {
			const struct command *command = &console_commands[i];
			if (command->screens & ON(screen)) {
				(*keys)[(*count)++] = (struct cli_key){
					.screen = name_of(&screen_names, screen),
					.command = command->name,
					.keys = keymap_keys(
						keymap, *keys, (enum screen)screen, command),
					.summary = command->summary,
				};
			}
		}
	}
	talloc_free(keymap);
	return true;
}
