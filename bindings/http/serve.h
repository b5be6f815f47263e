/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTP server, from its start until a signal ends it (`ieum serve`). */
#ifndef IEUM_HTTP_SERVE_H
#define IEUM_HTTP_SERVE_H

#include <stdbool.h>

#include "ieum.h"

struct serve_options {
    const ieum_options *engine;  /* for the handles of the workers; store, data, language, now */
    const char *data_folder;     /* the data folder */
    const char *listen;          /* "ADDRESS:PORT" or "unix:PATH" */
    const char *web_folder;      /* static files; NULL: none */
    const char *access_folder;   /* of the access log */
    const char *new_token;       /* NULL, or the role for which a token is made and printed */
    bool behind_tls, korean;
    void (*log)(const char *level, const char *message); /* NULL: none */
    void (*ready)(bool korean, const char *url, const char *token); /* listening; token NULL: none was made */
};

/* Serves until SIGTERM or SIGINT; a second signal ends the process at once. *problem: what is wrong when it could not start, for people, to be freed
 * with free. */
ieum_status serve(const struct serve_options *options, char **problem);

#endif
