#include "base/mem.h"
#include "base/text.h"
#include "codec/change_json.h"
#include "codec/result_json.h"
#include "core/attachment.h"
#include "httpd/route.h"

#include <string.h>

enum { CHANGES_MOST = 1000 };

/* Nobody speaks for another; the desk itself may speak for everybody. */
static bool set_actor(const struct request *request, struct change *change, struct error *err)
{
	const struct identity *identity = &request->identity;
	if (!identity->operator_id) {
		return true;
	}
	if (change->actor == 0 || change->actor == identity->operator_id) {
		change->actor = identity->operator_id;
		return true;
	}
	return error_set_reason(err, ERROR_DENIED, "actor",
		N_("a change must be by the operator who sends it, {0}"), identity->login, NULL);
}

/* Texts come from outside here. */
static void clean_texts(const void *mem, struct change *change)
{
	for (int i = 0; i < CHANGE_FIELDS; i++) {
		const struct change_field_info *info = &change_fields[i];
		const char **text = (void *)((char *)change + info->offset);
		if (info->type == FIELD_TEXT && *text) {
			*text = text_clean(mem, *text, strlen(*text), NULL);
		} else if (info->type == FIELD_LINE && *text) {
			*text = text_clean_line(mem, *text, strlen(*text), NULL);
		}
	}
	for (size_t i = 0; i < change->attachments.count; i++) {
		struct attachment *file = &change->attachments.items[i];
		file->name = file->name ? attachment_safe_name(mem, file->name) : NULL;
	}
}

static bool read_changes(struct request *request, const struct json *array, struct change *changes,
	struct error *err)
{
	const struct json *item = json_first(array);
	for (size_t i = 0; item; item = json_next(item), i++) {
		request->within = mem_printf(request, "[%zu].", i);
		if (!change_from_json_by_name(
			    request, item, request->directory, &changes[i], err) ||
			!set_actor(request, &changes[i], err) ||
			!identity_may_change(&request->identity, &changes[i], err)) {
			return false;
		}
		clean_texts(request, &changes[i]);
		if (uuid_is_zero(&changes[i].id)) {
			changes[i].id = uuid_make(store_now(request->store));
		}
	}
	request->within = NULL;
	return true;
}

static bool answer_results(struct request *request, struct error *err)
{
	(void)err;
	struct json *object = json_object(request);
	struct json *array = json_add_array(object, "results");
	for (size_t i = 0; i < request->job.count; i++) {
		json_add_copy(array, NULL,
			result_json(request, &request->job.results[i], request->directory, NULL));
	}
	return request_respond_json(request, object);
}

bool route_changes(struct request *request, struct error *err)
{
	const struct json *array;
	if (!request_json(request, &array, err)) {
		return false;
	}
	size_t count = json_count(array);
	if (json_type_of(array) != JSON_ARRAY || count == 0 || count > CHANGES_MOST) {
		return error_set_reason(err, ERROR_INVALID, "changes",
			N_("send an array of 1 to 1000 changes"), NULL);
	}
	struct change *changes = mem_array(request, struct change, count);
	if (!read_changes(request, array, changes, err)) {
		return false;
	}
	request->job.changes = changes;
	request->job.count = count;
	request->job.results = mem_array(request, struct result, count);
	return request_write(request, answer_results);
}
