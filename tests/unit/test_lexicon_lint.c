/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped lexicon, read as its authors should: it loads, is whole, and holds no word that would be found by
 * accident. */
#include "test.h"

#include <stdbool.h>

#include "adapt/json.h"
#include "base/files.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/lexicon.h"
#include "text/normalise.h"

enum { FEWEST_CONCEPTS = 150, LONGEST_GAP = 20, FEWEST_PASSAGES = 3 };

static char folder[1024];

/* ---- the files, concept by concept ---- */

typedef void (*visit_function)(const jval *item, void *context);

/* Each item of the list of that name ("concepts", "passages"), in whatever file. */
static void each_item(const char *list, visit_function visit, void *context) {
    struct problem problem = {0};
    char **names = NULL;
    size_t count = 0;
    CHECK_INT(folder_list(folder, ".json", &names, &count, &problem), IEUM_OK);
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(folder, names[i]), *bytes = NULL;
        size_t size = 0;
        jval *file = NULL;
        CHECK_INT(file_read(path, (size_t)1 << 26, &bytes, &size, &problem), IEUM_OK);
        if (bytes != NULL) CHECK_INT(jval_parse(bytes, size, &file, &problem), IEUM_OK);
        const jval *items = jval_get(file, list);
        for (size_t j = 0; j < jval_count(items); j++) visit(jval_at(items, j), context);
        jval_free(file);
        memory_free(bytes);
        memory_free(path);
    }
    memory_free(names);
}

static void each_concept(visit_function visit, void *context) { each_item("concepts", visit, context); }

typedef void (*term_function)(const char *id, const char *kind, const char *term, void *context);

static void each_term(const jval *concept, term_function function, void *context) {
    static const char *const single[] = {"ko", "en"}, *const lists[] = {"names", "says"};
    const char *id = jval_get_text(concept, "id");
    for (int i = 0; i < 2; i++) {
        const jval *list = jval_get(concept, lists[i]);
        function(id, single[i], jval_get_text(concept, single[i]), context);
        for (size_t j = 0; j < jval_count(list); j++) function(id, lists[i], jval_text(jval_at(list, j)), context);
    }
}

/* The term as the matcher compares it: normalised, without spaces, hyphens and middle dots. */
static const char *compared(const char *term, size_t *syllables, bool *other) {
    static char bytes[2048];
    struct normal_text text = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    size_t size = 0;
    *syllables = 0;
    *other = false;
    CHECK_INT(normalise(term, strlen(term), &text, &problem), IEUM_OK);
    for (size_t i = 0; i < text.count && size + 5 < sizeof bytes; i++) {
        const uint32_t point = text.points[i];
        if (text.script[i] == SCRIPT_SPACE || point == '-' || point == 0xB7) continue;
        size += utf8_write(point, bytes + size);
        *syllables += text.script[i] == SCRIPT_HANGUL;
        *other = *other || text.script[i] != SCRIPT_HANGUL;
    }
    bytes[size] = '\0';
    normal_text_free(&text);
    return bytes;
}

/* ---- tests ---- */

TEST(it_loads_and_is_whole) {
    struct lexicon *lexicon = NULL;
    struct problem problem = {0};
    size_t counts[FACETS] = {0};
    snprintf(folder, sizeof folder, "%s/data/lexicon", test_source());
    jval_prepare();
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_OK);
    if (lexicon == NULL) {
        fprintf(stderr, "%s %s \"%s\": %s\n", problem.source, problem.pointer, problem.value, problem.en);
        return;
    }
    CHECK(lexicon_count(lexicon) >= FEWEST_CONCEPTS);
    CHECK_INT(lexicon_check_patterns(lexicon, &problem), IEUM_OK);
    char *linked = memory_allocate_zero(lexicon_count(lexicon), 1);
    for (uint32_t i = 0; linked != NULL && i < lexicon_count(lexicon); i++) {
        const struct concept *concept = lexicon_concept(lexicon, i);
        counts[concept->facet]++;
        /* Conditions of delivery (a certificate, a place to run) stand for themselves. */
        linked[i] |= concept->parent_count > 0 || concept->related_count > 0 || concept->facet == FACET_DELIVERY;
        for (size_t j = 0; j < concept->parent_count; j++) linked[concept->parents[j]] = 1;
        for (size_t j = 0; j < concept->related_count; j++) linked[concept->related[j].to] = 1;
    }
    for (uint32_t i = 0; linked != NULL && i < lexicon_count(lexicon); i++) {
        if (!linked[i])
            fprintf(stderr, "dead concept, no parent, child or link: %s\n", lexicon_concept(lexicon, i)->id);
        CHECK(linked[i]);
    }
    for (int i = 0; i < FACETS; i++) CHECK(counts[i] > 0);
    memory_free(linked);
    lexicon_free(lexicon);
}

