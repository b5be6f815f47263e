/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op export: {"program", "out": folder} → {"program", "out", "day", "files": [{"file", "records", "bytes", "sha256", "what"}]}. All that the store holds of a program, to hand it from who runs
 * it to whose it is: records as JSON Lines that import reads, verdicts, rounds with their documents and history, the serving log, the audit log of the rounds, the program's file;
 * a manifest with digests, and SHA256SUMS for `sha256sum -c`. The folder appears whole or not at all. The store is not changed.
 */
#include <string.h>

#include "../adapt/digest.h"
#include "../base/folder_write.h"
#include "request.h"

enum part { PART_PROGRAM, PART_SUPPLIERS, PART_DEMANDS, PART_OUTCOMES, PART_VERDICTS, PART_ROUNDS, PART_AUDIT, PART_SERVINGS, PARTS };

static const struct {
    const char *file, *ko, *en;
} parts[PARTS] = {
    {"program.json", "사업 파일", "the program's file"},
    {"suppliers.jsonl", "저장소의 공급기업(import로 다시 읽음)", "suppliers of the store (import reads them)"},
    {"demands.jsonl", "사업의 수요과제(import로 다시 읽음)", "demands of the program (import reads them)"},
    {"outcomes.jsonl", "사업의 성과(import로 다시 읽음)", "outcomes of the program (import reads them)"},
    {"verdicts.jsonl", "수요과제마다 자격 판정(op check의 demands)", "verdict of each demand (demands of op check)"},
    {"rounds.jsonl", "회차마다 선발·배정안·짝·동의·이의·진행 기록(op round, step show)", "each round: selection, proposal, pairs, consents, objections, history (op round, step show)"},
    {"audit.jsonl", "회차의 감사 기록(op audit의 entries)", "audit entries of the rounds (entries of op audit)"},
    {"servings.jsonl", "어느 수요과제에 어느 공급기업을 보여 주었는가(제시 기록)", "which supplier was shown for which demand (serving log)"},
};

struct exporting {
    struct call *call;
    const char *program;
    struct store *store;
    struct buffer bytes[PARTS];
    size_t records[PARTS];
};

static ieum_status add_line(struct exporting *it, enum part part, const jval *value, struct problem *problem) {
    char *text = NULL;
    const ieum_status status = jval_write(value, false, &text, problem);
    if (status != IEUM_OK) return status;
    buffer_add_text(&it->bytes[part], text);
    buffer_add_byte(&it->bytes[part], '\n');
    memory_free(text);
    it->records[part]++;
    return it->bytes[part].failed ? problem_set_memory(problem) : IEUM_OK;
}

static ieum_status add_lines(struct exporting *it, enum part part, const jval *list, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) status = add_line(it, part, jval_at(list, i), problem);
    return status;
}

/* ---- records ---- */

static const jval *record_json(const struct record_set *set, size_t index) {
    if (set->kind == RECORD_SUPPLIER) return set->suppliers[index].json;
    return set->kind == RECORD_DEMAND ? set->demands[index].json : set->outcomes[index].json;
}

static ieum_status add_records(struct exporting *it, enum part part, enum record_kind kind, struct problem *problem) {
    struct record_set set = {0};
    ieum_status status = store_load(it->store, kind, kind == RECORD_SUPPLIER ? NULL : it->program, &set, problem);
    for (size_t i = 0; i < set.count && status == IEUM_OK; i++) status = add_line(it, part, record_json(&set, i), problem);
    record_set_free(&set);
    return status;
}

static ieum_status add_servings(struct exporting *it, struct problem *problem) {
    struct serving_list list = {0};
    ieum_status status = store_servings_load(it->store, it->program, &list, problem);
    for (size_t i = 0; i < list.count && status == IEUM_OK; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "demand", list.items[i].demand);
        jval_set_text(one, "supplier", list.items[i].supplier);
        jval_set_integer(one, "rank", list.items[i].rank);
        jval_set_number(one, "propensity", score_number(list.items[i].propensity));
        status = add_line(it, PART_SERVINGS, one, problem);
        jval_free(one);
    }
    serving_list_free(&list);
    return status;
}

/* ---- what operations say ---- */

/* `request` is taken over. */
static ieum_status ask(const struct exporting *it, operation asked, jval *request, jval **answer, struct problem *problem) {
    struct call call = {.workspace = it->call->workspace, .request = request, .arena = it->call->arena};
    const ieum_status status = memory_failed() ? problem_set_memory(problem) : asked(&call, answer, problem);
    jval_free(request);
    return status;
}

static ieum_status add_verdicts(struct exporting *it, struct problem *problem) {
    jval *request = jval_new_object(), *answer = NULL;
    jval_set_text(request, "op", "check");
    jval_set_text(request, "program", it->program);
    jval_set_bool(request, "all", true);
    ieum_status status = ask(it, request_check, request, &answer, problem);
    if (status == IEUM_OK) status = add_lines(it, PART_VERDICTS, jval_get(answer, "demands"), problem);
    jval_free(answer);
    return status;
}

