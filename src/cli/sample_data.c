#include "cli/sample_data.h"

#include "base/mem.h"

#include <assert.h>
#include <string.h>

/* A word with blanks cut off its ends, and "\n" made a line end. */
static char *field(const void *mem, const char *at, size_t length)
{
	while (length > 0 && *at == ' ') {
		at++;
		length--;
	}
	while (length > 0 && at[length - 1] == ' ') {
		length--;
	}
	char *text = mem_array(mem, char, length + 1);
	size_t n = 0;
	for (size_t i = 0; i < length; i++) {
		bool is_end = at[i] == '\\' && i + 1 < length && at[i + 1] == 'n';
		text[n++] = is_end ? '\n' : at[i];
		i += is_end;
	}
	return text;
}

static struct sample_row parse_row(const void *mem, const char *line, size_t length)
{
	struct sample_row row = {0};
	const char *end = line + length;
	for (const char *at = line;;) {
		const char *bar = memchr(at, '|', (size_t)(end - at));
		const char *stop = bar ? bar : end;
		row.fields = mem_grow(mem, row.fields, char *, row.count + 1);
		row.fields[row.count++] = field(mem, at, (size_t)(stop - at));
		if (!bar) {
			return row;
		}
		at = bar + 1;
	}
}

static void begin_section(struct sample *sample, const char *line, size_t length)
{
	sample->sections = mem_grow(
		sample, sample->sections, struct sample_section, sample->section_count + 1);
	sample->sections[sample->section_count++] =
		(struct sample_section){.name = mem_strndup(sample, line + 1, length - 2)};
}

static void add_row(struct sample *sample, struct sample_row row)
{
	struct sample_section *section = &sample->sections[sample->section_count - 1];
	section->rows = mem_grow(sample, section->rows, struct sample_row, section->count + 1);
	section->rows[section->count++] = row;
}

static void begin_topic(struct sample *sample, const struct sample_row *row)
{
	sample->topics =
		mem_grow(sample, sample->topics, struct sample_topic, sample->topic_count + 1);
	struct sample_topic *topic = &sample->topics[sample->topic_count++];
	char *other = strstr(row->fields[3], " / ");
	*topic = (struct sample_topic){row->fields[0], row->fields[1], row->fields[2],
		.subject = {row->fields[3], row->fields[3]}};
	if (other) {
		*other = '\0';
		topic->subject[1] = other + 3;
	}
}

static const struct {
	const char *mark;
	size_t offset;
} parts[] = {
	{"<1", offsetof(struct sample_topic, asked)},
	{">1", offsetof(struct sample_topic, answered)},
	{"<2", offsetof(struct sample_topic, asked_again)},
	{">2", offsetof(struct sample_topic, solved)},
	{"*", offsetof(struct sample_topic, at_once)},
	{"#", offsetof(struct sample_topic, note)},
};

static void add_topic_line(struct sample *sample, const char *line, size_t length)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		size_t mark = strlen(parts[i].mark);
		if (length > mark && strncmp(line, parts[i].mark, mark) == 0) {
			char *topic = (char *)&sample->topics[sample->topic_count - 1];
			*(const char **)(topic + parts[i].offset) =
				field(sample, line + mark, length - mark);
			return;
		}
	}
	struct sample_row row = parse_row(sample, line, length);
	begin_topic(sample, &row);
}

struct sample *sample_parse(const void *mem)
{
	struct sample *sample = mem_new(mem, struct sample);
	bool in_topics = false;
	for (const char *at = sample_data; *at;) {
		size_t length = strcspn(at, "\n");
		if (*at == '[') {
			begin_section(sample, at, length);
			in_topics = strncmp(at, "[topic]", length) == 0;
		} else if (length > 0 && *at != ';' && in_topics) {
			add_topic_line(sample, at, length);
		} else if (length > 0 && *at != ';') {
			add_row(sample, parse_row(sample, at, length));
		}
		at += length + (at[length] == '\n');
	}
	return sample;
}

const struct sample_section *sample_section(const struct sample *sample, const char *name)
{
	const struct sample_section *section = sample->sections;
	while (strcmp(section->name, name) != 0) {
		section++;
		assert(section < sample->sections + sample->section_count);
	}
	return section;
}

const char *sample_field(const struct sample_row *row, size_t index)
{
	return index < row->count ? row->fields[index] : "";
}
