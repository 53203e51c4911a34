#include "server_place.h"

#include "store/drivers.h"

/* A desk behind a server within the test. */

const struct place place = {&store_http, server_place_location, server_place_serve};
