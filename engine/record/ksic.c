/* SPDX-License-Identifier: Apache-2.0 */
/*
 * KSIC codes: text in, comparable codes out. The sections' divisions are the same in revisions 10 and 11 (a test holds
 * them against data/taxonomy/ksic10.tsv); nothing else about the classification stands in C.
 */
#include "ksic.h"

#include <string.h>

/* Where a five-digit code may have changed its meaning between revisions, and where it may not. */
#define DIGITS_SAFE 3

char ksic_section(int division) {
    static const struct {
        int last;
        char section;
    } sections[] = {{0, 0},    {3, 'A'}, {4, 0},    {8, 'B'}, {9, 0},    {34, 'C'}, {35, 'D'}, {39, 'E'}, {40, 0},
                    {42, 'F'}, {44, 0},  {47, 'G'}, {48, 0},  {52, 'H'}, {54, 0},   {56, 'I'}, {57, 0},   {63, 'J'},
                    {66, 'K'}, {67, 0},  {68, 'L'}, {69, 0},  {73, 'M'}, {76, 'N'}, {83, 0},   {84, 'O'}, {85, 'P'},
                    {87, 'Q'}, {89, 0},  {91, 'R'}, {93, 0},  {96, 'S'}, {98, 'T'}, {99, 'U'}};
    if (division < 0) return 0;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (division <= sections[i].last) return sections[i].section;
    return 0;
}

bool ksic_read(const char *text, int revision, struct ksic *ksic) {
    struct ksic read = {.revision = revision};
    if (!text) return false;
    if (*text >= 'A' && *text <= 'U') read.section = *text++;
    size_t count = strlen(text);
    if (count > 5 || count == 1 || (count == 0 && !read.section)) return false;
    for (size_t i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9') return false;
    memcpy(read.digits, text, count);
    if (count > 0) {
        char section = ksic_section((text[0] - '0') * 10 + (text[1] - '0'));
        if (!section || (read.section && read.section != section)) return false;
        read.section = section;
    }
    *ksic = read;
    return true;
}

bool ksic_under(const struct ksic *ksic, const char *prefix, int revision) {
    struct ksic above;
    if (!ksic_read(prefix, revision, &above) || above.section != ksic->section) return false;
    size_t count = strlen(above.digits);
    if (count > DIGITS_SAFE && revision != 0 && ksic->revision != revision) return false;
    return strncmp(above.digits, ksic->digits, count) == 0;
}

int ksic_common(const struct ksic *a, const struct ksic *b) {
    if (a->section != b->section) return -1;
    int most = a->revision != 0 && a->revision == b->revision ? 5 : DIGITS_SAFE;
    int shared = 0;
    while (shared < most && a->digits[shared] && a->digits[shared] == b->digits[shared]) shared++;
    return shared == 1 ? 0 : shared; /* the classification has no level of one digit */
}
