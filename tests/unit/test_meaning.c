/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What texts mean, against a second computation: BM25 and the sums of text/meaning.h written once more in the plainest way (texts as bytes, lists searched
 * from the front, every run of words tried), over a tiny lexicon whose numbers differ from those of data/, with several powers of rarity and with words left out.
 */
#include <iconv.h>
#include <math.h>

#include "base/random.h"
#include "record/read.h"
#include "store_samples.h"
#include "text_samples.h"

/* ---- the plain computation ---- */

enum { MOST_CONCEPTS = 32, MOST_TERMS = 4096, MOST_WORDS = 512 };
static const double K1 = 1.1, B = 0.6, K3 = 1.5, FULL = 65535;
enum { KEEP = 4, SPANS = 3 };
static const struct {
    const char *role;
    double weight;
} role_weights[] = {{"title", 0.5}, {"need", 1}, {"summary", 1.5}, {"capability", 1}};

/* What may be set, and the lexicon that has it. */
struct setting {
    double power;
    const char *ignore;  /* as meaning.json has it */
    const char *cut[8];  /* the terms it is cut into */
    const char *particles, *particle[3]; /* as meaning.json has them, and one by one */
};
static const struct setting settings[] = {
    {1, NULL, {NULL}, NULL, {NULL}},
    {2, NULL, {NULL}, NULL, {NULL}},
    {1.5, NULL, {NULL}, NULL, {NULL}},
    {0.4, "[]", {NULL}, NULL, {NULL}},
    {2, "[\"불빛에\",\"Readings\",\"상자에 모터\",\"아무도 안 씀\"]", {"불빛", "빛에", "불빛에", "reading", "상자", "자에", "상자에", "모터"}, NULL, {NULL}},
    {1.5, "[\"ＣＲＡＣＫ\",\"균열·탐지\"]", {"crack", "균열", "탐지"}, NULL, {NULL}},
    {2, NULL, {NULL}, "[\"을\",\"에\"]", {"을", "에"}},
    {1, "[\"상자\",\"떨림\",\"동화\"]", {"상자", "떨림", "동화"}, "[\"에\",\"를\"]", {"에", "를"}},
};
static const struct setting *setting = settings;

struct bag {
    struct {
        char term[256];
        double count;
    } items[MOST_TERMS];
    size_t count;
    double length;
};

static double *count_of(struct bag *bag, const char *term) {
    for (size_t i = 0; i < bag->count; i++)
        if (strcmp(bag->items[i].term, term) == 0) return &bag->items[i].count;
    return NULL;
}

static void put(struct bag *bag, const char *term, size_t size, double weight) {
    char copy[256];
    snprintf(copy, sizeof copy, "%.*s", (int)size, term);
    double *count = count_of(bag, copy);
    if (!count) {
        if (bag->count == MOST_TERMS) exit(2);
        snprintf(bag->items[bag->count].term, sizeof copy, "%s", copy);
        bag->items[bag->count].count = 0;
        count = &bag->items[bag->count++].count;
    }
    *count += weight;
    bag->length += weight;
}

/* The length in bytes of a run at `text`: of syllables (three bytes each, EA..ED) or of small Latin letters. */
static size_t hangul_run(const char *text) {
    size_t size = 0;
    while ((unsigned char)text[size] >= 0xEA && (unsigned char)text[size] <= 0xED) size += 3;
    return size;
}

static size_t latin_run(const char *text) {
    size_t size = 0;
    while (text[size] >= 'a' && text[size] <= 'z') size++;
    return size;
}

/* Terms of composed Hangul and small Latin letters, in words without a plural. */
static void put_terms(struct bag *bag, const char *text, size_t size, double weight) {
    for (const char *at = text, *end = text + size; at < end;) {
        const size_t hangul = hangul_run(at), latin = latin_run(at);
        if (hangul > 6)
            for (size_t i = 0; i + 6 <= hangul; i += 3) put(bag, at + i, 6, weight);
        if (hangul) put(bag, at, hangul, weight);
        if (latin) put(bag, at, latin, weight);
        at += hangul ? hangul : latin ? latin : 1;
    }
}

