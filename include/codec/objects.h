#ifndef ATENDE_CODEC_OBJECTS_H
#define ATENDE_CODEC_OBJECTS_H

#include "codec/field_json.h"

/*
 * The objects that programs exchange, by their tables: what the functions of ticket_json.h,
 * customer_json.h, desk_json.h, directory_json.h and result_json.h write, for whoever reads them
 * back (object_from_json). The shapes are described there.
 */

/* ticket_json.c */
extern const struct object_info ticket_row_object;
extern const struct object_info queue_page_object;
extern const struct object_info search_page_object;
extern const struct object_info message_object;
extern const struct object_info note_object;
extern const struct object_info question_object;
extern const struct object_info draft_object;
extern const struct object_info attachment_object;
extern const struct object_info draft_list_object;
extern const struct object_info outbox_object;
/* ticket_view is read by ticket_view_from_json alone: its row repeats what its customer has. */
extern const struct object_info ticket_view_object;

/* customer_json.c */
extern const struct object_info customer_view_object;

/* desk_json.c */
extern const struct object_info counts_object;
extern const struct object_info load_list_object;
extern const struct object_info feed_item_object;
extern const struct object_info feed_object;
extern const struct object_info renewal_object;

/* line_json.c */
extern const struct object_info presence_object;
extern const struct object_info presence_list_object;
extern const struct object_info memo_object;
extern const struct object_info memo_list_object;

/* token_json.c */
extern const struct object_info token_object;
extern const struct object_info token_list_object;

/* directory_json.c: read by directory_from_json alone, which sees to what refers to what */
extern const struct object_info directory_object;

/* result_json.c: struct result when the change was applied, when it was refused */
extern const struct object_info applied_object;
extern const struct object_info refused_object;

#endif
