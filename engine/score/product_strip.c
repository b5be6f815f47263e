/* SPDX-License-Identifier: Apache-2.0 */
#include "product_strip.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"

enum { RUN = 4 }; /* panels that a thread takes at a time */

/* What a thread has of its own. */
struct lane {
    struct shortlist *lists; /* of each demand */
    float *strip;            /* tiles · height × 32 */
    float *floors;           /* the lists' least, side by side */
    float *radius, *least;   /* of each demand, for the present panel */
    uint32_t *found, *hits;
    float *points, *steps; /* where the side keeps no rows */
    unsigned char *rows;
    bool failed;
};

struct screening {
    const struct product_side *side;
    const struct product_block *block;
    const uint32_t *eligible;
    size_t words, k, longest;
    struct lane *lanes;
};

size_t product_longest_list(size_t suppliers, size_t k) {
    const size_t some = suppliers / 8 < 8192 ? suppliers / 8 : 8192, wanted = k < suppliers ? k : suppliers;
    return 4 * wanted + some + 64;
}

void product_strip_multiply(const struct product_block *block, size_t all, const unsigned char *rows, const float *steps, float *strip) {
    const size_t demands = block->tiles * block->screen->height, cell = block->screen->cell;
    const float *block_steps = block->steps;
    for (size_t start = 0; start < all; start += SCREEN_DEPTH, steps++, block_steps += demands) {
        const size_t depth = all - start < SCREEN_DEPTH ? all - start : SCREEN_DEPTH;
        block->screen->multiply(block->packed + start * demands * cell, block_steps, block->tiles, rows + start * SCREEN_PANEL * cell, *steps, depth, start == 0,
                                strip);
    }
}

static void screen_panel(const struct screening *job, struct lane *lane, size_t panel) {
    const struct product_side *side = job->side;
    const struct product_block *block = job->block;
    struct panel_facts made;
    const struct panel_facts *facts = &made;
    const unsigned char *rows = lane->rows;
    const float *steps = lane->steps;
    if (side->rows) {
        facts = &side->facts[panel];
        rows = side->rows + panel * product_side_panel_bytes(side);
        steps = side->steps + panel * side->stretches;
    } else {
        product_side_panel(side, panel, lane->points, lane->rows, lane->steps, &made);
    }
    product_strip_multiply(block, side->scorer->depth, rows, steps, lane->strip);
    const struct panel_bounds bounds = facts->bounds;
    const struct demand_bounds *demands = &block->bounds;
    for (size_t d = 0; d < block->count; d++) {
        lane->radius[d] = product_radius(bounds, demands, d);
        lane->least[d] = lane->floors[d] - lane->radius[d];
    }
    const size_t left = side->count - panel * SCREEN_PANEL;
    const uint32_t present = left < SCREEN_PANEL ? (1u << left) - 1 : UINT32_MAX;
    const size_t n = block->screen->scan(lane->strip, block->count, facts->own, lane->least, lane->found, lane->hits);
    for (size_t f = 0; f < n; f++) {
        const size_t d = lane->found[f];
        uint32_t hits = lane->hits[f] & present;
        if (job->eligible) hits &= job->eligible[d * job->words + panel];
        for (; hits; hits &= hits - 1) {
            const size_t place = (size_t)__builtin_ctz(hits);
            const float value = lane->strip[d * SCREEN_PANEL + place], radius = lane->radius[d];
            const struct bracket entry = {value - radius, value + radius, (uint32_t)(panel * SCREEN_PANEL + place)};
            if (!shortlist_add(&lane->lists[d], entry, job->k, job->longest)) lane->failed = true;
        }
        lane->floors[d] = lane->lists[d].least;
    }
}

static void screen_run(void *context, size_t run, int worker) {
    const struct screening *job = context;
    const size_t end = (run + 1) * RUN < job->side->panels ? (run + 1) * RUN : job->side->panels;
    for (size_t panel = run * RUN; panel < end && !job->lanes[worker].failed; panel++) screen_panel(job, &job->lanes[worker], panel);
}