static struct bag documents[MOST_CONCEPTS];
static size_t concepts;
static double mean_length;
static struct lexicon *tiny;

static jval *read_file(const char *name) {
    char path[256];
    snprintf(path, sizeof path, TINY_LEXICON "/%s", name);
    return sample_json(path);
}

static void put_text(struct bag *bag, const jval *value) {
    if (value) put_terms(bag, jval_text(value), strlen(jval_text(value)), 1);
}

static void put_list(struct bag *bag, const jval *list) {
    for (size_t i = 0; i < jval_count(list); i++) put_text(bag, jval_at(list, i));
}

static void put_examples(const char *file) {
    jval *json = read_file(file);
    const jval *passages = jval_get(json, "passages");
    CHECK(jval_count(passages) > 0);
    for (size_t i = 0; i < jval_count(passages); i++) {
        const jval *tags = jval_get(jval_at(passages, i), "concepts");
        for (size_t k = 0; k < jval_count(tags); k++)
            put_text(&documents[lexicon_find(tiny, jval_text(jval_at(tags, k)))], jval_get(jval_at(passages, i), "text"));
    }
    jval_free(json);
}

TEST(load) {
    tiny = load_lexicon(TINY_LEXICON);
    jval *json = read_file("tasks.json");
    const jval *list = jval_get(json, "concepts");
    concepts = jval_count(list);
    CHECK(concepts == lexicon_count(tiny) && concepts <= MOST_CONCEPTS);
    for (size_t i = 0; i < concepts; i++) {
        const jval *concept = jval_at(list, i);
        struct bag *bag = &documents[lexicon_find(tiny, jval_get_text(concept, "id"))];
        put_text(bag, jval_get(concept, "ko"));
        put_text(bag, jval_get(concept, "en"));
        put_list(bag, jval_get(concept, "names"));
        put_list(bag, jval_get(concept, "says"));
    }
    jval_free(json);
    put_examples("examples-demand.json");
    put_examples("examples-supplier.json");
    for (size_t c = 0; c < concepts; c++) mean_length += documents[c].length / (double)concepts;
}

static double rarity(const char *term) {
    size_t holders = 0;
    for (size_t c = 0; c < concepts; c++) holders += count_of(&documents[c], term) != NULL;
    return log(1 + ((double)concepts - (double)holders + 0.5) / ((double)holders + 0.5));
}

static double weight_in_document(const char *term, size_t concept) {
    const double *count = count_of(&documents[concept], term);
    return count ? *count * (K1 + 1) / (*count + K1 * (1 - B + B * documents[concept].length / mean_length)) : 0;
}

static bool is_known(const char *term) {
    for (size_t c = 0; c < concepts; c++)
        if (count_of(&documents[c], term)) return true;
    return false;
}

/* Left out: runs of three syllables and more, what is listed, what ends in a particle (three bytes a syllable). */
static bool is_left_out(const char *term) {
    const size_t size = strlen(term);
    if (hangul_run(term) > 6) return true;
    for (size_t i = 0; i < 8 && setting->cut[i]; i++)
        if (strcmp(setting->cut[i], term) == 0) return true;
    for (size_t i = 0; i < 3 && setting->particle[i]; i++)
        if (size > 3 && strcmp(setting->particle[i], term + size - 3) == 0) return true;
    return false;
}

/* How much a use of the term says. */
static double says(const char *term, double f) {
    return is_known(term) && !is_left_out(term) ? f * (K3 + 1) / (f + K3) * pow(rarity(term), setting->power) : 0;
}

/* What one use of the term brings to the concept; the bag holds all texts. */
static double brings(struct bag *said, const char *term, size_t concept) {
    return says(term, *count_of(said, term)) * weight_in_document(term, concept);
}

