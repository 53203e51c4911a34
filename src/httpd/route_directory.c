#include "codec/directory_json.h"
#include "httpd/route.h"

bool route_directory(struct request *request, struct error *err)
{
	return request_directory(request, err) &&
	       request_respond_json(request, directory_json(request, request->directory));
}
