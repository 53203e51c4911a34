#include "object_chance.h"

#include "test.h"

#include "base/mem.h"
#include "codec/cursor.h"
#include "core/change.h"
#include "core/token.h"

#include <string.h>

/* --- chance --- */

static uint64_t dice = 1;

static uint64_t throw_dice(uint64_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return dice % sides;
}

static int64_t some_number(void)
{
	return 1 + (int64_t)throw_dice(throw_dice(2) ? 1000 : (uint64_t)JSON_INT_MAX * 4);
}

char *chance_text(const void *mem, bool lines)
{
	static const char *const parts[] = {
		"a", "Jo\xC3\xA3o", "\"", "\\", " ", "{0}", "\xF0\x9F\x98\x80", "null", "/"};
	char *text = mem_strdup(mem, "x");
	for (uint64_t n = throw_dice(6); n > 0; n--) {
		const char *part =
			lines && throw_dice(3) == 0 ? "\n\t" : parts[throw_dice(ARRAY_LEN(parts))];
		text = mem_check(talloc_strdup_append(text, part));
	}
	return text;
}

/* Operators 1 … 3, teams 1 … 3, reasons 1 … 3, calendars 1 … 3. */
struct directory *chance_directory(const void *mem)
{
	struct directory *directory = mem_new(mem, struct directory);
	directory->operators = mem_array(directory, struct operator_, SMALL);
	directory->teams = mem_array(directory, struct team, SMALL);
	directory->reasons = mem_array(directory, struct reason, SMALL);
	directory->calendar_rows = mem_array(directory, struct calendar_row, SMALL);
	for (int i = 0; i < SMALL; i++) {
		char *word = mem_printf(directory, "word-%d", i);
		directory->operators[i] = (struct operator_){.id = i + 1, .login = word};
		directory->teams[i] = (struct team){.id = i + 1, .key = word};
		directory->reasons[i] = (struct reason){.id = i + 1, .key = word};
		directory->calendar_rows[i] = (struct calendar_row){.id = i + 1, .key = word};
	}
	directory->operator_count = directory->team_count = SMALL;
	directory->reason_count = directory->calendar_count = SMALL;
	return directory;
}

/* --- a row with something in every field --- */

static void put_number(char *at, int64_t value)
{
	memcpy(at, &value, sizeof value);
}

static void put_enum(char *at, int value)
{
	memcpy(at, &value, sizeof value);
}

static void put_pointer(char *at, const void *pointer)
{
	memcpy(at, &pointer, sizeof pointer);
}

static void put_count(char *at, size_t count)
{
	memcpy(at, &count, sizeof count);
}

/* A value that has a word, and is not the first. */
static int some_name(const struct name_table *names)
{
	int value;
	do {
		value = 1 + (int)throw_dice(names->count - 1);
	} while (!*name_of(names, value));
	return value;
}

static void fill_list(const void *mem, const struct field_info *field, char *row, size_t size)
{
	size_t count = 1 + throw_dice(3);
	char *rows = mem_check(talloc_zero_size(mem, count * size));
	for (size_t i = 0; i < count; i++) {
		if (field->object) {
			object_fill(mem, field->object, rows + i * size);
		} else {
			put_number(rows + i * size, 1 + (int64_t)throw_dice(SMALL));
		}
	}
	put_pointer(row + field->offset, rows);
	put_count(row + field->count, count);
}

/* What points to other rows, or is made of several values. */
static void fill_more(const void *mem, const struct field_info *field, char *row)
{
	char *at = row + field->offset;
	switch (field->shape) {
	case SHAPE_OPERATOR:
	case SHAPE_TEAM:
	case SHAPE_REASON:
	case SHAPE_CALENDAR:
		put_number(at, 1 + (int64_t)throw_dice(SMALL));
		break;
	case SHAPE_TEAMS:
		fill_list(mem, field, row, sizeof(int64_t));
		break;
	case SHAPE_TAGS:
		put_pointer(at, mem_strdup(mem, throw_dice(2) ? " vip " : " vip atrasado "));
		break;
	case SHAPE_RIGHTS:
		put_number(at, (int64_t)throw_dice(RIGHTS_ALL + 1));
		break;
	case SHAPE_UUID:
		*(struct uuid *)at = uuid_make(some_number());
		break;
	case SHAPE_JSON:
		put_pointer(
			at, mem_strdup(mem,
				    "{\"text\":\"o\\n\",\"until\":9007199254740991,\"x\":[{}]}"));
		break;
	case SHAPE_CURSOR:
		*(struct queue_key *)at = (struct queue_key){some_number(), -some_number(),
			some_number(), -(int)throw_dice(1000), INT64_MAX};
		break;
	case SHAPE_ASSIGNEE:
	case SHAPE_ADDRESS:
		break;
	case SHAPE_OBJECT:
	case SHAPE_OPTIONAL:
	case SHAPE_INLINE:
		object_fill(mem, field->object, at);
		break;
	case SHAPE_ROWS:
		fill_list(mem, field, row, field->object->size);
		break;
	default:
		fail_msg("%s has a shape that nobody fills", field->name);
	}
}

