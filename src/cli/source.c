#include "cli/source.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { LINE_MOST = 8 * 1024 * 1024, LINE_FIRST = 4096 };

static bool refuse(const char *path, struct error *err)
{
	int code = errno;
	if (code == ENOENT) {
		return error_set(err, ERROR_NOT_FOUND, N_("there is no file {0}; check the name"),
			path, NULL);
	}
	return error_set(err, code == EACCES ? ERROR_DENIED : ERROR_INTERNAL,
		N_("{0} cannot be read: {1}"), path, strerror(code), NULL);
}

bool source_open(struct source *source, struct call *call, const char *path, struct error *err)
{
	struct stat about;
	*source = (struct source){.path = path, .is_input = strcmp(path, "-") == 0};
	source->file = source->is_input ? call->cli->in : fopen(path, "r");
	if (!source->file) {
		return refuse(path, err);
	}
	if (fstat(fileno(source->file), &about) == 0 && S_ISREG(about.st_mode)) {
		source->size = about.st_size;
	}
	source->head_size = fread(source->head, 1, sizeof source->head, source->file);
	if (ferror(source->file)) {
		refuse(path, err);
		source_close(source);
		return false;
	}
	return true;
}

void source_close(struct source *source)
{
	if (source->file && !source->is_input) {
		fclose(source->file);
	}
	source->file = NULL;
}

bool source_begins(const struct source *source, const char *text)
{
	size_t length = strlen(text);
	return source->head_size >= length && memcmp(source->head, text, length) == 0;
}

bool source_read(void *data, char *bytes, size_t size, size_t *got, struct error *err)
{
	struct source *source = data;
	if (source->head_at < source->head_size) {
		size_t rest = source->head_size - source->head_at;
		*got = rest < size ? rest : size;
		memcpy(bytes, source->head + source->head_at, *got);
		source->head_at += *got;
		return true;
	}
	*got = fread(bytes, 1, size, source->file);
	return !ferror(source->file) || refuse(source->path, err);
}

static int next_byte(struct source *source)
{
	if (source->head_at < source->head_size) {
		return (unsigned char)source->head[source->head_at++];
	}
	return getc(source->file);
}

bool source_line(
	struct source *source, const void *mem, char **line, size_t *size, struct error *err)
{
	size_t room = LINE_FIRST;
	char *bytes = mem_array(mem, char, room);
	size_t n = 0;
	int byte;
	while ((byte = next_byte(source)) != EOF && byte != '\n') {
		if (n + 1 == room) {
			room *= 2;
			bytes = mem_grow(mem, bytes, char, room);
		}
		if (n > LINE_MOST) {
			return error_set(err, ERROR_INVALID,
				N_("{0} holds a line that is too long; it is no export"),
				source->path, NULL);
		}
		bytes[n++] = (char)byte;
	}
	if (ferror(source->file)) {
		return refuse(source->path, err);
	}
	bytes[n] = '\0';
	*size = n;
	*line = byte == EOF && n == 0 ? NULL : bytes;
	return true;
}
