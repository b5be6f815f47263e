/* SPDX-License-Identifier: Apache-2.0 */
#include "request_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(struct request_text *request, const char *bytes, size_t size) {
    if (request->failed) return;
    if (request->capacity - request->size <= size) {
        size_t capacity = (request->size + size + 64) * 2;
        char *grown = realloc(request->bytes, capacity);
        if (!grown) {
            request->failed = true;
            return;
        }
        request->bytes = grown;
        request->capacity = capacity;
    }
    memcpy(request->bytes + request->size, bytes, size);
    request->size += size;
    request->bytes[request->size] = '\0';
}

/* The text up to `stop`, or to its end when it comes first; where it stops, blanks around it do not count. */
static void add_quoted_to(struct request_text *request, const char *text, char stop) {
    const char *end = stop ? text + strcspn(text, (char[2]){stop, '\0'}) : text + strlen(text);
    while (stop && text < end && *text == ' ') text++;
    while (stop && end > text && end[-1] == ' ') end--;
    add(request, "\"", 1);
    for (; text < end; text++) {
        char escaped[8];
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') add(request, (char[2]){'\\', *text}, 2);
        else if (c < ' ') add(request, escaped, (size_t)snprintf(escaped, sizeof escaped, "\\u%04x", c));
        else add(request, text, 1);
    }
    add(request, "\"", 1);
}

static void add_quoted(struct request_text *request, const char *text) { add_quoted_to(request, text, '\0'); }

void request_begin(struct request_text *request, const char *op) {
    *request = (struct request_text){0};
    add(request, "{", 1);
    request_add_text(request, "op", op);
}

static void add_comma(struct request_text *request) {
    if (request->size && !strchr("[{", request->bytes[request->size - 1])) add(request, ",", 1);
}

static void add_key(struct request_text *request, const char *key) {
    add_comma(request);
    add_quoted(request, key);
    add(request, ":", 1);
}

void request_add_text(struct request_text *request, const char *key, const char *text) {
    if (!text) return;
    add_key(request, key);
    add_quoted(request, text);
}

void request_add_raw(struct request_text *request, const char *key, const char *json) {
    if (!json) return;
    add_key(request, key);
    add(request, json, strlen(json));
}

void request_add_list(struct request_text *request, const char *key, const char *words) {
    if (!words) return;
    add_key(request, key);
    add(request, "[", 1);
    for (const char *word = words; word; word = strchr(word, ',') ? strchr(word, ',') + 1 : NULL) {
        if (word != words) add(request, ",", 1);
        add_quoted_to(request, word, ',');
    }
    add(request, "]", 1);
}

void request_open(struct request_text *request, const char *key, char bracket) {
    if (key) add_key(request, key);
    else add_comma(request);
    add(request, &bracket, 1);
}

void request_close(struct request_text *request, char bracket) { add(request, &bracket, 1); }

void request_add_item(struct request_text *request, const char *text) {
    add_comma(request);
    add_quoted(request, text);
}

char *request_end(struct request_text *request) {
    add(request, "}", 1);
    if (!request->failed) return request->bytes;
    free(request->bytes);
    return NULL;
}
