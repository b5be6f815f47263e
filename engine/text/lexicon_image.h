/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A lexicon without its words: the concepts and how near they are, as bytes that are quick to read. Whoever only needs what stored annotations refer to
 * reads the image; the first text that must be annotated brings in the words from the folder. The image belongs to one state of the folder,
 * told by the hash.
 */
#ifndef IEUM_TEXT_LEXICON_IMAGE_H
#define IEUM_TEXT_LEXICON_IMAGE_H

#include "../adapt/digest.h"
#include "../base/buffer.h"
#include "lexicon.h"

/* The hash that lexicon_load would give, without parsing. */
ieum_status lexicon_hash_folder(const char *folder, char hash[DIGEST_TEXT], struct problem *problem);
/* The hash that an image was written for; false when the bytes are no image. */
bool lexicon_image_hash(const void *bytes, size_t size, char hash[DIGEST_TEXT]);

void lexicon_image_write(const struct lexicon *lexicon, struct buffer *bytes);
/*
 * A lexicon from the image of this folder and hash. False when the bytes are no such image, or memory fails: load the folder instead. Annotating
 * loads the folder with `threads`; when its hash is another one by then, that is a CONFLICT.
 */
bool lexicon_from_image(const char *folder, const char *hash, int threads, const void *bytes, size_t size, struct lexicon **lexicon);

#endif