struct plain {
    struct bag said;
    double weight[MOST_CONCEPTS], whole;
    size_t ranked[MOST_CONCEPTS], count; /* those above 0, strongest first */
};

static double weight_of(const char *role) {
    for (size_t i = 0; i < sizeof role_weights / sizeof *role_weights; i++)
        if (strcmp(role_weights[i].role, role) == 0) return role_weights[i].weight;
    return 0;
}

static void compute_plainly(const struct lexicon_text *texts, size_t count, struct plain *plain) {
    memset(plain, 0, sizeof *plain);
    for (size_t i = 0; i < count; i++)
        if (weight_of(texts[i].role) > 0) put_terms(&plain->said, texts[i].text, strlen(texts[i].text), weight_of(texts[i].role));
    for (size_t t = 0; t < plain->said.count; t++) {
        for (size_t c = 0; c < concepts; c++) plain->weight[c] += brings(&plain->said, plain->said.items[t].term, c);
        plain->whole += says(plain->said.items[t].term, plain->said.items[t].count);
    }
    for (size_t c = 0; c < concepts; c++) {
        size_t at = plain->count;
        if (plain->weight[c] <= 0) continue;
        for (; at > 0 && plain->weight[plain->ranked[at - 1]] < plain->weight[c]; at--) plain->ranked[at] = plain->ranked[at - 1];
        plain->ranked[at] = c;
        plain->count++;
    }
}

/* ---- the comparison ---- */

struct plain_word {
    size_t text, from, to, start, end, sentence; /* bytes, and code points */
};
static struct plain_word words[MOST_WORDS];
static size_t word_count;

static bool is_blank(char sign) { return sign == ' ' || sign == '\n'; }
static bool is_letter(const char *text) { return hangul_run(text) > 0 || latin_run(text) > 0; }

/* Words between blanks, signs at their ends left off; a sentence ends at ! ? ; a line's end, and a full stop before a blank or the end. */
static void part_words(const struct lexicon_text *texts, size_t count) {
    size_t sentence = 0;
    word_count = 0;
    for (size_t i = 0; i < count; i++, sentence++) {
        const char *text = texts[i].text;
        const size_t size = strlen(text);
        if (weight_of(texts[i].role) <= 0) continue;
        for (size_t at = 0; at < size;) {
            size_t end = at;
            while (end < size && !is_blank(text[end])) end++;
            size_t from = at, to = end;
            while (from < to && !is_letter(text + from)) from++;
            while (to > from && strchr(".,!?;:()", text[to - 1])) to--;
            if (from < to) {
                if (word_count == MOST_WORDS) exit(2);
                words[word_count++] =
                    (struct plain_word){i, from, to, utf8_count(text, from), utf8_count(text, to), sentence};
            }
            for (; at < end; at++) sentence += strchr("!?;", text[at]) != NULL || (text[at] == '.' && at + 1 == end);
            if (at < size) sentence += text[at++] == '\n';
        }
    }
}

static double word_brings(struct plain *plain, const struct lexicon_text *texts, const struct plain_word *word, size_t concept) {
    static struct bag one;
    double sum = 0;
    one.count = 0;
    put_terms(&one, texts[word->text].text + word->from, word->to - word->from, 1);
    for (size_t t = 0; t < one.count; t++) sum += one.items[t].count * brings(&plain->said, one.items[t].term, concept);
    return sum;
}

/* The span is a run of words of one sentence, and no run of one sentence gathers more. */
static void check_span(struct plain *plain, const struct lexicon_text *texts, size_t concept, const struct meaning_span *span) {
    double said[MOST_WORDS], best = 0, most = 0, found = -1;
    for (size_t w = 0; w < word_count; w++) {
        said[w] = word_brings(plain, texts, &words[w], concept);
        best = said[w] > best ? said[w] : best;
    }
    for (size_t i = 0; i < word_count; i++) {
        double sum = 0;
        for (size_t j = i; j < word_count && words[j].sentence == words[i].sentence; j++) {
            sum += said[j] - best / 5;
            most = sum > most ? sum : most;
            if (span && span->text == words[i].text && span->start == words[i].start && span->end == words[j].end) found = sum;
        }
    }
    CHECK((most > 0) == (span != NULL));
    if (span) CHECK(fabs(found - most) < 1e-9);
}

