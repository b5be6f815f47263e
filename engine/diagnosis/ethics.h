/* SPDX-License-Identifier: Apache-2.0 */
/* The AI-ethics checklist: principles, items, answers, and what to do about those that are open. No score comes out of it. Data: data/diagnosis/ethics.json. */
#ifndef IEUM_DIAGNOSIS_ETHICS_H
#define IEUM_DIAGNOSIS_ETHICS_H

#include "diagnosis_file.h"

struct ethics_principle {
    const char *id;
    struct text2 title;
    const char *source;
};
struct ethics_choice {
    const char *id;
    struct text2 text;
    bool flag; /* an item answered so is to be looked at */
};
struct ethics_item {
    const char *id;
    size_t principle;
    struct text2 text, why, act; /* act: what to do ("do") */
    const char *source;
};
struct ethics {
    struct arena *arena;
    jval *json;
    struct diagnosis_head head;
    struct ethics_principle *principles;
    size_t principle_count;
    struct ethics_choice *choices;
    size_t choice_count;
    struct ethics_item *items;
    size_t item_count;
};

ieum_status ethics_load(const char *path, struct ethics *ethics, struct problem *problem);
void ethics_free(struct ethics *ethics); /* a zeroed struct is fine */

enum { ETHICS_UNANSWERED = -1 };
/* `answers`: {item id: answer id | null}; *chosen gets one index of choices an item, or ETHICS_UNANSWERED, in the arena. */
ieum_status ethics_assess(const struct ethics *ethics, const jval *answers, const struct jpath *at, struct arena *arena, int **chosen, struct problem *problem);

#endif
