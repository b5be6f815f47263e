/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a request's JSON: members of one object, in the order they are added. Running out of memory shows as a NULL at the end. */
#ifndef IEUM_CLI_REQUEST_TEXT_H
#define IEUM_CLI_REQUEST_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct request_text {
    char *bytes;
    size_t size, capacity;
    bool failed;
};

void request_begin(struct request_text *request, const char *op); /* op NULL: it stands beside the request */
void request_add_text(struct request_text *request, const char *key, const char *text); /* NULL: nothing is added */
void request_add_raw(struct request_text *request, const char *key, const char *json);  /* NULL: nothing is added */
void request_add_list(struct request_text *request, const char *key, const char *words); /* separated by commas; NULL: nothing is added */
/* A list ('[') or an object ('{') as a member, or within a list (key NULL); what is added then goes into it until it is closed (']', '}'). */
void request_open(struct request_text *request, const char *key, char bracket);
void request_close(struct request_text *request, char bracket);
void request_add_item(struct request_text *request, const char *text); /* into a list */
/* The finished object, owned by the caller (free), NULL when memory ran out. */
char *request_end(struct request_text *request);

#endif
