/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request of somebody else than this machine's operator (ieum_call_for): whether the role may, whether the request stays within what a caller may name, and
 * the line in the access log. Used around an operation: permission_check before it, access_note after it and before anything is told or committed.
 */
#ifndef IEUM_REQUEST_PERMISSION_H
#define IEUM_REQUEST_PERMISSION_H

#include "../store/roles.h"
#include "../workspace.h"

/*
 * Checks and completes the request ("by" becomes the account). FORBIDDEN, INVALID, or STORE where firm data would be read and there is no access log.
 * `permission` is filled as far as it is known, for access_note.
 */
ieum_status permission_check(struct workspace *workspace, const ieum_caller *caller, const char *op, jval *request, struct permission *permission,
                             struct problem *problem);
/*
 * Writes the line: always for what is personal or was refused to the role, where there is a log. `status` is that of the operation. STORE when it cannot be
 * written: the problem that the caller is then told, whatever else there was, unless the role was refused.
 */
ieum_status access_note(struct workspace *workspace, const ieum_caller *caller, const char *op, const struct permission *permission, const jval *request,
                        const jval *result, ieum_status outcome, struct problem *problem);
/*
 * What a caller is told of a problem: one that names a file of this machine (the store, the access log, a file of the data folder) is told to the operator's log,
 * and the caller that there is one. Names of files that came with a request have no folder and stay.
 */
void permission_hide_places(const struct workspace *workspace, struct problem *problem);
/* A line of who came or went: `account` and `role` "" where a token was refused. Nothing where there is no log. */
ieum_status access_note_sign(struct workspace *workspace, const ieum_caller *who, const char *action, ieum_status outcome, struct problem *problem);

#endif