static size_t spans_seen, items_seen;

static void check_against_plain(const struct lexicon *lexicon, const struct lexicon_text *texts, size_t count) {
    static struct plain plain;
    struct arena *arena = arena_new();
    const struct meaning meaning = read_meaning(lexicon, texts, count, arena, NULL);
    compute_plainly(texts, count, &plain);
    part_words(texts, count);
    const size_t most = plain.count < KEEP ? plain.count : KEEP;
    const double floor_weight = plain.count > KEEP ? plain.weight[plain.ranked[KEEP]] : 0;
    const double top = plain.count ? plain.weight[plain.ranked[0]] : 0;
    const double strength = plain.whole > 0 ? top / plain.whole * 1000 : 0;
    CHECK(fabs((double)meaning.strength - strength) < 0.5 + 1e-6);
    CHECK(meaning.count <= most && meaning.span_count <= SPANS);
    for (size_t i = 0; i < most; i++) {
        const double share = top > floor_weight ? (plain.weight[plain.ranked[i]] - floor_weight) / (top - floor_weight) * FULL : 0;
        if (share < 0.5 - 1e-6) CHECK(meaning.count <= i);
        if (i >= meaning.count) {
            CHECK(share < 0.5 + 1e-6);
            continue;
        }
        items_seen++;
        /* Equal weights but for rounding may stand in either order. */
        const size_t concept = meaning.items[i].concept;
        CHECK(concept == plain.ranked[i] || fabs(plain.weight[concept] - plain.weight[plain.ranked[i]]) < 1e-9);
        CHECK(fabs((double)meaning.items[i].weight - share) < 0.5 + 1e-6);
        if (i) CHECK(meaning.items[i - 1].weight >= meaning.items[i].weight);
    }
    if (meaning.count) CHECK_INT(meaning.items[0].weight, FULL);
    size_t at = 0;
    for (size_t i = 0; i < meaning.count && i < SPANS; i++) {
        const bool spoken = at < meaning.span_count && meaning.spans[at].concept == meaning.items[i].concept;
        check_span(&plain, texts, meaning.items[i].concept, spoken ? &meaning.spans[at] : NULL);
        at += spoken;
        spans_seen += spoken;
    }
    CHECK_INT(at, meaning.span_count);
    arena_free(arena);
}

/* The tiny lexicon with its meaning.json as the setting has it. */
static struct lexicon *load_with(const struct setting *with) {
    static const char *const files[] = {"tasks.json", "examples-demand.json", "examples-supplier.json", "links.json", "scope.json", "meaning.json"};
    struct lexicon *lexicon = NULL;
    struct problem problem = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        jval *json = read_file(files[i]), *ignore = NULL, *particles = NULL;
        char *text = NULL;
        if (i == 5) {
            jval_set_number(json, "idf_power", with->power);
            if (with->ignore) CHECK_INT(jval_parse(with->ignore, strlen(with->ignore), &ignore, &problem), IEUM_OK);
            if (ignore) jval_set(json, "ignore", ignore);
            if (with->particles) CHECK_INT(jval_parse(with->particles, strlen(with->particles), &particles, &problem), IEUM_OK);
            if (particles) jval_set(json, "particles", particles);
        }
        CHECK_INT(jval_write(json, false, &text, &problem), IEUM_OK);
        sample_write(sample_path(files[i]), text, strlen(text));
        memory_free(text);
        jval_free(json);
    }
    CHECK_INT(lexicon_load(sample_folder, 1, &lexicon, &problem), IEUM_OK);
    if (!lexicon) exit(2);
    sample_folder_clear();
    return lexicon;
}

