/* SPDX-License-Identifier: Apache-2.0 */
#include "pattern_sense.h"

#include <string.h>

/* Sets of what can be the case at a place of the pattern. BEGUN: something was read. ENDING: the end was demanded, so that nothing but a line end may follow. */
enum { FRESH = 1, BEGUN = 2, FRESH_ENDING = 4, BEGUN_ENDING = 8, ANY = 15 };
enum { STEPS_MOST = 20000, DEPTH_MOST = 60, REPEATS_MOST = 4 /* more bring no new states */ };

struct reading {
    const char *at;
    int steps, depth;
    bool lost; /* something stands here that is not followed */
};

static unsigned read_alternatives(struct reading *it, unsigned states);

/* A character was read; one that can be no line end cannot follow a demanded end. */
static unsigned consume(unsigned states, bool line_end) {
    unsigned after = states & (FRESH | BEGUN) ? BEGUN : 0;
    if (line_end && states & (FRESH_ENDING | BEGUN_ENDING)) after |= BEGUN_ENDING;
    return after;
}

static unsigned demand_end(unsigned states) {
    return (states & (FRESH | FRESH_ENDING) ? FRESH_ENDING : 0u) | (states & (BEGUN | BEGUN_ENDING) ? BEGUN_ENDING : 0u);
}

static unsigned read_class(struct reading *it, unsigned states) {
    bool line_end = *it->at == '^';
    if (line_end) it->at++;
    if (*it->at == ']') it->at++;
    while (*it->at && *it->at != ']') {
        if (*it->at == '[' && it->at[1] == ':') {
            const char *end = strstr(it->at, ":]");
            line_end = true;
            if (end) it->at = end + 1;
        } else if (*it->at == '\\' && it->at[1]) {
            line_end = true;
            it->at++;
        }
        it->at++;
    }
    if (*it->at) it->at++;
    return consume(states, line_end);
}

static unsigned read_escape(struct reading *it, unsigned states) {
    const char c = *it->at;
    if (c) it->at++;
    if (c == 'A') return states & (FRESH | FRESH_ENDING);
    if (c == 'z' || c == 'Z') return demand_end(states);
    if (c == 'b' || c == 'B' || c == 'K') return states;
    if (strchr(".^$*+?()[]{}|\\/-", c) && c) return consume(states, false);
    if (c == 'd' || c == 'w' || c == 'h') return consume(states, false);
    if (c == 's' || c == 'S' || c == 'D' || c == 'W' || c == 'n' || c == 'r' || c == 'R' || c == 't') return consume(states, true);
    it->lost = true; /* a code, a property, a reference, a quotation */
    return ANY;
}

/* Past the group that begins at the place, whatever is in it. */
static void skip_group(struct reading *it) {
    read_alternatives(it, ANY);
    if (*it->at == ')') it->at++;
}

static unsigned read_group(struct reading *it, unsigned states) {
    const char *at = it->at;
    if (*at == '*') {
        it->lost = strncmp(at, "*FAIL)", 6) != 0 && strncmp(at, "*F)", 3) != 0;
        it->at = at + strcspn(at, ")");
        if (*it->at) it->at++;
        return it->lost ? ANY : 0;
    }
    if (*at == '?') {
        const bool behind = at[1] == '<' && (at[2] == '=' || at[2] == '!');
        const char what = behind ? at[2] : at[1];
        if (what == '=' || what == '!') { /* a look around: it can only forbid */
            it->at = at + (behind ? 3 : 2);
            const bool nothing = what == '!' && *it->at == ')';
            skip_group(it);
            return nothing ? 0 : states;
        }
        if (what == ':') it->at = at + 2;
        else if (what == '<' || what == '\'' || (what == 'P' && at[2] == '<')) it->at = at + 2 + strcspn(at + 2, what == '\'' ? "'" : ">") + 1;
        else it->lost = true; /* options, conditions, recursion */
        if (it->lost) return ANY;
    }
    const unsigned after = read_alternatives(it, states);
    if (*it->at == ')') it->at++;
    return after;
}

static unsigned read_atom(struct reading *it, unsigned states) {
    const char c = *it->at++;
    if (c == '^') return states & (FRESH | FRESH_ENDING);
    if (c == '$') return demand_end(states);
    if (c == '.') return consume(states, true);
    if (c == '[') return read_class(it, states);
    if (c == '\\') return read_escape(it, states);
    if (c == '(') return read_group(it, states);
    return consume(states, c == '\n' || c == '\r');
}

/* How often the atom before the place stands; false: once. */
static bool read_repeats(struct reading *it, int *least, bool *more) {
    const char c = *it->at;
    int low = 0, digits = 0;
    const char *at = it->at + 1;
    if (c != '*' && c != '+' && c != '?' && c != '{') return false;
    *least = c == '+';
    *more = c != '?';
    if (c == '{') {
        for (; *at >= '0' && *at <= '9'; at++, digits++) low = low < REPEATS_MOST ? low * 10 + (*at - '0') : low;
        if (*at != ',' && *at != '}') return false; /* a brace of its own */
        *least = low < REPEATS_MOST ? low : REPEATS_MOST;
        *more = *at == ',';
        at += strcspn(at, "}");
        if (*at) at++;
    } else if (c == '?') {
        *least = 0;
    }
    it->at = at;
    if (*it->at == '?' || *it->at == '+') it->at++;
    return true;
}

static unsigned repeat_atom(struct reading *it, const char *atom, unsigned states, int least, bool more) {
    const char *behind = it->at;
    unsigned after = states;
    for (int i = 0; i < least; i++) {
        it->at = atom;
        after = read_atom(it, after);
    }
    for (int i = 0; i < (more ? REPEATS_MOST : 1) && !it->lost; i++) {
        it->at = atom;
        after |= read_atom(it, after);
    }
    it->at = behind;
    return after;
}

static unsigned read_sequence(struct reading *it, unsigned states) {
    while (*it->at && *it->at != '|' && *it->at != ')' && !it->lost) {
        const char *atom = it->at;
        int least = 1;
        bool more = false;
        if (++it->steps > STEPS_MOST) it->lost = true;
        const unsigned once = read_atom(it, states);
        states = !it->lost && read_repeats(it, &least, &more) ? repeat_atom(it, atom, states, least, more) : once;
    }
    return states;
}

static unsigned read_alternatives(struct reading *it, unsigned states) {
    unsigned after = 0;
    if (++it->depth > DEPTH_MOST) it->lost = true;
    for (;;) {
        after |= read_sequence(it, states);
        if (it->lost || *it->at != '|') break;
        it->at++;
    }
    it->depth--;
    return after;
}

bool pattern_never_matches(const char *expression) {
    struct reading it = {.at = expression};
    const unsigned after = read_alternatives(&it, FRESH | BEGUN);
    return !it.lost && *it.at == '\0' && after == 0;
}
