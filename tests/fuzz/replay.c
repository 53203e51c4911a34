#include "fuzz.h"

#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* Runs a target over the files of a folder: each whole, cut at every place, and with one byte of
 * every place altered. */

enum { FILE_MAX = 1 << 20, PLACES_MAX = 512 };

static void run(const char *bytes, size_t size)
{
	/* A copy of its own size, so that a read past its end is seen. */
	uint8_t *copy = mem_dup(NULL, bytes, size ? size : 1);
	LLVMFuzzerTestOneInput(copy, size);
	talloc_free(copy);
}

static void run_variants(char *bytes, size_t size)
{
	static const char odd[] = {'\0', '\x1B', '"', '{', ':', '\xFF', '\xE2', ' ', '9'};
	run(bytes, size);
	for (size_t at = 0; at < size && at < PLACES_MAX; at++) {
		char byte = bytes[at];
		run(bytes, at);
		bytes[at] = odd[at % sizeof odd];
		run(bytes, size);
		bytes[at] = byte;
	}
}

static bool run_file(const char *folder, const char *name)
{
	void *mem = mem_context(NULL);
	char *bytes;
	size_t size;
	struct error err = {0};
	bool ok = file_read(
		mem, mem_printf(mem, "%s/%s", folder, name), FILE_MAX, &bytes, &size, &err);
	if (ok) {
		run_variants(bytes, size);
	} else {
		fprintf(stderr, "%s\n", error_sentence(mem, &err, NULL));
	}
	talloc_free(mem);
	return ok;
}

int main(int argc, char **argv)
{
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
	if (!folder) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	size_t count = 0;
	bool ok = true;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (entry->d_name[0] != '.') {
			ok = run_file(argv[1], entry->d_name) && ok;
			count++;
		}
	}
	closedir(folder);
	printf("%zu files\n", count);
	return ok && count > 0 ? 0 : 1;
}
