/* SPDX-License-Identifier: Apache-2.0 */
#include "messages.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool progressing;

void messages_end_progress(void) {
    if (progressing) fputs("\r\033[K", stderr);
    progressing = false;
}

void messages_log(void *context, const char *level, const char *message) {
    (void)context;
    if (strcmp(level, "progress") == 0) {
        progressing = isatty(STDERR_FILENO);
        if (progressing) fprintf(stderr, "\r\033[K%s", message);
        return;
    }
    messages_end_progress();
    fprintf(stderr, "ieum: %s: %s\n", level, message);
}
