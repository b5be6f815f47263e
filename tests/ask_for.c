/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For tests that ask for others: ask_for STORE DATA ACCESS [NOW]. A line of standard input is "ACCOUNT\tROLE\tORIGIN\tREQUEST[\tFILE]", a line of standard output
 * its reply. ACCOUNT "-": the operator of the machine (ieum_call); ACCESS "": no access log; with a FILE its bytes go through ieum_import_for. It knows the public header alone.
 */
#include "ieum.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 5 };

/* Cuts the line at its tabs; what is missing is NULL. */
static void cut(char *line, char *fields[FIELDS]) {
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < FIELDS; i++) {
        fields[i] = line;
        char *tab = line && i + 1 < FIELDS ? strchr(line, '\t') : NULL;
        if (tab) *tab++ = '\0';
        line = tab;
    }
}

static char *read_whole(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    *size = 0;
    for (size_t room = 0, got = 1; file && got;) {
        if (*size == room) bytes = realloc(bytes, room = room ? 2 * room : 1 << 16);
        if (!bytes) abort();
        got = fread(bytes + *size, 1, room - *size, file);
        *size += got;
    }
    if (file) fclose(file);
    return bytes;
}

static void answer(ieum_engine *engine, char *fields[FIELDS], char **reply) {
    const ieum_caller caller = {.size = sizeof caller, .account = fields[0], .role = fields[1], .origin = fields[2]};
    const ieum_caller *who = strcmp(fields[0], "-") == 0 ? NULL : &caller;
    const size_t request_size = strlen(fields[3]);
    if (fields[4]) {
        size_t size;
        const char *slash = strrchr(fields[4], '/');
        char *bytes = read_whole(fields[4], &size);
        ieum_import_for(engine, who, fields[3], request_size, slash ? slash + 1 : fields[4], bytes, size, reply);
        free(bytes);
    } else if (who) {
        ieum_call_for(engine, who, NULL, fields[3], request_size, reply);
    } else {
        ieum_call(engine, fields[3], request_size, reply);
    }
}

int main(int count, char **words) {
    ieum_options options;
    ieum_engine *engine = NULL;
    char *reply = NULL, *line = NULL;
    size_t room = 0;
    if (count < 4) return 2;
    ieum_options_init(&options);
    options.store_path = words[1];
    options.data_path = words[2];
    options.access_path = *words[3] ? words[3] : NULL;
    options.now = count > 4 ? words[4] : NULL;
    options.language = "en";
    options.threads = 1;
    if (ieum_open(&options, &engine, &reply) != IEUM_OK) {
        fprintf(stderr, "ask_for: %s\n", reply ? reply : "cannot open");
        ieum_free(reply);
        return 1;
    }
    while (getline(&line, &room, stdin) > 0) {
        char *fields[FIELDS];
        cut(line, fields);
        if (!fields[3]) return 2;
        answer(engine, fields, &reply);
        puts(reply ? reply : "null");
        fflush(stdout);
        ieum_free(reply);
    }
    free(line);
    ieum_close(engine);
    return 0;
}
