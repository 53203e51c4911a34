#include "httpd/route.h"

/* --- here --- */

bool route_file_get(struct request *request, struct error *err)
{
	int64_t number;
	char *bytes;
	size_t size;
	return request_number(request, 0, &number, err) &&
	       store_blob_get(
		       request->store, request, number, request->values[1], &bytes, &size, err) &&
	       request_respond_bytes(request, "application/octet-stream", bytes, size);
}

/* --- there --- */

static bool put(struct request *request, struct store *store, struct error *err)
{
	char *key;
	bool ok = store_blob_put(store, request, request->body, request->size, &key, err);
	request->data = key;
	return ok;
}

static bool answer_key(struct request *request, struct error *err)
{
	(void)err;
	struct json *object = json_object(request);
	json_add_text(object, "blob", request->data);
	return request_respond_json(request, object);
}

bool route_file_put(struct request *request, struct error *err)
{
	(void)err;
	return request_run(request, put, answer_key);
}
