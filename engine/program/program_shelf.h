/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs kept between requests by the stamp of their file (base/files.h): reading and checking one takes about as long as ranking with it. A file that changed, or
 * that was changed so lately that a further change might not show, is read anew each time.
 */
#ifndef IEUM_PROGRAM_PROGRAM_SHELF_H
#define IEUM_PROGRAM_PROGRAM_SHELF_H

#include "program.h"

struct program_shelf;

struct program_shelf *program_shelf_new(void); /* NULL when memory fails */
void program_shelf_free(struct program_shelf *shelf); /* NULL is fine */
/*
 * Between the two, the files beside the programs (jurisdictions, code lists) are looked at once, however many programs are asked for: a request sees them as they were when
 * it first asked. Outside of a turn they are looked at each time.
 */
void program_shelf_begin_turn(struct program_shelf *shelf);
void program_shelf_end_turn(struct program_shelf *shelf);
/* As program_load. The program is shared: nobody changes it, and everybody who was given it frees it. */
ieum_status program_shelf_load(struct program_shelf *shelf, const char *folder, const char *id, bool (*known_kind)(const char *kind),
                               struct program **program, struct problem *problem);

#endif
