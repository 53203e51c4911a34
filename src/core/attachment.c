#include "core/attachment.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/problem.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* --- names --- */

enum { ENDING_MAX_BYTES = 16 };

/* Devices of other systems, with whatever ending: where the file is copied to it must open. */
static bool is_device(const char *name)
{
	static const char *const devices[] = {"con", "prn", "aux", "nul"};
	size_t length = strcspn(name, ".");
	for (size_t i = 0; i < ARRAY_LEN(devices); i++) {
		if (length == strlen(devices[i]) && strncasecmp(name, devices[i], length) == 0) {
			return true;
		}
	}
	bool is_port = strncasecmp(name, "com", 3) == 0 || strncasecmp(name, "lpt", 3) == 0;
	return is_port && length == 4 && name[3] >= '0' && name[3] <= '9';
}

/* Where the ending begins: the last dot that has a stem before it and little after it. */
static size_t stem_length(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t length = strlen(name);
	return dot && dot > name && strlen(dot) <= ENDING_MAX_BYTES ? (size_t)(dot - name) : length;
}

/* Of at most so many bytes, no character (with its marks) cut. */
static size_t cut_length(const char *text, size_t max)
{
	size_t length = 0;
	for (size_t step; (step = text_grapheme(text + length)) > 0 && length + step <= max;) {
		length += step;
	}
	return length ? length : text_cut(text, max);
}

static char *shorten(const void *mem, char *name)
{
	size_t length = strlen(name);
	if (length <= ATTACHMENT_NAME_BYTES) {
		return name;
	}
	size_t stem = stem_length(name);
	const char *ending = name + stem;
	char *whole = mem_strndup(mem, name, stem);
	whole[cut_length(whole, ATTACHMENT_NAME_BYTES - strlen(ending))] = '\0';
	return mem_printf(mem, "%s%s", whole, ending);
}

/* Blanks and dots at the ends: hidden here, dropped silently elsewhere. */
static char *trim(char *name)
{
	name += strspn(name, ". ");
	size_t length = strlen(name);
	while (length > 0 && strchr(". ", name[length - 1])) {
		name[--length] = '\0';
	}
	return name;
}

/* What is cut off may leave a mark without its letter, half of a joined picture, a blank: until
 * nothing more is to be taken off. */
static char *tidy(const void *mem, char *name)
{
	for (;;) {
		char *trimmed = trim(mem_strdup(mem, name));
		char *clean = text_clean_line(mem, trimmed, strlen(trimmed), NULL);
		if (strcmp(clean, name) == 0) {
			return clean;
		}
		name = clean;
	}
}

char *attachment_safe_name(const void *mem, const char *name)
{
	void *work = mem_context(mem);
	char *safe = text_clean_line(work, name, strlen(name), NULL);
	for (char *c = safe; (c = strpbrk(c, "/\\:*?\"<>|\t\n")) != NULL; c++) {
		*c = '_';
	}
	safe = tidy(work, safe);
	if (*safe == '-' || is_device(safe)) {
		safe = mem_printf(work, "_%s", safe);
	}
	safe = tidy(work, shorten(work, safe));
	char *result = mem_strdup(mem, *safe ? safe : "file");
	talloc_free(work);
	return result;
}

char *attachment_other_name(const void *mem, const char *name, int n)
{
	size_t stem = stem_length(name);
	return n < 2 ? mem_strdup(mem, name)
		     : mem_printf(mem, "%.*s (%d)%s", (int)stem, name, n, name + stem);
}

const char *attachment_media_type(const char *name)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
		{".txt", "text/plain"},
		{".log", "text/plain"},
		{".csv", "text/csv"},
		{".htm", "text/html"},
		{".html", "text/html"},
		{".xml", "application/xml"},
		{".json", "application/json"},
		{".pdf", "application/pdf"},
		{".zip", "application/zip"},
		{".png", "image/png"},
		{".jpg", "image/jpeg"},
		{".jpeg", "image/jpeg"},
		{".gif", "image/gif"},
		{".webp", "image/webp"},
		{".heic", "image/heic"},
		{".svg", "image/svg+xml"},
		{".mp3", "audio/mpeg"},
		{".ogg", "audio/ogg"},
		{".opus", "audio/ogg"},
		{".m4a", "audio/mp4"},
		{".mp4", "video/mp4"},
		{".eml", "message/rfc822"},
		{".doc", "application/msword"},
		{".docx", "application/"
			  "vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{".xls", "application/vnd.ms-excel"},
		{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{".odt", "application/vnd.oasis.opendocument.text"},
		{".ods", "application/vnd.oasis.opendocument.spreadsheet"},
	};
	const char *ending = name + stem_length(name);
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (strcasecmp(types[i].ending, ending) == 0) {
			return types[i].type;
		}
	}
	return "application/octet-stream";
}

/* --- lists --- */

enum { BLOB_KEY_LENGTH = 64, MEDIA_TYPE_BYTES = 127 };

static bool is_key(const char *text)
{
	return strlen(text) == BLOB_KEY_LENGTH &&
	       strspn(text, "0123456789abcdef") == BLOB_KEY_LENGTH;
}

