#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes openapi.json of this folder: what `ieum serve` takes and answers, as OpenAPI 3.1, from the schemas and the table of operations.

In: requests.schema.json, replies.schema.json and what they refer to, ../server/roles.json. Out: openapi.json, or with --check exit status 1
when it is not what would be written. Must not need anything but the standard library.
"""
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
WORDS = {"read": ("looks", "봅니다"), "write": ("changes something", "바꿉니다"), "long": ("takes long", "오래 걸립니다")}
TOKEN = [{"token": []}, {"session": []}]


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def localised(node, stem):
    """The same schema with its references turned to components: stem of the file and name of the definition. "$comment" is the Korean text."""
    if isinstance(node, list):
        return [localised(one, stem) for one in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if key == "$ref":
            file, _, pointer = value.partition("#")
            target = pathlib.PurePath(file).name.removesuffix(".schema.json") or stem
            made[key] = f"#/components/schemas/{target}" + ("." + pointer.rsplit("/", 1)[-1] if pointer else "")
        elif key == "$comment":
            made["x-ko"] = value
        elif key not in ("$schema", "$id", "$defs"):
            made[key] = localised(value, stem)
    return made


def schemas():
    """Every definition of every schema, under "file.name"; the schema of the file itself under "file". Requests are as they stand in a body."""
    made = {}
    for path in sorted(FOLDER.glob("*.schema.json")):
        stem, schema = path.name.removesuffix(".schema.json"), read(path.name)
        made[stem] = localised(schema, stem)
        for name, one in schema.get("$defs", {}).items():
            made[f"{stem}.{name}"] = localised(without_operation(one) if stem == "requests" else one, stem)
    return made


def reached(paths, known):
    """Of the schemas those that the paths refer to, directly or through others."""
    wanted, made = {"problem_reply"}, {}

    def walk(node):
        if isinstance(node, dict):
            wanted.update(value.rsplit("/", 1)[-1] for key, value in node.items() if key == "$ref")
        for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
            walk(one)
    walk(paths)
    while left := wanted - made.keys():
        for name in sorted(left):
            made[name] = known[name]
            walk(known[name])
    return dict(sorted(made.items()))


def without_operation(schema):
    """A request as it stands in a body: the operation is in the path."""
    made = dict(schema, properties={name: one for name, one in schema.get("properties", {}).items() if name != "op"})
    made["required"] = [name for name in schema.get("required", []) if name != "op"]
    if not made["required"]:
        del made["required"]
    return made


def to(name):
    return {"$ref": f"#/components/schemas/{name}"}


def content(**kinds):
    """Media types, written with '_' for '/' and '__' for '-', and their schemas."""
    return {"content": {name.replace("__", "-").replace("_", "/"): {"schema": schema} if schema else {} for name, schema in kinds.items()}}


def reply(name, known):
    result = to(f"replies.{name}") if f"replies.{name}" in known else {"type": ["object", "array"]}
    body = {"type": "object", "properties": {"id": {"type": ["integer", "string"]}, "op": {"const": name}, "result": result}, "required": ["result"]}
    lines = {"type": "string", "description": "a reply a line, for a request of lines"}
    events = {"type": "string", "description": "events: progress {\"message\"}, then reply with the reply"}
    return {"description": "the reply", **content(application_json=body, application_jsonl=lines, text_event__stream=events)}


def refusals(*statuses):
    words = {400: "invalid input", 401: "no token or sign-in", 403: "not allowed for this role", 404: "nothing there", 405: "not by this method",
             409: "conflict with the present state", 413: "over a limit", 415: "media type", 429: "too many failed attempts; see Retry-After",
             503: "busy; see Retry-After"}
    return {str(status): {"description": words[status], **content(application_json=to("problem_reply"))} for status in statuses}


def parameter(name, place, description, schema, required=False):
    return {"name": name, "in": place, "description": description, "required": required, "schema": schema}


EXPORT = [parameter("format", "query", "a file or picture made of the reply", {"enum": ["json", "csv", "xlsx", "html", "table", "svg", "trec"]}),
          parameter("table", "query", "one of the reply's tables, by title or number", {"type": "string"})]


def steps_of(entry):
    """The lines of an operation by step, action or kind; none: it has one line."""
    return entry.get("steps") or entry.get("actions") or entry.get("kinds") or {}


def who(entry):
    """The roles of an operation, or of its steps; what kinds of work it has."""
    steps = steps_of(entry)
    if not steps:
        return entry["roles"], {entry["work"]}
    return sorted({role for one in steps.values() for role in one["roles"]}), {one["work"] for one in steps.values()}


def operation_path(name, entry, known):
    roles, works = who(entry)
    steps = steps_of(entry)
    body, about = to(f"requests.{name}"), known[f"requests.{name}"].get("description") or name
    does = "; ".join(f"it {WORDS[one][0]}" for one in sorted(works))
    english = f"Roles: {', '.join(roles)}. {does}." + (" By step: see x-steps." if steps else "")
    korean = f"역할: {', '.join(roles)}. " + "; ".join(WORDS[one][1] for one in sorted(works)) + "."
    post = {"operationId": name, "summary": about, "description": english, "x-ko": korean, "security": TOKEN, "parameters": EXPORT,
            "requestBody": content(application_json=body, application_jsonl={"type": "string", "description": "a request a line"}),
            "responses": {"200": reply(name, known), **refusals(400, 401, 403, 404, 409, 413, 415, 429, 503)}}
    if steps:
        post["x-steps"] = {step: {"roles": one["roles"], "work": one["work"]} for step, one in steps.items() if one["roles"]}
    made = {"post": post}
    if "read" in works:
        asked = {"type": "string", "contentMediaType": "application/json", "contentSchema": body}
        made["get"] = {"operationId": f"{name}-get", "summary": about, "description": "The same for work that only looks: a link.", "security": TOKEN,
                       "parameters": [parameter("request", "query", "the request as JSON", asked), *EXPORT],
                       "responses": {"200": reply(name, known), **refusals(400, 401, 403, 404, 405, 429, 503)}}
    return made


TEXT, NUMBER, TRUE = {"type": "string"}, {"type": "integer"}, {"const": True}


def object_of(properties, required=None):
    return {"type": "object", "properties": properties, "required": list(properties) if required is None else required}


def own(name, summary, responses, security=None, **more):
    return {"operationId": name, "summary": summary, "security": TOKEN if security is None else security, **more, "responses": responses}


def done(properties, status=200):
    return {str(status): {"description": "done", **content(application_json=object_of({"result": object_of(properties)}))}}


def plain(words):
    return {"200": {"description": words, **content(text_plain=TEXT)}}


def session_paths():
    session = done({"account": TEXT, "role": TEXT, "csrf": TEXT, "expires": TEXT, "may": {"type": "object"}})
    token = {"required": True, **content(application_json=object_of({"token": TEXT}))}
    return {"/v1/session": {
        "post": own("sign-in", "a browser signs in; the session comes as a cookie", {**session, **refusals(401, 403, 429, 503)}, [],
                    requestBody=token),
        "get": own("session", "who is signed in, and what the role may do", {**session, **refusals(401)}),
        "delete": own("sign-out", "the session ends", {**done({"signed_out": TRUE}), **refusals(401, 403)})}}


def upload_paths():
    upload, name = parameter("id", "path", "the upload", TEXT, True), parameter("name", "query", "the file's name", TEXT, True)
    offset = parameter("offset", "query", "bytes sent so far", NUMBER, True)
    bytes_body = {"required": True, **content(application_octet__stream=None)}
    looked = object_of({"result": {"anyOf": [to("replies.import"), to("replies.import_preview")]}})
    told = {"200": {"description": "done", **content(application_json=looked)}}
    parts = [parameter(part, "query", f"the upload of the {part}; without it they stand in the body as a list", TEXT)
             for part in ("suppliers", "demands", "decisions")]
    shadowed = {"200": {"description": "done", **content(application_json=object_of({"result": to("replies.shadow")}))}}
    shadow = {"type": "object", "properties": {"program": TEXT, "choices": {"type": "object", "additionalProperties": to("requests.file_choices")}},
              "required": ["program"],
              "description": "the request of shadow without the parts that come as files"}
    return {
        "/v1/uploads": {"post": own("upload", "a file will come in parts", {**done({"upload": TEXT}, 201), **refusals(400, 401, 403, 503)},
                                    parameters=[name])},
        "/v1/uploads/{id}": {
            "parameters": [upload],
            "put": own("upload-part", "the next part", {**done({"size": NUMBER}), **refusals(400, 401, 403, 404, 409, 413)}, parameters=[offset],
                       requestBody=bytes_body),
            "delete": own("upload-drop", "the upload is thrown away", {**done({"removed": TRUE}), **refusals(401, 403, 404)})},
        "/v1/uploads/{id}/import": {"parameters": [upload], "post": own(
            "upload-import", "the file is looked at (\"preview\") or imported, all of it or nothing",
            {**told, **refusals(400, 401, 403, 404, 409, 413, 415, 503)}, requestBody=content(application_json=to("requests.import_file")))},
        "/v1/uploads/shadow": {"post": own("upload-shadow", "a shadow round of files that were uploaded, which stay", {
            **shadowed, **refusals(400, 401, 403, 404, 413, 415, 503)}, parameters=parts, requestBody=content(application_json=shadow))}}


def other_paths():
    lines = {"type": "string", "description": "a line each"}
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    template = [parameter("kind", "path", "kind of record", TEXT, True),
                parameter("format", "query", "kind of file", {"enum": ["csv", "xlsx"]}, True),
                parameter("lang", "query", "language", {"enum": ["ko", "en"]})]
    return {
        "/v1/batch": {"post": own("batch", "requests of any operations, each with \"op\"", {
            "200": {"description": "a reply a line", **content(application_jsonl=lines)}, **refusals(401, 413, 415, 429, 503)},
            requestBody={"required": True, **content(application_jsonl=lines, application_x__ndjson=lines)})},
        "/v1/templates/{kind}": {"get": own("template", "a file to fill in and import", {
            "200": {"description": "the file", "content": {"text/csv": {}, sheet: {}}}, **refusals(400, 401, 404)}, parameters=template)},
        "/v1/openapi.json": {"get": own("openapi", "this description", {
            "200": {"description": "this description", **content(application_json={"type": "object"})}}, [])},
        "/livez": {"get": own("livez", "the server runs", plain("ok"), [])},
        "/readyz": {"get": own("readyz", "it takes requests", {**plain("ready"), **refusals(503)}, [])},
        "/metrics": {"get": own("metrics", "figures for Prometheus; from this machine only", {**plain("text format 0.0.4"), **refusals(403)}, [])}}


def document():
    known, table = schemas(), json.loads((FOLDER.parent / "server" / "roles.json").read_text(encoding="utf-8"))
    known["problem_reply"] = object_of({"problem": to("replies.problem")})
    paths = {f"/v1/{name}": operation_path(name, entry, known) for name, entry in sorted(table["operations"].items())
             if f"requests.{name}" in known and who(entry)[0]}
    paths.update({**session_paths(), **upload_paths(), **other_paths()})
    return {
        "openapi": "3.1.0",
        "info": {"title": "ieum", "version": table["version"], "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
                 "description": "Matches demand firms with AI suppliers: the requests of `ieum call` over HTTP. A body is the request without "
                                "\"op\"; texts are Korean or English by \"lang\" or Accept-Language. With a session's cookie, what is no GET "
                                "needs the header X-CSRF-Token.",
                 "x-ko": "수요기업과 AI 공급기업을 잇습니다: `ieum call`의 요청을 HTTP로 받습니다. 본문은 \"op\" 없는 요청입니다. "
                         "세션 쿠키를 쓰면 GET이 아닌 요청에 X-CSRF-Token 머리글이 필요합니다."},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "components": {"schemas": reached(paths, known), "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "an account's token"},
            "session": {"type": "apiKey", "in": "cookie", "name": "ieum_session", "description": "a signed-in browser"}}},
    }


def main():
    path = FOLDER / "openapi.json"
    text = json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
    if "--check" in sys.argv[1:]:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            print("data/schema/openapi.json is not up to date: run python3 data/schema/generate_openapi.py", file=sys.stderr)
            return 1
        return 0
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
