/* SPDX-License-Identifier: Apache-2.0 */
/* Templates of the public header: files to fill in and import. */
#include <string.h>

#include "engine_parts.h"
#include "record/template.h"

static ieum_status read_choice(const char *member, const char *value, const char *const *names, size_t count, size_t *choice, struct problem *problem) {
    jval *object = jval_new_object();
    jval_set_text(object, member, value);
    ieum_status status = field_choice(object, NULL, member, true, names, count, choice, problem);
    jval_free(object);
    return status;
}

ieum_status ieum_template(ieum_engine *engine, const char *kind, const char *format, const char *language, void **bytes, size_t *size, char **reply) {
    static const char *const languages[] = {"en", "ko"};
    struct problem problem = {0};
    struct ieum_engine speaking = *engine;
    struct buffer file = BUFFER_EMPTY;
    size_t kind_index = 0, format_index = 0, language_index = engine->korean;
    *bytes = NULL;
    *size = 0;
    if (reply) *reply = NULL;
    memory_clear_failed();
    ieum_status status = language ? read_choice("language", language, languages, 2, &language_index, &problem) : IEUM_OK;
    speaking.korean = language_index == 1;
    if (status == IEUM_OK) status = read_choice("kind", kind, record_kind_names, RECORD_KINDS + 1, &kind_index, &problem);
    if (status == IEUM_OK) status = read_choice("format", format, template_format_names, TEMPLATE_FORMATS, &format_index, &problem);
    if (status == IEUM_OK)
        status = template_write((enum record_kind)kind_index, (enum template_format)format_index, speaking.korean, workspace_data_path(engine->workspace), &file, &problem);
    if (status == IEUM_OK) {
        *size = file.size;
        *bytes = buffer_take(&file);
    }
    buffer_free(&file);
    return engine_tell_problem(&speaking, &problem, reply);
}