/* Random texts of words that the tiny lexicon knows, parts of it or does not. */
static size_t invent_texts(struct random *random, char bytes[4][1024], struct lexicon_text *texts) {
    static const char *const bank[] = {"실금이",  "생겨",  "불빛에",   "도금한",  "상자에", "담는",     "손이",      "내일",    "모터",  "떨림을", "서버를",
                                       "빵을",    "저울",  "균열",     "탐지",    "포장",   "자동화를", "찾고",      "싶어요",  "저희는", "사진",   "crack",
                                       "detection", "reading", "model", "균열·탐지", "(상자에", "표면/사진", "수요", "예측", "미세균열"};
    static const char *const ends[] = {" ", " ", " ", " ", " ", ". ", ", ", "! ", "\n", "; ", "?", "."};
    static const char *const roles[] = {"need", "title", "summary", "capability", "business", "unheard of"};
    const size_t count = random_below(random, 5);
    for (size_t i = 0; i < count; i++) {
        bytes[i][0] = '\0';
        for (size_t w = random_below(random, 14); w > 0; w--) {
            strcat(bytes[i], bank[random_below(random, sizeof bank / sizeof *bank)]);
            strcat(bytes[i], ends[random_below(random, sizeof ends / sizeof *ends)]);
        }
        texts[i] = (struct lexicon_text){roles[random_below(random, 6)], bytes[i]};
    }
    return count;
}

static void check_setting(struct random *random, int rounds) {
    struct lexicon *lexicon = load_with(setting);
    items_seen = spans_seen = 0;
    for (int round = 0; round < rounds; round++) {
        static char bytes[4][1024];
        struct lexicon_text texts[4];
        const size_t count = invent_texts(random, bytes, texts);
        const int before = test_failures;
        check_against_plain(lexicon, texts, count);
        for (size_t i = 0; i < count && test_failures != before && before < 20; i++)
            fprintf(stderr, "  … for %s \"%s\" (power %g, without %s)\n", texts[i].role, texts[i].text, setting->power, setting->ignore ? setting->ignore : "-");
    }
    CHECK(items_seen > (size_t)rounds && spans_seen > (size_t)rounds / 2);
    lexicon_free(lexicon);
}

TEST(weights_and_spans_are_those_of_the_plain_computation) {
    struct random random;
    random_seed(&random, 11);
    for (setting = settings; setting < settings + sizeof settings / sizeof *settings; setting++) check_setting(&random, 150);
    setting = settings;
}

/* ---- what does not count ---- */

static void check_same(const char *left, const char *right, bool same) {
    struct arena *arena = arena_new();
    const struct meaning a = read_meaning(tiny, &(struct lexicon_text){"need", left}, 1, arena, NULL);
    const struct meaning b = read_meaning(tiny, &(struct lexicon_text){"need", right}, 1, arena, NULL);
    if (same_items(&a, &b) != same) fprintf(stderr, "  … \"%s\" and \"%s\"\n", left, right);
    CHECK(same_items(&a, &b) == same);
    arena_free(arena);
}

TEST(negated_words_say_nothing) {
    check_same("상자에 담는 일을 합니다. 실금이 생겨요", "상자에 담는 일을 합니다. 생겨요", false);
    check_same("실금이 난 판은 제외. 빵을 굽습니다", "제외. 빵을 굽습니다", true);
    check_same("포장은 지원하지 않습니다", "지원하지 않습니다", true);
    check_same("포장은 지원하지 않습니다", "포장은 지원합니다", false);
    check_same("빵을 굽지만 실금은 제외", "빵을 굽지만 제외", true);
    check_same("포장은 하지 않습니다", "하지 않습니다", true); /* the particle that makes it a negation is a part of the word */
    check_same("빵을 굽지만 포장 자동화는 하지 않습니다", "빵을 굽지만 하지 않습니다", true);
    check_same("포장을 하지 않습니다", "하지 않습니다", false);
    check_same("포장은 합니다", "합니다", false);
    check_same("빵을 굽지만 실금은 봅니다", "빵을 굽지만 봅니다", false);
    struct arena *arena = arena_new();
    const struct meaning meaning = read_meaning(tiny, &(struct lexicon_text){"need", "균열 탐지는 제외, 그 밖에 저울만 씁니다"}, 1, arena, NULL);
    CHECK(meaning.count > 0 && meaning.items[0].concept == lexicon_find(tiny, "weight"));
    for (size_t i = 0; i < meaning.count; i++) CHECK(meaning.items[i].concept != lexicon_find(tiny, "crack"));
    arena_free(arena);
}

