// SPDX-License-Identifier: Apache-2.0
// What one page hands to the next when a link is followed: it stays in this module, so that no firm's data gets into an address.

let held = null;

/** Leaves `what` for the page of the route `to`. */
export function hand(to, what) {
    held = {to, what};
}

/** What was left for this route, once; what was left for another is dropped. */
export function taken(to) {
    const {what = null} = held?.to === to ? held : {};
    held = null;
    return what;
}