/* RFC 6838: a restricted name on either side of the slash. */
static bool is_media_type(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789!#$&-^_.+";
	size_t type = strspn(text, allowed);
	if (type == 0 || text[type] != '/' || strlen(text) > MEDIA_TYPE_BYTES) {
		return false;
	}
	size_t subtype = strspn(text + type + 1, allowed);
	return subtype > 0 && text[type + 1 + subtype] == '\0';
}

static bool name_is_safe(const char *name)
{
	char *safe = attachment_safe_name(NULL, name);
	bool same = strcmp(safe, name) == 0;
	talloc_free(safe);
	return same;
}

bool attachment_may_run(const char *name)
{
	static const char *const endings[] = {"apk", "app", "appimage", "bash", "bat", "chm", "cmd",
		"com", "command", "cpl", "deb", "desktop", "dll", "dmg", "docm", "dotm", "exe",
		"hta", "htm", "html", "img", "inf", "iso", "jar", "jnlp", "js", "jse", "lnk", "mht",
		"mhtml", "msc", "msi", "msp", "one", "pif", "pl", "pptm", "ps1", "py", "pyw", "rb",
		"reg", "rpm", "run", "scr", "sh", "shtml", "so", "svg", "svgz", "url", "vb", "vbe",
		"vbs", "vhd", "wsf", "wsh", "xht", "xhtml", "xlam", "xlsm", "xltm", "xll", "xml"};
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < ARRAY_LEN(endings); i++) {
		if (strcasecmp(dot + 1, endings[i]) == 0) {
			return true;
		}
	}
	return !dot;
}

bool attachment_list_check(const struct attachment_list *list, struct error *err)
{
	if (list->count > ATTACHMENTS_MOST) {
		return problem_number(err, PROBLEM_FILES, ATTACHMENTS_MOST, NULL);
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct attachment *attachment = &list->items[i];
		if (!attachment->name || !name_is_safe(attachment->name)) {
			const char *name = attachment->name ? attachment->name : "";
			return problem(
				err, PROBLEM_FILE_NAME, text_is_clean(name) ? name : "?", NULL);
		}
		if (!attachment->media_type || !is_media_type(attachment->media_type)) {
			return problem(err, PROBLEM_VALUE, "media_type", NULL);
		}
		if (!attachment->blob || !is_key(attachment->blob)) {
			return problem(err, PROBLEM_VALUE, "blob", NULL);
		}
	}
	return true;
}

bool attachment_list_has(const struct attachment_list *list, const struct attachment *attachment)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->items[i].blob, attachment->blob) == 0 &&
			strcmp(list->items[i].name, attachment->name) == 0) {
			return true;
		}
	}
	return false;
}

void attachment_list_add(
	const void *mem, struct attachment_list *list, const struct attachment *attachment)
{
	if (attachment_list_has(list, attachment)) {
		return;
	}
	list->items = mem_grow(mem, list->items, struct attachment, list->count + 1);
	struct attachment *copy = &list->items[list->count++];
	*copy = *attachment;
	copy->name = mem_strdup(mem, attachment->name);
	copy->media_type = mem_strdup(mem, attachment->media_type);
	copy->blob = mem_strdup(mem, attachment->blob);
}

struct attachment_list attachment_list_copy(const void *mem, const struct attachment_list *list)
{
	struct attachment_list copy = {0};
	for (size_t i = 0; i < list->count; i++) {
		attachment_list_add(mem, &copy, &list->items[i]);
	}
	return copy;
}

/* --- texts that speak of files --- */

/* Folded. */
static const char *const mention_words[] = {"anexo", "anexos", "anexa", "anexas", "anexei",
	"anexado", "anexada", "anexados", "anexadas", "anexamos", "anexando", "attached",
	"attaching", "attachment", "attachments", "enclosed", "enclosing"};

static bool is_mention(const char *word, size_t length)
{
	char *text = mem_strndup(NULL, word, length);
	char *folded = text_fold(text, text);
	bool found = false;
	for (size_t i = 0; i < ARRAY_LEN(mention_words) && !found; i++) {
		found = strcmp(folded, mention_words[i]) == 0;
	}
	talloc_free(text);
	return found;
}

/* The word at text: its bytes, or 0 where none begins. */
static size_t word_length(const char *text)
{
	size_t length = 0, size;
	for (uint32_t rune; (rune = text_rune(text + length, &size)) && text_is_word(rune);) {
		length += size;
	}
	return length;
}

char *attachment_mention(const void *mem, const char *text)
{
	bool line_begins = true;
	while (*text) {
		const char *first = text + strspn(text, " \t");
		if (line_begins && *first == '>') {
			text += strcspn(text, "\n");
			text += *text == '\n';
			continue;
		}
		size_t length = word_length(text);
		if (length && is_mention(text, length)) {
			return mem_strndup(mem, text, length);
		}
		size_t size;
		uint32_t rune = text_rune(text + length, &size);
		line_begins = rune == '\n';
		text += length + size;
	}
	return NULL;
}
