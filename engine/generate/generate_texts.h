/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What synthetic records are written from: the word and phrase lists of data/generate/texts.json, the passages of data/lexicon/examples-*.json
 * (invented sentences of demand and supply firms, each with the concepts that it speaks of), and the industry codes. A theme is what one record is
 * about: one passage, its task, industry, technique and data. In: the data folder and the lexicon. Out: sentences. Passages in Korean alone are
 * taken.
 */
#ifndef IEUM_GENERATE_GENERATE_TEXTS_H
#define IEUM_GENERATE_GENERATE_TEXTS_H

#include "../adapt/json.h"
#include "../base/map.h"
#include "../base/random.h"
#include "../base/vector.h"
#include "../text/lexicon.h"

struct passage {
    const char *text, *field;                 /* field: of its file, "manufacturing" */
    uint32_t task, industry, technique, data; /* MAP_NONE: it speaks of none. The industry is the most special one that has codes */
    bool supplier;
};
struct industry_code {
    char code[7]; /* "C10711", revision 10 */
    const char *name;
};
struct generate_texts {
    struct arena *arena;
    const struct lexicon *lexicon;
    jval *json;
    VECTOR(jval *) files;
    VECTOR(struct passage) passages;
    size_t *of_task, *task_start; /* passages by task: of_task[task_start[t] .. task_start[t + 1]) */
    VECTOR(struct industry_code) codes;
};

ieum_status generate_texts_open(const char *data_folder, const struct lexicon *lexicon, struct generate_texts *texts, struct problem *problem);
void generate_texts_close(struct generate_texts *texts); /* a zeroed one is fine */

/* A list of texts.json by name; INVALID with the place of the name when there is none. */
ieum_status generate_list(const struct generate_texts *texts, const char *name, const struct jpath *at, const jval **list, struct problem *problem);

struct theme {
    const struct passage *passage;
    uint32_t task, industry, technique, data, other; /* other: a task near to this one; MAP_NONE where there is none */
    size_t used;                                     /* passages of the task that the record has already, from of_task on */
};
/* Fills what a passage leaves open with what the lexicon holds near to its task. */
struct theme theme_of(const struct generate_texts *texts, const struct passage *passage, struct random *random);
/* Another passage of the theme's task in the same voice that does not speak of another industry and ends as asked; NULL when there is none left. */
const struct passage *theme_more(const struct generate_texts *texts, struct theme *theme, const jval *endings, struct random *random);
/* Whether the text ends with one of the endings; NULL: with any. */
bool ends_with_one(const jval *endings, const char *text);
/* A concept of the facet that the lexicon links to the task, or another task near to it; drawn. MAP_NONE when there is none. */
uint32_t theme_near(const struct generate_texts *texts, const struct theme *theme, enum facet facet, struct random *random);
const char *word_without_brackets(const char *text, struct arena *arena); /* "제조업(가금류 제외)" → "제조업" */
/* The Korean name of a concept as a sentence has it: without what stands in brackets. */
const char *concept_word(const struct generate_texts *texts, uint32_t concept, struct arena *arena);

/*
 * Adds a phrase with its places filled: "{task:을} 자동화" → "외관검사를 자동화". Places: task, industry, technique, data, other, and `own` under the
 * name "own". A particle after the colon takes the form that the word before it asks for. INVALID for another place; a phrase with a place that the
 * theme leaves open is not added, and *added says so.
 */
ieum_status phrase_add(const struct generate_texts *texts, const struct theme *theme, const char *own, const char *phrase, const struct jpath *at,
                       struct buffer *out, bool *added, struct problem *problem);
/* The form of a particle ("을", "은", "이", "과", "으로", "이라") after a word. */
const char *particle_after(const char *word, size_t size, const char *particle);

#endif