static void fill_field(const void *mem, const struct field_info *field, char *row)
{
	char *at = row + field->offset;
	switch (field->shape) {
	case SHAPE_TEXT:
	case SHAPE_PASSAGE:
	case SHAPE_EXTRA:
		put_pointer(at, chance_text(mem, true));
		break;
	case SHAPE_LINE:
	case SHAPE_WORD:
		put_pointer(at, chance_text(mem, false));
		break;
	case SHAPE_INT:
	case SHAPE_ID:
		put_number(at, some_number());
		break;
	case SHAPE_COUNT:
		put_count(at, (size_t)some_number());
		break;
	case SHAPE_TIME:
	case SHAPE_DUE:
		put_number(at, 1 + (int64_t)throw_dice((uint64_t)DUE_NEVER + (throw_dice(9) == 0)));
		break;
	case SHAPE_BOOL:
	case SHAPE_FLAG:
		*(bool *)at = true;
		break;
	case SHAPE_NAME:
		put_enum(at, some_name(field->names));
		break;
	case SHAPE_KIND:
		put_enum(at, 1 + (int)throw_dice(CHANGE_KINDS - 1));
		break;
	case SHAPE_CODE:
		put_enum(at, 1 + (int)throw_dice(ERROR_CODES - 1));
		break;
	default:
		fill_more(mem, field, row);
	}
}

void object_fill(const void *mem, const struct object_info *info, void *row)
{
	for (size_t i = 0; i < info->count; i++) {
		fill_field(mem, &info->fields[i], row);
	}
}

/* --- are two rows the same? --- */

size_t field_size(const struct field_info *field)
{
	switch (field->shape) {
	case SHAPE_TEXT:
	case SHAPE_LINE:
	case SHAPE_WORD:
	case SHAPE_PASSAGE:
	case SHAPE_EXTRA:
	case SHAPE_TAGS:
	case SHAPE_JSON:
	case SHAPE_ROWS:
	case SHAPE_TEAMS:
		return sizeof(char *);
	case SHAPE_BOOL:
	case SHAPE_FLAG:
		return sizeof(bool);
	case SHAPE_NAME:
	case SHAPE_KIND:
	case SHAPE_CODE:
		return sizeof(int);
	case SHAPE_COUNT:
		return sizeof(size_t);
	case SHAPE_UUID:
		return sizeof(struct uuid);
	case SHAPE_CURSOR:
		return sizeof(struct queue_key);
	case SHAPE_ASSIGNEE:
	case SHAPE_ADDRESS:
		return 0;
	case SHAPE_OBJECT:
	case SHAPE_OPTIONAL:
	case SHAPE_INLINE:
		return field->object->size;
	default:
		return sizeof(int64_t);
	}
}

static const char *pointer_at(const char *at)
{
	return *(const char *const *)at;
}

static size_t count_at(const char *at)
{
	size_t count;
	memcpy(&count, at, sizeof count);
	return count;
}

static void same_field(const struct field_info *field, const char *a, const char *b)
{
	size_t size = field_size(field);
	const char *at = a + field->offset, *other = b + field->offset;
	if (field->object && field->shape == SHAPE_ROWS) {
		size_t count = count_at(a + field->count);
		assert_int_equal(count, count_at(b + field->count));
		for (size_t i = 0; i < count; i++) {
			object_same(field->object, pointer_at(at) + i * field->object->size,
				pointer_at(other) + i * field->object->size);
		}
	} else if (field->object) {
		object_same(field->object, at, other);
	} else if (field->shape == SHAPE_TEAMS) {
		assert_int_equal(count_at(a + field->count), count_at(b + field->count));
		assert_memory_equal(pointer_at(at), pointer_at(other),
			count_at(a + field->count) * sizeof(int64_t));
	} else if (size == sizeof(char *) && field->shape != SHAPE_COUNT &&
		   (field->shape <= SHAPE_EXTRA || field->shape == SHAPE_TAGS ||
			   field->shape == SHAPE_JSON)) {
		assert_string_equal(pointer_at(at), pointer_at(other));
	} else if (field->shape == SHAPE_CURSOR) {
		char *one = cursor_print(NULL, (const struct queue_key *)at);
		char *two = cursor_print(NULL, (const struct queue_key *)other);
		assert_string_equal(one, two);
		talloc_free(one);
		talloc_free(two);
	} else if (memcmp(at, other, size) != 0) {
		fail_msg("%s is not what it was", field->name);
	}
}

void object_same(const struct object_info *info, const void *a, const void *b)
{
	for (size_t i = 0; i < info->count; i++) {
		same_field(&info->fields[i], a, b);
	}
}
