/* SPDX-License-Identifier: Apache-2.0 */
/* Replies as files: --format csv|xlsx|html, --out FILE, --table NAME. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands_parts.h"
#include "file_out.h"
#include "messages.h"

bool is_file_format(const char *format) { return strcmp(format, "csv") == 0 || strcmp(format, "xlsx") == 0 || strcmp(format, "html") == 0; }

const char *take_file_format(struct taking *taking, const char *more) {
    const char *format = take_format(taking, more);
    if (!is_file_format(format)) return format;
    taking->wrong_format = NULL;
    taking->out = take(taking, "--out");
    taking->table = take(taking, "--table");
    return format;
}

int write_bytes(const struct taking *taking, const void *bytes, size_t size) {
    struct file_out out = {0};
    const char *path = taking->out ? taking->out : "-";
    const bool whole = file_out_open(&out, path) && file_out_add(&out, bytes, size) && file_out_keep(&out);
    if (!whole)
        fprintf(stderr, taking->session->korean ? "ieum: 파일 '%s'을(를) 쓸 수 없습니다 (%s).\n" : "ieum: the file '%s' cannot be written (%s).\n", path, strerror(errno));
    file_out_close(&out);
    return ieum_status_exit(whole ? IEUM_OK : IEUM_INVALID);
}

int export_reply(const struct taking *taking, ieum_status status, const char *reply, const char *format) {
    void *bytes = NULL;
    size_t size = 0;
    messages_end_progress();
    if (status != IEUM_OK || !reply) return show_reply(taking->session, status, reply, "table");
    if (strcmp(format, "xlsx") == 0 && !taking->out && isatty(STDOUT_FILENO))
        return refuse_usage(taking->session->korean, "xlsx 파일은 --out으로 적을 곳을 알려 주십시오", "say with --out where the xlsx file goes", "--out");
    status = ieum_export(taking->session->engine, reply, strlen(reply), format, taking->table, NULL, &bytes, &size);
    const int result = status == IEUM_OK ? write_bytes(taking, bytes, size) : show_reply(taking->session, status, bytes, "table");
    ieum_free(bytes);
    return result;
}