/* A text of nothing but words that are left out means nothing; around them it is as if they were not there, in whatever spelling. */
TEST(words_left_out_say_nothing) {
    static const char *const pairs[][2] = {{"모터 불빛에 상자에", ""},
                                           {"READING; 모터", "- -"},
                                           {"모터 떨림을 불빛에 읽고 reading", "떨림을 읽고"},
                                           {"빵을 상자에, 상자에, 상자에 담는 ｒｅａｄｉｎｇｓ", "빵을 , 담는"}};
    struct arena *arena = arena_new();
    struct lexicon *lexicon = load_with(&settings[4]), *all = load_with(&settings[1]);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t mentions = 0;
        const struct meaning with = read_meaning(lexicon, &(struct lexicon_text){"need", pairs[i][0]}, 1, arena, &mentions);
        const struct meaning without = read_meaning(lexicon, &(struct lexicon_text){"need", pairs[i][1]}, 1, arena, NULL);
        const struct meaning counted = read_meaning(all, &(struct lexicon_text){"need", pairs[i][0]}, 1, arena, NULL);
        CHECK(same_items(&with, &without) && !same_items(&with, &counted) && (with.count > 0) == (i > 1));
    }
    /* What is left out of the meaning is mentioned all the same. */
    size_t mentions[2] = {0};
    read_meaning(lexicon, &(struct lexicon_text){"need", "weight readings"}, 1, arena, &mentions[0]);
    read_meaning(all, &(struct lexicon_text){"need", "weight readings"}, 1, arena, &mentions[1]);
    CHECK(mentions[0] == mentions[1] && mentions[0] > 0);
    lexicon_free(lexicon);
    lexicon_free(all);
    arena_free(arena);
}

TEST(a_role_without_weight_says_nothing) {
    struct arena *arena = arena_new();
    const struct lexicon_text texts[] = {{"business", "균열 탐지"}, {"need", "빵을 상자에"}, {"unheard of", "모터 떨림"}};
    size_t mentions = 0;
    const struct meaning all = read_meaning(tiny, texts, 3, arena, &mentions), one = read_meaning(tiny, texts + 1, 1, arena, NULL);
    CHECK(same_items(&all, &one) && all.count > 0);
    CHECK(mentions >= 1); /* but its mentions are given */
    for (size_t i = 0; i < all.span_count; i++) CHECK_INT(all.spans[i].text, 1);
    arena_free(arena);
}

TEST(without_meaning_json_nothing_is_meant) {
    struct lexicon *small = load_lexicon(SMALL_LEXICON);
    struct arena *arena = arena_new();
    size_t mentions = 0;
    const struct meaning meaning = read_meaning(small, &(struct lexicon_text){"need", "눈으로 하나씩 보는 외관검사"}, 1, arena, &mentions);
    CHECK(meaning.count == 0 && meaning.span_count == 0 && meaning.strength == 0 && mentions > 0);
    arena_free(arena);
    lexicon_free(small);
}

TEST(empty_texts_mean_nothing) {
    static const char *const empty[] = {"", " ", "\n \n", "- · , .", "!?", "@#%"};
    struct arena *arena = arena_new();
    CHECK_INT(read_meaning(tiny, NULL, 0, arena, NULL).count, 0);
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        const struct meaning meaning = read_meaning(tiny, &(struct lexicon_text){"need", empty[i]}, 1, arena, NULL);
        CHECK(meaning.count == 0 && meaning.span_count == 0 && meaning.strength == 0);
    }
    arena_free(arena);
}

