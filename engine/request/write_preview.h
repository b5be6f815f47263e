/* SPDX-License-Identifier: Apache-2.0 */
/* What a file would become (pipeline_import.h), as JSON. Lists are cut at BAD_CELLS_SHOWN; their counts are not. */
#ifndef IEUM_REQUEST_WRITE_PREVIEW_H
#define IEUM_REQUEST_WRITE_PREVIEW_H

#include "../pipeline_import.h"

/* `store` (NULL: none): for what a duplicate and its stored record differ in. */
ieum_status write_preview(struct store *store, const struct import_question *question, const struct import_answer *answer, jval **result, struct problem *problem);

#endif
