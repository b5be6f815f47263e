/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How well one concept serves another. Seen from what is needed: a supplier that speaks of its parent (something more
 * general) is worth steps.parent, of its child (something more special) steps.child, of a related concept the link's
 * weight; the best product over at most two such steps counts, but never up and then down again: that is a sibling,
 * worth steps.sibling if it has the same facet and the common parent is not a top concept (everything meets at the
 * top). Below steps.floor nothing is left; `unlike` pairs are worth 0 by whatever path. The weights are data
 * (links.json).
 */
#include "lexicon_parts.h"

struct edge {
    uint32_t from, to;
    double weight;
};
typedef VECTOR(struct edge) edge_list;

/* Edges by their start. */
struct graph {
    size_t *first;
    struct concept_link *links;
};

static void free_graph(struct graph *graph) {
    memory_free(graph->first);
    memory_free(graph->links);
}

static ieum_status build_graph(size_t concepts, const edge_list *edges, struct graph *graph, struct problem *problem) {
    graph->first = memory_allocate_zero(concepts + 2, sizeof *graph->first);
    graph->links = memory_allocate((edges->count + 1) * sizeof *graph->links);
    if (graph->first == NULL || graph->links == NULL) return problem_set_memory(problem);
    size_t *cursor = graph->first + 1;
    for (size_t i = 0; i < edges->count; i++) cursor[edges->items[i].from + 1]++;
    for (size_t i = 0; i < concepts; i++) cursor[i + 1] += cursor[i];
    for (size_t i = 0; i < edges->count; i++)
        graph->links[cursor[edges->items[i].from]++] =
            (struct concept_link){edges->items[i].to, edges->items[i].weight};
    return IEUM_OK;
}

enum relation { UP, DOWN, RELATED, UNLIKE, RELATIONS };

static bool collect_edges(const struct lexicon *lexicon, edge_list edges[RELATIONS]) {
    bool held = true;
    for (uint32_t i = 0; held && i < lexicon_count(lexicon); i++) {
        const struct concept *concept = lexicon_concept(lexicon, i);
        for (size_t j = 0; held && j < concept->parent_count; j++)
            held = vector_push(&edges[UP], ((struct edge){i, concept->parents[j], lexicon->steps.parent})) &&
                   vector_push(&edges[DOWN], ((struct edge){concept->parents[j], i, lexicon->steps.child}));
        for (size_t j = 0; held && j < concept->related_count; j++)
            held =
                vector_push(&edges[RELATED], ((struct edge){i, concept->related[j].to, concept->related[j].weight})) &&
                vector_push(&edges[RELATED], ((struct edge){concept->related[j].to, i, concept->related[j].weight}));
        for (size_t j = 0; held && j < concept->unlike_count; j++)
            held = vector_push(&edges[UNLIKE], ((struct edge){i, concept->unlike[j], 0})) &&
                   vector_push(&edges[UNLIKE], ((struct edge){concept->unlike[j], i, 0}));
    }
    return held;
}

/* Values of all concepts for one of them, with the list of those that have one. */
struct values {
    double *of;
    uint32_t *touched;
    size_t count;
};

static void raise(struct values *values, uint32_t concept, double value) {
    if (value <= values->of[concept]) return;
    if (values->of[concept] == 0) values->touched[values->count++] = concept;
    values->of[concept] = value;
}

static void raise_siblings(const struct lexicon *lexicon, const struct graph *down, uint32_t concept,
                           struct values *values) {
    const struct concept *self = lexicon_concept(lexicon, concept);
    for (size_t i = 0; i < self->parent_count; i++) {
        const uint32_t parent = self->parents[i];
        if (lexicon_concept(lexicon, parent)->parent_count == 0) continue;
        for (size_t j = down->first[parent]; j < down->first[parent + 1]; j++)
            if (lexicon_concept(lexicon, down->links[j].to)->facet == self->facet)
                raise(values, down->links[j].to, lexicon->steps.sibling);
    }
}

static void raise_all(const struct lexicon *lexicon, const struct graph graphs[RELATIONS], uint32_t concept,
                      struct values *values) {
    for (int first = UP; first <= RELATED; first++)
        for (size_t i = graphs[first].first[concept]; i < graphs[first].first[concept + 1]; i++) {
            const struct concept_link step = graphs[first].links[i];
            raise(values, step.to, step.weight);
            for (int second = UP; second <= RELATED; second++) {
                if ((first == UP && second == DOWN) || (first == DOWN && second == UP)) continue;
                for (size_t j = graphs[second].first[step.to]; j < graphs[second].first[step.to + 1]; j++)
                    raise(values, graphs[second].links[j].to, step.weight * graphs[second].links[j].weight);
            }
        }
    raise_siblings(lexicon, &graphs[DOWN], concept, values);
    for (size_t i = graphs[UNLIKE].first[concept]; i < graphs[UNLIKE].first[concept + 1]; i++)
        values->of[graphs[UNLIKE].links[i].to] = 0;
    raise(values, concept, 2.0); /* itself first, whatever a link may say; put to 1 when listed */
}