static ieum_status add_round(struct exporting *it, const char *round, struct problem *problem) {
    static const operation asked[2] = {request_round, request_audit};
    jval *answers[2] = {NULL, NULL};
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < 2 && status == IEUM_OK; i++) {
        jval *request = jval_new_object();
        jval_set_text(request, "op", i ? "audit" : "round");
        jval_set_text(request, i ? "action" : "step", i ? "list" : "show");
        jval_set_text(request, "round", round);
        status = ask(it, asked[i], request, &answers[i], problem);
    }
    if (status == IEUM_OK) status = add_line(it, PART_ROUNDS, answers[0], problem);
    if (status == IEUM_OK) status = add_lines(it, PART_AUDIT, jval_get(answers[1], "entries"), problem);
    jval_free(answers[0]);
    jval_free(answers[1]);
    return status;
}

static ieum_status add_rounds(struct exporting *it, struct problem *problem) {
    struct store_round_list list = {0};
    ieum_status status = store_round_list(it->store, it->program, &list, problem);
    for (size_t i = 0; i < list.count && status == IEUM_OK; i++) status = add_round(it, list.items[i].id, problem);
    store_round_list_free(&list);
    return status;
}

/* ---- the folder ---- */

static jval *write_files(const struct exporting *it) {
    jval *files = jval_new_array();
    for (size_t i = 0; i < PARTS; i++) {
        char digest[DIGEST_TEXT];
        jval *file = jval_new_object();
        digest_of(it->bytes[i].bytes ? it->bytes[i].bytes : "", it->bytes[i].size, digest);
        jval_set_text(file, "file", parts[i].file);
        jval_set_integer(file, "records", (int64_t)it->records[i]);
        jval_set_integer(file, "bytes", (int64_t)it->bytes[i].size);
        jval_set_text(file, "sha256", digest);
        jval_set(file, "what", write_text2((struct text2){parts[i].ko, parts[i].en}));
        jval_append(files, file);
    }
    return files;
}

/* The reply is also what the manifest says. */
static ieum_status write_answer(struct exporting *it, const struct program *program, const char *out, jval **answer, struct problem *problem) {
    jval *object = jval_new_object();
    char today[11];
    date_write(workspace_today(it->call->workspace), today);
    jval_set_text(object, "export", "ieum 1");
    jval_set_text(object, "engine", ieum_version_text());
    jval_set_text(object, "day", today);
    jval_set(object, "program", write_program_head(program));
    ieum_status status = write_parties(it->call, program, object, problem);
    jval_set_text(object, "out", out);
    jval_set(object, "files", write_files(it));
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    if (status == IEUM_OK) *answer = object;
    else jval_free(object);
    return status;
}

static ieum_status write_folder(const struct exporting *it, const jval *answer, const char *out, struct problem *problem) {
    struct folder_file files[PARTS + 2];
    struct buffer sums = BUFFER_EMPTY;
    jval *manifest = jval_copy(answer);
    const jval *list = jval_get(answer, "files");
    char *text = NULL;
    for (size_t i = 0; i < PARTS; i++) {
        files[i] = (struct folder_file){parts[i].file, it->bytes[i].bytes ? it->bytes[i].bytes : "", it->bytes[i].size};
        buffer_format(&sums, "%s  %s\n", jval_text(jval_get(jval_at(list, i), "sha256")), parts[i].file);
    }
    jval_remove(manifest, "out"); /* where the folder lies says nothing about what is in it */
    ieum_status status = memory_failed() || sums.failed ? problem_set_memory(problem) : jval_write(manifest, false, &text, problem);
    if (status == IEUM_OK) {
        files[PARTS] = (struct folder_file){"manifest.json", text, strlen(text)};
        files[PARTS + 1] = (struct folder_file){"SHA256SUMS", sums.bytes, sums.size};
        status = folder_write(out, files, PARTS + 2, problem);
    }
    memory_free(text);
    buffer_free(&sums);
    jval_free(manifest);
    return status;
}

static ieum_status gather(struct exporting *it, const struct program *program, struct problem *problem) {
    ieum_status status = workspace_store(it->call->workspace, false, &it->store, problem);
    if (status == IEUM_OK) status = add_line(it, PART_PROGRAM, program->json, problem);
    if (status == IEUM_OK) status = add_records(it, PART_SUPPLIERS, RECORD_SUPPLIER, problem);
    if (status == IEUM_OK) status = add_records(it, PART_DEMANDS, RECORD_DEMAND, problem);
    if (status == IEUM_OK) status = add_records(it, PART_OUTCOMES, RECORD_OUTCOME, problem);
    if (status == IEUM_OK) status = add_verdicts(it, problem);
    if (status == IEUM_OK) status = add_rounds(it, problem);
    return status == IEUM_OK ? add_servings(it, problem) : status;
}

ieum_status request_export(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"program", "out"};
    struct exporting it = {.call = call};
    struct program *program = NULL;
    jval *answer = NULL;
    const char *out = NULL;
    ieum_status status = request_refuse_unknown(call->request, own, 2, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "program", true, &it.program, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "out", true, &out, problem);
    if (status == IEUM_OK) status = workspace_program(call->workspace, it.program, &program, problem);
    if (status == IEUM_OK) status = gather(&it, program, problem);
    if (status == IEUM_OK) status = write_answer(&it, program, out, &answer, problem);
    if (status == IEUM_OK) status = write_folder(&it, answer, out, problem);
    if (status == IEUM_OK) *result = answer;
    else jval_free(answer);
    for (size_t i = 0; i < PARTS; i++) buffer_free(&it.bytes[i]);
    program_free(program);
    return status;
}
