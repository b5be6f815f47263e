/* SPDX-License-Identifier: Apache-2.0 */
#include "arguments.h"

#include <string.h>

/* Where options end: the place of "--", or the count. */
static int options_end(const struct arguments *arguments) {
    for (int i = 0; i < arguments->count; i++)
        if (arguments->words[i] && strcmp(arguments->words[i], "--") == 0) return i;
    return arguments->count;
}

const char *take_next(struct arguments *arguments, const char *name, const char **error) {
    size_t size = strlen(name);
    int end = options_end(arguments);
    for (int i = 0; i < end; i++) {
        char *word = arguments->words[i];
        if (!word || strncmp(word, name, size) != 0) continue;
        if (word[size] == '=' && word[1] == '-') {
            arguments->words[i] = NULL;
            return word + size + 1;
        }
        if (word[size] != '\0') continue;
        if (i + 1 >= arguments->count || !arguments->words[i + 1]) {
            *error = name;
            return NULL;
        }
        char *value = arguments->words[i + 1];
        arguments->words[i] = arguments->words[i + 1] = NULL;
        return value;
    }
    return NULL;
}

const char *take_option(struct arguments *arguments, const char *name, const char **error) {
    const char *value = NULL, *missing = NULL, *next;
    while ((next = take_next(arguments, name, &missing))) value = next;
    if (!missing) return value;
    *error = missing;
    return NULL;
}

bool take_flag(struct arguments *arguments, const char *name) {
    bool found = false;
    int end = options_end(arguments);
    for (int i = 0; i < end; i++) {
        if (!arguments->words[i] || strcmp(arguments->words[i], name) != 0) continue;
        arguments->words[i] = NULL;
        found = true;
    }
    return found;
}

const char *take_operand(struct arguments *arguments) {
    int end = options_end(arguments);
    for (int i = 0; i < arguments->count; i++) {
        char *word = arguments->words[i];
        if (!word || i == end || (i < end && word[0] == '-' && word[1])) continue;
        arguments->words[i] = NULL;
        return word;
    }
    return NULL;
}

const char *left_over(const struct arguments *arguments) {
    for (int i = 0; i < arguments->count; i++)
        if (arguments->words[i] && strcmp(arguments->words[i], "--") != 0) return arguments->words[i];
    return NULL;
}