static void check_languages(const jval *concept, void *context) {
    size_t syllables;
    bool other;
    (void)context;
    compared(jval_get_text(concept, "ko"), &syllables, &other);
    const bool korean = syllables > 0 || strcmp(jval_get_text(concept, "ko"), jval_get_text(concept, "en")) == 0;
    if (!korean) fprintf(stderr, "%s: ko has no Korean\n", jval_get_text(concept, "id"));
    CHECK(korean);
    compared(jval_get_text(concept, "en"), &syllables, &other);
    if (syllables > 0) fprintf(stderr, "%s: en has Korean\n", jval_get_text(concept, "id"));
    CHECK(syllables == 0);
}

TEST(both_languages_name_every_concept) { each_concept(check_languages, NULL); }

static void check_length(const char *id, const char *kind, const char *term, void *context) {
    size_t syllables;
    bool other;
    (void)context;
    const char *text = compared(term, &syllables, &other);
    const bool long_enough = other ? utf8_count(text, strlen(text)) >= 2 : syllables >= 2;
    if (!long_enough) fprintf(stderr, "%s: too short in %s: %s\n", id, kind, term);
    CHECK(long_enough);
}

static void check_lengths(const jval *concept, void *context) { each_term(concept, check_length, context); }

TEST(no_term_is_too_short) { each_concept(check_lengths, NULL); }

/* Whether a file of tests/unit/data, one item a line, holds this one; "" at the end. */
static bool is_listed(const char *file, char **listed, const char *item) {
    char path[1200], line[300];
    struct problem problem = {0};
    size_t size;
    snprintf(path, sizeof path, "%s/tests/unit/data/%s", test_source(), file);
    if (*listed == NULL) CHECK_INT(file_read(path, 1 << 20, listed, &size, &problem), IEUM_OK);
    snprintf(line, sizeof line, "\n%s\n", item);
    const bool found = *listed != NULL && strstr(*listed, line) != NULL;
    if (*item == '\0') {
        memory_free(*listed);
        *listed = NULL;
    }
    return found;
}

/* Words that truly belong to two concepts, one a line, as the matcher compares them. */
static bool may_be_shared(const char *term) {
    static char *listed;
    return is_listed("lexicon-shared-terms.txt", &listed, term);
}

struct seen {
    struct map *terms; /* → which concept had it first */
    uint32_t concept;
};

static void check_once(const char *id, const char *kind, const char *term, void *context) {
    struct seen *seen = context;
    size_t syllables;
    bool other;
    const char *text = compared(term, &syllables, &other);
    const uint32_t before = map_get_text(seen->terms, text);
    if (before == MAP_NONE) {
        CHECK(map_put(seen->terms, text, strlen(text), seen->concept));
        return;
    }
    const bool once = before != seen->concept && may_be_shared(text);
    if (!once) {
        if (before == seen->concept)
            fprintf(stderr, "%s: twice in itself: %s (%s)\n", id, term, kind);
        else
            fprintf(stderr, "%s: also in the %uth concept: %s (%s)\n", id, before + 1, term, kind);
    }
    CHECK(once);
}

static void check_all_once(const jval *concept, void *context) {
    struct seen *seen = context;
    each_term(concept, check_once, seen);
    seen->concept ++;
}

