/* SPDX-License-Identifier: Apache-2.0 */
#include "file_out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *add_ending(const char *path, const char *ending) {
    const size_t size = strlen(path) + strlen(ending) + 1;
    char *whole = malloc(size);
    if (whole) snprintf(whole, size, "%s%s", path, ending);
    return whole;
}

/* A link is followed, so that its target is replaced and not the link. */
static char *real_place(const char *path, struct stat *about, bool *there) {
    *there = stat(path, about) == 0;
    return *there ? realpath(path, NULL) : strdup(path);
}

bool file_out_open(struct file_out *out, const char *path) {
    struct stat about;
    bool there;
    *out = (struct file_out){0};
    if (strcmp(path, "-") == 0) {
        out->file = stdout;
        return true;
    }
    out->path = real_place(path, &about, &there);
    if (!out->path) return false;
    if (there && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (there && !S_ISREG(about.st_mode)) {
        out->file = fopen(out->path, "wbe");
        return out->file != NULL;
    }
    if (there && access(out->path, W_OK) != 0) return false;
    out->temporary = add_ending(out->path, ".XXXXXX");
    const int number = out->temporary ? mkstemp(out->temporary) : -1;
    if (number < 0) {
        free(out->temporary);
        out->temporary = NULL;
        return false;
    }
    const mode_t mask = umask(0);
    umask(mask);
    /* What cannot be given to the file is no reason to refuse it. */
    if (fchmod(number, there ? about.st_mode & 0777 : 0666 & ~mask) != 0) errno = 0;
    out->file = fdopen(number, "wb");
    if (!out->file) close(number);
    return out->file != NULL;
}

bool file_out_add(struct file_out *out, const void *bytes, size_t size) { return fwrite(bytes, 1, size, out->file) == size; }

bool file_out_keep(struct file_out *out) {
    bool whole = fflush(out->file) == 0;
    if (out->file != stdout) {
        whole = fclose(out->file) == 0 && whole;
        out->file = NULL;
    }
    if (whole && out->temporary) {
        whole = rename(out->temporary, out->path) == 0;
        if (whole) {
            free(out->temporary);
            out->temporary = NULL;
        }
    }
    return whole;
}

void file_out_close(struct file_out *out) {
    if (out->file && out->file != stdout) fclose(out->file);
    if (out->temporary) unlink(out->temporary);
    free(out->temporary);
    free(out->path);
    *out = (struct file_out){0};
}
