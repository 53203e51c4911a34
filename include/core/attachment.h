#ifndef ATENDE_CORE_ATTACHMENT_H
#define ATENDE_CORE_ATTACHMENT_H

#include "base/error.h"
#include "core/ticket.h"

#include <stdbool.h>

/*
 * Files that come and go with texts. What a file is called was said by somebody outside: a name is
 * made safe at the door (attachment_safe_name), and no other is accepted by a desk.
 */
enum { ATTACHMENT_NAME_BYTES = 200, ATTACHMENTS_MOST = 50 };

/*
 * Any name as one that can be given to a file in any folder, on mem: one clean line, never a path,
 * never hidden, never an option ("-rf"), never a device (CON, COM1), no character that a file
 * system refuses, at most ATTACHMENT_NAME_BYTES without a character cut in two and with its ending
 * kept. A name that is safe stays as it is. That it is not taken in the folder is the saver's care.
 */
char *attachment_safe_name(const void *mem, const char *name);

/* The n-th name of the same file where earlier ones are taken: "foto.png" is "foto (2).png" for 2.
 * On mem. */
char *attachment_other_name(const void *mem, const char *name, int n);

/* By the ending of a name: "image/png"; "application/octet-stream" for what is not known. */
const char *attachment_media_type(const char *name);

/* May the file do something when it is opened, by the ending of its name: programs, scripts, pages
 * and documents with scripts in them, shortcuts, disk images. */
bool attachment_may_run(const char *name);

/* What a change may carry: names safe, media types and keys of blobs well formed, not too many. */
bool attachment_list_check(const struct attachment_list *list, struct error *err);

/* Is the same content under the same name in it? */
bool attachment_list_has(const struct attachment_list *list, const struct attachment *attachment);

/* Adds a copy on mem, where items must be, unless it is in the list. */
void attachment_list_add(
	const void *mem, struct attachment_list *list, const struct attachment *attachment);

/* A deep copy on mem. */
struct attachment_list attachment_list_copy(const void *mem, const struct attachment_list *list);

/*
 * Does the text speak of a file that comes with it ("segue anexo", "attached")? Lines quoted from
 * an earlier message (">") do not count. Gives the word as written, on mem; NULL when it does not.
 */
char *attachment_mention(const void *mem, const char *text);

#endif