static bool open_lane(struct lane *lane, const struct screening *job) {
    const struct product_block *block = job->block;
    const struct product_scorer *scorer = job->side->scorer;
    const size_t count = block->count, at_first = 2 * job->k + 12 < job->longest ? 2 * job->k + 12 : job->longest;
    lane->lists = memory_allocate_zero(count, sizeof *lane->lists);
    lane->strip = memory_allocate_aligned(block->tiles * block->screen->height * SCREEN_PANEL, sizeof *lane->strip);
    lane->floors = memory_resize(NULL, count, sizeof *lane->floors);
    lane->radius = memory_resize(NULL, count, sizeof *lane->radius);
    lane->least = memory_resize(NULL, count, sizeof *lane->least);
    lane->found = memory_resize(NULL, count, sizeof *lane->found);
    lane->hits = memory_resize(NULL, count, sizeof *lane->hits);
    if (!job->side->rows) {
        lane->points = memory_allocate_aligned(scorer->supplier_dims * SCREEN_PANEL, sizeof *lane->points);
        lane->rows = memory_allocate_aligned(1, product_side_panel_bytes(job->side));
        lane->steps = memory_allocate_zero(job->side->stretches, sizeof *lane->steps);
        if (!lane->points || !lane->rows || !lane->steps) return false;
    }
    if (!lane->lists || !lane->strip || !lane->floors || !lane->radius || !lane->least || !lane->found || !lane->hits) return false;
    for (size_t d = 0; d < count; d++) {
        struct shortlist *list = &lane->lists[d];
        list->least = lane->floors[d] = -INFINITY;
        list->items = memory_resize(NULL, at_first, sizeof *list->items);
        if (!list->items) return false;
        list->capacity = at_first;
    }
    return true;
}

static void close_lane(struct lane *lane, size_t count) {
    if (lane->lists) shortlists_free(lane->lists, count);
    memory_free(lane->lists);
    memory_free(lane->strip);
    memory_free(lane->floors);
    memory_free(lane->radius);
    memory_free(lane->least);
    memory_free(lane->found);
    memory_free(lane->hits);
    memory_free(lane->points);
    memory_free(lane->rows);
    memory_free(lane->steps);
}

/* The other threads' entries go to the first thread's list, which is handed over. One list given up gives up the demand. */
static bool join_lists(const struct screening *job, size_t workers, size_t demand, struct shortlist *joined) {
    struct shortlist *first = &job->lanes[0].lists[demand];
    for (size_t w = 1; w < workers; w++) {
        const struct shortlist *other = &job->lanes[w].lists[demand];
        if (shortlist_given_up(other)) {
            first->count = 0;
            first->least = NAN;
        }
        if (other->least > first->least) first->least = other->least;
        for (size_t i = 0; i < other->count; i++)
            if (!(other->items[i].high < first->least) && !shortlist_add(first, other->items[i], job->k, job->longest)) return false;
    }
    if (!shortlist_given_up(first)) shortlist_tighten(first, job->k);
    *joined = *first;
    *first = (struct shortlist){0};
    return true;
}

ieum_status product_shortlists(const struct product_side *side, const struct product_block *block, size_t k, const uint32_t *eligible, int threads,
                               struct shortlist *lists, struct problem *problem) {
    const size_t runs = (side->panels + RUN - 1) / RUN;
    size_t workers = threads < 1 ? 1 : (size_t)threads;
    if (workers > runs) workers = runs ? runs : 1;
    struct screening job = {.side = side, .block = block, .eligible = eligible, .words = side->panels, .k = k};
    job.longest = product_longest_list(side->count, k);
    job.lanes = memory_allocate_zero(workers, sizeof *job.lanes);
    bool good = job.lanes != NULL;
    for (size_t w = 0; w < workers && good; w++) good = open_lane(&job.lanes[w], &job);
    if (good) parallel_for((int)workers, runs, screen_run, &job);
    for (size_t w = 0; w < workers && good; w++) good = !job.lanes[w].failed;
    for (size_t d = 0; d < block->count && good; d++) good = join_lists(&job, workers, d, &lists[d]);
    for (size_t w = 0; w < workers && job.lanes; w++) close_lane(&job.lanes[w], block->count);
    memory_free(job.lanes);
    return good ? IEUM_OK : problem_set_memory(problem);
}

void shortlists_free(struct shortlist *lists, size_t count) {
    for (size_t d = 0; d < count; d++) memory_free(lists[d].items);
}
