/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model as a file: our own form, checked and hashed, for every kind of model.h.
 *
 *     IEUM-MODEL 1\n
 *     <header bytes> <body bytes>\n      decimal
 *     header                             JSON, keys sorted, then spaces so that the body begins at a multiple of eight (data/schema/model.schema.json)
 *     body                               f64, little-endian: the arrays that the header's "arrays" names, each [offset, count] in numbers; after them the text of
 *                                        a libsvm model, where there is one
 *     \n<64 hex digits>\n                BLAKE2b-256 of all bytes before this line (`b2sum -l 256`)
 *
 * All numbers that a score depends on stand in the body, so they come back to the bit. The same model written by the same version gives the same bytes.
 * Reading trusts nothing: sizes are held against the bytes that are there before anything is reserved, the hash is checked before the header is looked at, and what
 * the header counts must be what the body has. Whether coordinates still mean something is for side_encoder_new, whether it suits a program for model_fit.h.
 */
#ifndef IEUM_SCORE_MODEL_FILE_H
#define IEUM_SCORE_MODEL_FILE_H

#include "model.h"

#define MODEL_FORMAT 1
#define MODEL_BYTES_MOST ((size_t)1 << 30)
#define MODEL_HEADER_MOST ((size_t)16 << 20)

/*
 * Whether a model holds together: finite numbers, what its kind asks for and nothing else, curves that ascend and join, names there and not twice, a card that
 * says in Korean and English what it was trained on ("data": {"ko", "en"}). INVALID with a sentence; the pointer is that of the header. Reading and writing
 * do it.
 */
ieum_status model_check(const struct model *model, struct problem *problem);

/* Whether a model may be called so: letters, digits, '.', '_' and '-', at most 64. */
bool model_id_valid(const char *id);
/* Whether a model is named by the path of its file: a name with a slash, or one that ends in ".model". Others are ids. */
bool model_name_is_path(const char *name);

/* Adds the file's bytes to the buffer; `hash` is what model_read will give. */
ieum_status model_write(const struct model *model, struct buffer *bytes, char hash[DIGEST_TEXT], struct problem *problem);
/* Release with model_free; borrows nothing from `bytes`. INVALID (or LIMIT) says what is wrong and where. */
ieum_status model_read(const void *bytes, size_t size, struct model **model, struct problem *problem);

/* The same from and to a file, whole or not at all (base/file_write.h); saving sets the model's hash. */
ieum_status model_save(struct model *model, const char *path, struct problem *problem);
ieum_status model_load(const char *path, struct model **model, struct problem *problem);

#endif
