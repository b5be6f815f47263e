/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracks of a program: "tracks" of its file. Applicants name one in their application (/track); the selection of demands takes so many of each, with a reserve list of its own.
 * That an application has to name a track is a rule like any other: where the file has none on /track, one is added here, so that every check, list of points to confirm and sheet
 * has it.
 */
#ifndef IEUM_PROGRAM_TRACKS_H
#define IEUM_PROGRAM_TRACKS_H

#include "program.h"

/* Sets tracks and the rule; eligibility and quotas must have been read. */
ieum_status tracks_read(const jval *resolved, struct program *program, struct problem *problem);
/* The index of the track that an application names, letter case, spaces and hyphens aside; track_count: none, or one that is not there. */
size_t track_find(const struct program *program, const struct demand *demand);

#endif
