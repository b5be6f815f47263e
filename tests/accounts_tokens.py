#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Accounts, tokens and sessions: accounts_tokens.py ASK_FOR PROGRAM ROOT

What is stored of a secret is computed here a second way (hashlib); time passes by writing the store's rows (sqlite3). No secret may stand
in the store's files, in the audit log or in the access log.
"""
import base64
import datetime
import hashlib
import pathlib
import subprocess
import tempfile

from accounts_samples import ASK_FOR, DATA, Engine, check, database, end, has_word

HOUR = 3600
SECRETS = []


def digest(what, secret):
    return hashlib.sha256(f"{what}\0{secret}\0".encode()).hexdigest()


def seconds(time):
    return datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()


def now():
    return datetime.datetime.now(datetime.timezone.utc).timestamp()


def account(engine, action, **members):
    return engine.result({"op": "account", "action": action, **members})


def refused(engine, code, action, **members):
    return engine.problem(code, {"op": "account", "action": action, **members})


def keep(secret):
    SECRETS.append(secret)
    return secret


# ---- the first start ----

def bootstrap(folder):
    store = folder / "boot.db"
    line = '-\t-\t\t{"op":"account","action":"bootstrap","role":"admin"}\n'
    racing = [subprocess.Popen([ASK_FOR, str(store), str(DATA), ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for process in racing:
        process.stdin.write(line)
        process.stdin.close()
    replies = [process.stdout.read() for process in racing]
    for process in racing:
        check(process.wait() == 0, "a first start ends well")
    check(sum('"token":null' in reply for reply in replies) == 3 and sum('"token_id"' in reply for reply in replies) == 1,
          f"of four first starts at once one makes the token: {replies}")
    with Engine(store) as engine:
        check(account(engine, "bootstrap", role="desk")["token"] is None, "a bootstrap with accounts makes nothing")
        again = account(engine, "bootstrap", role="admin", new=True)
        check(again["account"] == "admin" and len(again["token"]) == 43, "asked for anew, the account gets one more token")
        other = account(engine, "bootstrap", role="manager", new=True)
        check(other["account"] == "manager" and other["role"] == "manager", "and one of another role an account of that role")
        listed = account(engine, "list")["accounts"]
        check([(one["account"], len(one["tokens"])) for one in listed] == [("admin", 2), ("manager", 1)], f"two accounts: {listed}")
        account(engine, "role", account="manager", role="desk")
        refused(engine, "conflict", "bootstrap", role="manager", new=True)


# ---- making accounts ----

def make(engine, store):
    admin = account(engine, "create", account="lee-admin", role="admin", by="operator", reason="first")
    desk = account(engine, "create", account="kim-desk", role="desk", days=1)
    for made, days in ((admin, 365), (desk, 1)):
        raw = base64.urlsafe_b64decode(made["token"] + "=")
        check(len(raw) == 32 and "=" not in made["token"], "a token is 256 bits as base64url")
        check(abs(seconds(made["expires"]) - now() - days * 24 * HOUR) < 60, f"it lasts {days} days")
        check(made["token_id"] == digest("ieum token", keep(made["token"]))[:16], "its id is the front of its digest")
    check(admin["token"] != desk["token"], "tokens differ")
    with database(store) as rows:
        kept = dict(rows.execute("SELECT account, digest FROM tokens"))
    check(kept == {"lee-admin": digest("ieum token", admin["token"]), "kim-desk": digest("ieum token", desk["token"])}, "digests alone are stored")
    refused(engine, "conflict", "create", account="kim-desk", role="desk")
    for wrong in ("Kim", "", "a b", "x" * 65, "김", "a/b", "a\nb"):
        check(refused(engine, "invalid", "create", account=wrong, role="desk").get("pointer") == "/account", f"'{wrong}' is no account's name")
    for days in (0, 731, -1, 1.5, "7"):
        check(refused(engine, "invalid", "create", account="x", role="desk", days=days).get("pointer") == "/days", f"{days} days")
    found = refused(engine, "invalid", "create", account="x", role="root")
    check(found["pointer"] == "/role" and "viewer" in found["expected"], "an unknown role is refused and the known ones named")
    refused(engine, "not_found", "token", account="nobody")
    refused(engine, "not_found", "revoke", account="nobody")
    refused(engine, "not_found", "revoke", token_id="0" * 16)
    refused(engine, "invalid", "revoke", account="kim-desk", token_id=desk["token_id"])
    check([one["account"] for one in account(engine, "list")["accounts"]] == ["kim-desk", "lee-admin"], "what was refused left nothing")
    return admin, desk


# ---- who asks ----

def authenticate(engine, store, desk):
    token = desk["token"]
    known = account(engine, "authenticate", token=token)
    check((known["account"], known["role"], known["expires"]) == ("kim-desk", "desk", desk["expires"]), "a token says who it is")
    said = []
    for wrong in ("x", token[:-1], token + "A", token.swapcase(), digest("ieum token", token), "A" * 43,
                  "가" * 43, "'; DROP TABLE tokens; --", "A" * 100000):
        said.append(refused(engine, "unauthorized", "authenticate", token=wrong))
    with database(store) as rows:
        rows.execute("UPDATE tokens SET expires = expires - 90000 WHERE account = 'kim-desk'")
    said.append(refused(engine, "unauthorized", "authenticate", token=token))
    said.append(refused(engine, "unauthorized", "sign-in", token=token))
    check(account(engine, "list")["accounts"][0]["tokens"][0]["state"] == "expired", "the list says that it expired")
    with database(store) as rows:
        rows.execute("UPDATE tokens SET expires = expires + 90000, revoked = 1 WHERE account = 'kim-desk'")
    said.append(refused(engine, "unauthorized", "authenticate", token=token))
    with database(store) as rows:
        rows.execute("UPDATE tokens SET revoked = NULL")
    said.append(refused(engine, "unauthorized", "session", session=token))
    check(all(one == said[0] for one in said), "whatever is wrong, the words are the same")
    check(account(engine, "authenticate", token=token)["account"] == "kim-desk", "and the good one is good again")


def sessions(engine, store, desk):
    begun = account(engine, "sign-in", token=desk["token"])
    session = keep(begun["session"])
    check(len(base64.urlsafe_b64decode(session + "=")) == 32, "a session is 256 bits")
    check(abs(seconds(begun["expires"]) - now() - 12 * HOUR) < 60, "it lasts twelve hours")
    check(begun["csrf"] == digest("ieum csrf", session), "the value against forged requests follows from the session")
    again = account(engine, "session", session=session)
    check(again == {key: begun[key] for key in ("account", "role", "csrf", "expires")}, f"a session says the same each time: {again}")
    other = account(engine, "sign-in", token=desk["token"])
    check(keep(other["session"]) != session and other["csrf"] != begun["csrf"], "another sign-in is another session")
    refused(engine, "unauthorized", "authenticate", token=session)
    refused(engine, "unauthorized", "session", session=begun["csrf"])
    with database(store) as rows:
        check({row[0] for row in rows.execute("SELECT digest FROM sessions")} == {digest("ieum session", one) for one in (session, other["session"])},
              "digests alone are stored")
        rows.execute("UPDATE sessions SET expires = 1 WHERE digest = ?", [digest("ieum session", other["session"])])
    refused(engine, "unauthorized", "session", session=other["session"])
    check(account(engine, "sign-out", session=session)["signed_out"] is True, "signed out")
    refused(engine, "unauthorized", "session", session=session)
    check(account(engine, "sign-out", session=session)["signed_out"] is False, "once")
    with database(store) as rows:
        rows.execute("UPDATE tokens SET expires = ? WHERE account = 'kim-desk'", [int(now()) + HOUR])
    short = account(engine, "sign-in", token=desk["token"])
    keep(short["session"])
    check(abs(seconds(short["expires"]) - now() - HOUR) < 60, "no session outlives its token")
    with database(store) as rows:
        check(rows.execute("SELECT count(*) FROM sessions").fetchone()[0] == 1, "expired sessions went with the next sign-in")
        rows.execute("UPDATE tokens SET expires = 1 WHERE account = 'kim-desk'")
    refused(engine, "unauthorized", "session", session=short["session"])
    with database(store) as rows:
        rows.execute("UPDATE tokens SET expires = ? WHERE account = 'kim-desk'", [int(now()) + 24 * HOUR])


# ---- changes ----

def changes(engine, store, desk):
    with Engine(store) as other:  # a handle that was open before
        session = keep(account(engine, "sign-in", token=desk["token"])["session"])
        check(account(other, "session", session=session)["role"] == "desk", "before")
        account(engine, "role", account="kim-desk", role="viewer")
        check(account(other, "session", session=session)["role"] == "viewer", "a change of role holds at once for sessions")
        check(account(other, "authenticate", token=desk["token"])["role"] == "viewer", "and for tokens")
        second = account(engine, "token", account="kim-desk", days=30)
        keep(second["token"])
        check(account(other, "authenticate", token=desk["token"])["account"] == account(other, "authenticate", token=second["token"])["account"],
              "both tokens are good")
        check(account(engine, "revoke", token_id=desk["token_id"])["revoked"] == 1, "one token ends")
        refused(other, "unauthorized", "authenticate", token=desk["token"])
        refused(other, "unauthorized", "session", session=session)
        check(account(other, "authenticate", token=second["token"])["account"] == "kim-desk", "the other stays")
        check(account(engine, "revoke", token_id=desk["token_id"])["revoked"] == 0, "it has ended already")
        session = keep(account(engine, "sign-in", token=second["token"])["session"])
        third = account(engine, "token", account="kim-desk", revoke=True)
        keep(third["token"])
        refused(other, "unauthorized", "authenticate", token=second["token"])
        refused(other, "unauthorized", "session", session=session)
        check(account(other, "authenticate", token=third["token"])["account"] == "kim-desk", "a new token in place of the others")
        account(engine, "revoke", account="kim-desk")
        refused(other, "unauthorized", "authenticate", token=third["token"])
        states = [token["state"] for token in account(other, "list")["accounts"][0]["tokens"]]
        check(states == ["revoked"] * 3, f"all have ended: {states}")


def last_admin(engine, admin):
    for change in ({"action": "revoke", "account": "lee-admin"}, {"action": "revoke", "token_id": admin["token_id"]},
                   {"action": "role", "account": "lee-admin", "role": "desk"}):
        engine.problem("conflict", {"op": "account", **change})
    check(account(engine, "authenticate", token=admin["token"])["role"] == "admin", "the last administrator stays")
    keep(account(engine, "create", account="park", role="admin")["token"])
    check(account(engine, "role", account="lee-admin", role="manager")["role"] == "manager", "with another one the first may go")
    account(engine, "role", account="lee-admin", role="admin")


def for_the_server_alone(engine, admin):
    for action in ("authenticate", "sign-in", "session", "sign-out", "bootstrap"):
        for role in ("admin", "viewer"):
            engine.problem("forbidden", {"op": "account", "action": action, "token": admin["token"], "session": "x", "role": "admin", "new": True},
                           "lee-admin", role)
    for role in ("viewer", "desk", "manager", "researcher"):
        for action in ("list", "create", "token", "role", "revoke"):
            engine.problem("forbidden", {"op": "account", "action": action, "account": "kim-desk", "role": "admin"}, "kim-desk", role)
    created = engine.result({"op": "account", "action": "create", "account": "choi", "role": "viewer"}, "lee-admin", "admin")
    keep(created["token"])
    engine.problem("forbidden", {"op": "account", "action": "create", "account": "choi2", "role": "viewer", "by": "park"}, "lee-admin", "admin")


def no_secrets_anywhere(engine, folder):
    entries = engine.result({"op": "audit", "action": "list"})["entries"]
    actions = [(entry["action"], entry["by"]) for entry in entries]
    for action in ("account.create", "account.token", "account.role", "account.revoke"):
        check(any(one == action for one, _ in actions), f"{action} is in the audit log")
    check(("account.create", "lee-admin") in actions and ("account.create", "operator") in actions, "by whom")
    check(engine.result({"op": "audit", "action": "verify"})["sound"] is True, "the audit log is whole")
    check(len(SECRETS) > 8 and not has_word(entries, SECRETS), "no secret is in the audit log")
    check(not has_word(account(engine, "list"), SECRETS), "nor in the list")
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            check(not any(secret.encode() in raw for secret in SECRETS), f"no secret stands in {path.name}")
    said = (folder / "access").glob("*.jsonl")
    check(any('"sign-in"' in path.read_text() for path in said), "who came is in the access log")


def older_store(folder):
    store = folder / "old.db"
    with Engine(store) as engine:
        account(engine, "bootstrap", role="admin")
    with database(store) as rows:
        rows.executescript("DROP TABLE sessions; DROP TABLE tokens; DROP TABLE accounts; PRAGMA user_version = 3;")
    with Engine(store) as engine:
        check(len(account(engine, "bootstrap", role="admin")["token"]) == 43, "a store of before there were accounts gets them")


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    bootstrap(place)
    path = place / "ieum.db"
    with Engine(path, place / "access") as main:
        first, second = make(main, path)
        authenticate(main, path, second)
        sessions(main, path, second)
        changes(main, path, second)
        last_admin(main, first)
        for_the_server_alone(main, first)
        no_secrets_anywhere(main, place)
    older_store(place)
end()