static inline bool goes_before(struct concept_link a, struct concept_link b) {
    return a.weight != b.weight ? a.weight > b.weight : a.to < b.to;
}

/* Shell's sort with Ciura's gaps: lists are short and many, and a comparison through a pointer would cost more than the
 * rest. */
static void sort_links(struct concept_link *links, size_t count) {
    static const size_t gaps[] = {701, 301, 132, 57, 23, 10, 4, 1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (size_t i = gaps[g]; i < count; i++) {
            const struct concept_link moving = links[i];
            size_t at = i;
            for (; at >= gaps[g] && goes_before(moving, links[at - gaps[g]]); at -= gaps[g])
                links[at] = links[at - gaps[g]];
            links[at] = moving;
        }
}

static bool list_values(struct lexicon *lexicon, struct values *values) {
    const size_t begin = lexicon->near.count;
    if (!vector_reserve(&lexicon->near, begin + values->count)) return false;
    for (size_t i = 0; i < values->count; i++) {
        const uint32_t to = values->touched[i];
        const double value = values->of[to];
        values->of[to] = 0;
        /* One touched, zeroed as unlike and touched no more stands here with 0. */
        if (value > 0 && value >= lexicon->steps.floor)
            lexicon->near.items[lexicon->near.count++] = (struct concept_link){to, value};
    }
    values->count = 0;
    sort_links(lexicon->near.items + begin, lexicon->near.count - begin);
    lexicon->near.items[begin].weight = 1.0;
    return true;
}

ieum_status lexicon_relate(struct lexicon *lexicon, struct problem *problem) {
    const size_t count = lexicon->concepts.count;
    edge_list edges[RELATIONS] = {{0}};
    struct graph graphs[RELATIONS] = {{0}};
    struct values values = {memory_allocate_zero(count, sizeof(double)), memory_allocate(count * sizeof(uint32_t)), 0};
    ieum_status status = IEUM_OK;
    lexicon->near_first = memory_allocate_zero(count + 1, sizeof *lexicon->near_first);
    if (values.of == NULL || values.touched == NULL || lexicon->near_first == NULL || !collect_edges(lexicon, edges)) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (int i = 0; i < RELATIONS && status == IEUM_OK; i++)
        status = build_graph(count, &edges[i], &graphs[i], problem);
    for (uint32_t i = 0; i < count && status == IEUM_OK; i++) {
        raise_all(lexicon, graphs, i, &values);
        if (!list_values(lexicon, &values)) status = problem_set_memory(problem);
        lexicon->near_first[i + 1] = lexicon->near.count;
    }
done:
    for (int i = 0; i < RELATIONS; i++) {
        vector_free(&edges[i]);
        free_graph(&graphs[i]);
    }
    memory_free(values.of);
    memory_free(values.touched);
    return status;
}

struct concept_near lexicon_near(const struct lexicon *lexicon, uint32_t index) {
    const size_t begin = lexicon->near_first[index];
    return (struct concept_near){lexicon->near.items + begin, lexicon->near_first[index + 1] - begin};
}

static bool is_ancestor(const struct lexicon *lexicon, uint32_t above, uint32_t below) {
    const struct concept *concept = lexicon_concept(lexicon, below);
    for (size_t i = 0; i < concept->parent_count; i++)
        if (concept->parents[i] == above || is_ancestor(lexicon, above, concept->parents[i])) return true;
    return false;
}

static bool links_to(const struct lexicon *lexicon, uint32_t from, uint32_t to) {
    const struct concept *concept = lexicon_concept(lexicon, from);
    for (size_t i = 0; i < concept->related_count; i++)
        if (concept->related[i].to == to) return true;
    return false;
}

bool lexicon_akin(const struct lexicon *lexicon, uint32_t a, uint32_t b) {
    return links_to(lexicon, a, b) || links_to(lexicon, b, a) || is_ancestor(lexicon, a, b) ||
           is_ancestor(lexicon, b, a);
}

static bool marks_unlike(const struct lexicon *lexicon, uint32_t from, uint32_t to) {
    const struct concept *concept = lexicon_concept(lexicon, from);
    for (size_t i = 0; i < concept->unlike_count; i++)
        if (concept->unlike[i] == to) return true;
    return false;
}

bool lexicon_unlike(const struct lexicon *lexicon, uint32_t a, uint32_t b) {
    return marks_unlike(lexicon, a, b) || marks_unlike(lexicon, b, a);
}