TEST(no_term_stands_twice) {
    struct seen seen = {.terms = map_new()};
    if (seen.terms == NULL) return;
    each_concept(check_all_once, &seen);
    map_free(seen.terms);
    may_be_shared("");
}

/* ---- every term does its work ---- */

struct reading {
    const struct lexicon *lexicon;
    size_t terms, dead;
};

/* A term that stands alone in a text speaks of its own concept: the matcher's rules of word borders, overlaps and
 * negation hide none for ever. */
static void check_found(const char *id, const char *kind, const char *term, void *context) {
    struct reading *reading = context;
    struct problem problem = {0};
    mention_list mentions = {0};
    bool found = false;
    reading->terms++;
    CHECK_INT(lexicon_annotate(reading->lexicon, term, strlen(term), &mentions, &problem), IEUM_OK);
    for (size_t i = 0; i < mentions.count; i++)
        found = found || strcmp(lexicon_concept(reading->lexicon, mentions.items[i].concept)->id, id) == 0;
    vector_free(&mentions);
    if (!found) fprintf(stderr, "%s: never found, even alone: %s (%s)\n", id, term, kind);
    reading->dead += !found;
    CHECK(found);
}

static void check_all_found(const jval *concept, void *context) { each_term(concept, check_found, context); }

TEST(every_term_is_found) {
    struct reading reading = {0};
    struct lexicon *lexicon = NULL;
    struct problem problem = {0};
    if (lexicon_load(folder, 1, &lexicon, &problem) != IEUM_OK) return; /* the first test says why */
    reading.lexicon = lexicon;
    each_concept(check_all_found, &reading);
    printf("  %zu of %zu terms are never found\n", reading.dead, reading.terms);
    lexicon_free(lexicon);
}

/* ---- passages ---- */

/* Concepts whose passages are still to be written. */
static bool may_have_few(const char *id) {
    static char *listed;
    return is_listed("lexicon-few-passages.txt", &listed, id);
}

struct tally {
    const struct lexicon *lexicon;
    size_t *passages; /* of each concept */
};

static void count_passage(const jval *passage, void *context) {
    struct tally *tally = context;
    const jval *tags = jval_get(passage, "concepts");
    for (size_t i = 0; i < jval_count(tags); i++) {
        const char *id = jval_text(jval_at(tags, i));
        for (size_t j = 0; j < i; j++) {
            const bool once = strcmp(id, jval_text(jval_at(tags, j))) != 0;
            if (!once) fprintf(stderr, "tagged twice with %s: %s\n", id, jval_get_text(passage, "text"));
            CHECK(once);
        }
        tally->passages[lexicon_find(tally->lexicon, id)]++;
    }
}

/* What a concept means is learnt from its passages: fewer than three teach too little. */
TEST(every_concept_has_passages) {
    struct tally tally = {0};
    struct lexicon *lexicon = NULL;
    struct problem problem = {0};
    size_t few = 0;
    if (lexicon_load(folder, 1, &lexicon, &problem) != IEUM_OK) return; /* the first test says why */
    tally.lexicon = lexicon;
    tally.passages = memory_allocate_zero(lexicon_count(lexicon), sizeof *tally.passages);
    if (tally.passages != NULL) each_item("passages", count_passage, &tally);
    for (uint32_t i = 0; tally.passages != NULL && i < lexicon_count(lexicon); i++) {
        const char *id = lexicon_concept(lexicon, i)->id;
        const bool listed = may_have_few(id), enough = tally.passages[i] >= FEWEST_PASSAGES;
        if (!enough) printf("  %s has %zu passages%s\n", id, tally.passages[i], listed ? " (listed)" : "");
        if (enough && listed) printf("  %s has its passages now: take it off lexicon-few-passages.txt\n", id);
        CHECK(enough || listed);
        few += !enough;
    }
    printf("  %zu of %u concepts have fewer than %d passages\n", few, lexicon_count(lexicon), FEWEST_PASSAGES);
    may_have_few("");
    memory_free(tally.passages);
    lexicon_free(lexicon);
}