/* ---- one text in several spellings ---- */

static const char spoken[] = "저희 AI 팀은 도금한 판의 실금을 불빛에 비추어 찾습니다. Crack detection 모형을 쓰고, 사진 자료도 모읍니다.";

/* The same items, and spans that quote the same words in the other spelling. */
static void check_spelling(const char *text, char *(*spell)(const char *text)) {
    struct arena *arena = arena_new();
    char *other = spell(text);
    const struct meaning a = read_meaning(tiny, &(struct lexicon_text){"need", text}, 1, arena, NULL);
    const struct meaning b = read_meaning(tiny, &(struct lexicon_text){"need", other}, 1, arena, NULL);
    CHECK(strcmp(text, other) != 0 && a.count > 0 && a.span_count > 0 && same_items(&a, &b));
    CHECK_INT(a.span_count, b.span_count);
    for (size_t i = 0; i < a.span_count && a.span_count == b.span_count; i++) {
        char *quoted = cut_out(text, a.spans[i].start, a.spans[i].end), *expected = spell(quoted);
        char *found = cut_out(other, b.spans[i].start, b.spans[i].end);
        CHECK_TEXT(found, expected);
        memory_free(quoted);
        memory_free(expected);
        memory_free(found);
    }
    memory_free(other);
    arena_free(arena);
}

TEST(spellings_mean_the_same) {
    check_spelling(spoken, take_apart);
    check_spelling(spoken, widen);
}

static struct meaning of_file(const char *bytes, size_t size, struct record_set *set, struct arena *arena) {
    char data[1024];
    struct problem problem = {0};
    struct record_texts texts = {0};
    struct lexicon_text list[16];
    snprintf(data, sizeof data, "%s/data", test_source());
    CHECK_INT(record_set_read(RECORD_SUPPLIER, "s.csv", bytes, size, data, set, &problem), IEUM_OK);
    CHECK_INT(set->count, 1);
    if (set->count) CHECK_INT(supplier_texts(&set->suppliers[0], arena, &texts), IEUM_OK);
    for (size_t i = 0; i < texts.count; i++) list[i] = (struct lexicon_text){text_role_names[texts.items[i].role], texts.items[i].text};
    return read_meaning(tiny, list, texts.count, arena, NULL);
}

TEST(a_cp949_file_means_the_same) {
    char utf8[2048], cp949[2048];
    struct record_set sets[2] = {0};
    struct arena *arena = arena_new();
    snprintf(utf8, sizeof utf8, "접수번호,기업명,보유기술\r\nS1,실금찾기(가상),%s\r\n", "도금한 판의 실금을 불빛에 비추어 찾습니다; 사진 자료 판독");
    char *in = utf8, *out = cp949;
    size_t in_left = strlen(utf8), out_left = sizeof cp949;
    iconv_t converter = iconv_open("CP949", "UTF-8");
    CHECK(converter != (iconv_t)-1);
    CHECK(iconv(converter, &in, &in_left, &out, &out_left) == 0 && in_left == 0);
    iconv_close(converter);
    const struct meaning a = of_file(utf8, strlen(utf8), &sets[0], arena), b = of_file(cp949, sizeof cp949 - out_left, &sets[1], arena);
    CHECK(a.count > 0 && a.span_count > 0 && same_items(&a, &b) && a.span_count == b.span_count);
    for (size_t i = 0; i < a.span_count && i < b.span_count; i++) CHECK(memcmp(&a.spans[i], &b.spans[i], sizeof *a.spans) == 0);
    for (size_t i = 0; i < 2; i++) record_set_free(&sets[i]);
    arena_free(arena);
}

/* ---- long texts ---- */

enum { MEGABYTE = 1 << 20 };

