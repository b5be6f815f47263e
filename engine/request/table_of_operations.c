/* SPDX-License-Identifier: Apache-2.0 */
/* The operations by name. */
#include <string.h>

#include "request.h"

#define OPERATIONS(X)                                                                                                  \
    X("access", request_access)                                                                                        \
    X("account", request_account)                                                                                      \
    X("assign", request_assign)                                                                                        \
    X("audit", request_audit)                                                                                         \
    X("backup", request_backup)                                                                                        \
    X("cases", request_cases)                                                                                          \
    X("check", request_check)                                                                                          \
    X("diagnose", request_diagnose)                                                                                    \
    X("doctor", request_doctor)                                                                                        \
    X("evaluate", request_evaluate)                                                                                    \
    X("explain-text", request_explain_text)                                                                            \
    X("export", request_export)                                                                                        \
    X("find", request_find)                                                                                            \
    X("generate", request_generate)                                                                                    \
    X("import", request_import)                                                                                        \
    X("model", request_model)                                                                                          \
    X("program", request_program)                                                                                      \
    X("report", request_report)                                                                                        \
    X("restore", request_restore)                                                                                      \
    X("round", request_round)                                                                                          \
    X("select", request_select)                                                                                        \
    X("shadow", request_shadow)                                                                                        \
    X("suggest", request_suggest)                                                                                      \
    X("train", request_train)

operation request_operation(const char *op) {
    static const struct {
        const char *name;
        operation operation;
    } operations[] = {
#define ENTRY(name, function) {name, function},
        OPERATIONS(ENTRY)
#undef ENTRY
    };
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, op) == 0) return operations[i].operation;
    return NULL;
}

const char *request_names(void) {
#define NAME(name, function) ", " name
    return OPERATIONS(NAME) + 2; /* without the first comma */
#undef NAME
}