static void check_passage_once(const jval *passage, void *context) {
    struct seen *seen = context;
    size_t syllables;
    bool other;
    const char *text = compared(jval_get_text(passage, "text"), &syllables, &other);
    const bool once = map_get_text(seen->terms, text) == MAP_NONE;
    if (!once) fprintf(stderr, "twice: %s\n", jval_get_text(passage, "text"));
    CHECK(once && *text != '\0');
    if (once) CHECK(map_put(seen->terms, text, strlen(text), seen->concept++));
}

/* Nor in another spelling or with other spaces. */
TEST(no_passage_stands_twice) {
    struct seen seen = {.terms = map_new()};
    if (seen.terms == NULL) return;
    each_item("passages", check_passage_once, &seen);
    CHECK(seen.concept > FEWEST_CONCEPTS * FEWEST_PASSAGES);
    map_free(seen.terms);
}

/* ---- patterns and neutral sentences ---- */

/* A gap of any width makes a pattern match across a whole text. */
static bool is_bounded(const char *expression) {
    for (const char *at = expression; *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
            continue;
        }
        if (*at != '.') continue;
        if (at[1] == '*' || at[1] == '+') return false;
        if (at[1] == '{') {
            const char *comma = strchr(at, ',');
            const char *close = strchr(at, '}');
            if (close == NULL || (comma != NULL && comma < close && (comma[1] == '}' || atoi(comma + 1) > LONGEST_GAP)))
                return false;
        }
    }
    return true;
}

static void check_patterns(const jval *concept, void *context) {
    const jval *list = jval_get(concept, "patterns");
    (void)context;
    for (size_t i = 0; i < jval_count(list); i++) {
        const char *expression = jval_get_text(jval_at(list, i), "re");
        if (!is_bounded(expression))
            fprintf(stderr, "%s: over-broad pattern %s\n", jval_get_text(concept, "id"), expression);
        CHECK(is_bounded(expression));
    }
}

TEST(no_pattern_is_over_broad) { each_concept(check_patterns, NULL); }

/* Sentences any firm might write about anything: they speak of no concept. */
static const char *const neutral[] = {
    "저희 회사는 서울에 있으며 직원은 스무 명입니다.",
    "지난해에 새 사무실로 이사하였고 앞으로도 잘 부탁드립니다.",
    "대표이사와 임원이 참석한 가운데 협약식을 열었습니다.",
    "자세한 내용은 담당자에게 문의하여 주시기 바랍니다.",
    "우리는 오랜 경험을 가진 전문 인력을 갖추고 있습니다.",
    "이번 사업에 신청하게 되어 기쁘게 생각합니다.",
    "Our company was founded in Seoul and has twenty employees.",
    "Please contact us for further details.",
    "We look forward to working with you on this project.",
};

TEST(everyday_sentences_speak_of_nothing) {
    struct lexicon *lexicon = NULL;
    struct problem problem = {0};
    if (lexicon_load(folder, 1, &lexicon, &problem) != IEUM_OK) return; /* the first test says why */
    for (size_t i = 0; i < sizeof neutral / sizeof *neutral; i++) {
        mention_list mentions = {0};
        CHECK_INT(lexicon_annotate(lexicon, neutral[i], strlen(neutral[i]), &mentions, &problem), IEUM_OK);
        for (size_t j = 0; j < mentions.count; j++)
            fprintf(stderr, "%s found at %u in: %s\n", lexicon_concept(lexicon, mentions.items[j].concept)->id,
                    mentions.items[j].start, neutral[i]);
        CHECK_INT(mentions.count, 0);
        vector_free(&mentions);
    }
    lexicon_free(lexicon);
}

TEST_MAIN(it_loads_and_is_whole, both_languages_name_every_concept, no_term_is_too_short, no_term_stands_twice,
          every_term_is_found, every_concept_has_passages, no_passage_stands_twice,
          no_pattern_is_over_broad, everyday_sentences_speak_of_nothing)