static void check_long(const char *text) {
    struct arena *arena = arena_new();
    const size_t points = utf8_count(text, strlen(text));
    const struct meaning meaning = read_meaning(tiny, &(struct lexicon_text){"need", text}, 1, arena, NULL);
    CHECK(meaning.count > 0 && meaning.count <= KEEP && meaning.span_count <= SPANS);
    for (size_t i = 0; i < meaning.span_count; i++) CHECK(meaning.spans[i].start < meaning.spans[i].end && meaning.spans[i].end <= points);
    arena_free(arena);
}

TEST(long_texts_are_taken) {
    static const char *const parts[] = {"실금이 생겨 불빛에 비추어 봅니다. ", "실금탐지", "실금 "};
    char *text = memory_allocate(MEGABYTE + 64);
    for (size_t p = 0; p < 3; p++) { /* sentences, one word without a blank, one sentence without an end */
        size_t size = 0;
        while (size < MEGABYTE) size += (size_t)sprintf(text + size, "%s", parts[p]);
        check_long(text);
    }
    size_t size = 0;
    for (unsigned i = 0; size < MEGABYTE; i++) size += (size_t)sprintf(text + size, "실금%c%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26, 'b');
    check_long(text); /* as many words as there is room for */
    memory_free(text);
}

/* ---- lack of memory ---- */

static ieum_status read_once(const struct lexicon *lexicon, struct meaning *meaning, struct arena *arena) {
    static const struct lexicon_text texts[] = {{"need", "도금한 판의 실금을 찾고 상자에 담는 일은 제외"}, {"title", "균열 탐지"}};
    struct problem problem = {0};
    return lexicon_read_texts(lexicon, texts, 2, arena, (struct lexicon_reader){leave_mention, NULL}, meaning, &problem);
}

TEST(lack_of_memory_is_a_status) {
    struct arena *arena = arena_new();
    struct meaning expected, meaning;
    ieum_status status = IEUM_MEMORY;
    uint64_t n = 0;
    CHECK_INT(read_once(tiny, &expected, arena), IEUM_OK);
    for (n = 1; status == IEUM_MEMORY && n < 100000; n++) {
        struct lexicon *lexicon = NULL;
        struct problem problem = {0};
        struct arena *own = arena_new();
        char path[1024];
        snprintf(path, sizeof path, "%s/" TINY_LEXICON, test_source());
        memory_fail_at(n);
        status = lexicon_load(path, 1, &lexicon, &problem);
        if (status == IEUM_OK) status = read_once(lexicon, &meaning, own);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        if (status == IEUM_OK) CHECK(same_items(&expected, &meaning));
        lexicon_free(lexicon);
        arena_free(own);
        memory_clear_failed();
    }
    CHECK(status == IEUM_OK && n > 100);
    arena_free(arena);
}

/* A lexicon whose first reading failed, at whatever step, is as good as new, and holds nothing twice. */
TEST(a_second_try_succeeds) {
    ieum_status status = IEUM_MEMORY;
    struct arena *arena = arena_new();
    struct meaning expected;
    CHECK_INT(read_once(tiny, &expected, arena), IEUM_OK);
    for (uint64_t n = 1; status == IEUM_MEMORY && n < 100000; n++) {
        struct lexicon *lexicon = load_lexicon(TINY_LEXICON);
        struct meaning meaning;
        memory_fail_at(n);
        status = read_once(lexicon, &meaning, arena);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        CHECK_INT(read_once(lexicon, &meaning, arena), IEUM_OK);
        CHECK(same_items(&expected, &meaning));
        lexicon_free(lexicon);
    }
    CHECK_INT(status, IEUM_OK);
    arena_free(arena);
}

TEST(unload) { lexicon_free(tiny); }

TEST_MAIN(load, weights_and_spans_are_those_of_the_plain_computation, negated_words_say_nothing, words_left_out_say_nothing,
          a_role_without_weight_says_nothing, without_meaning_json_nothing_is_meant, empty_texts_mean_nothing, spellings_mean_the_same, a_cp949_file_means_the_same, long_texts_are_taken,
          lack_of_memory_is_a_status, a_second_try_succeeds, unload)
