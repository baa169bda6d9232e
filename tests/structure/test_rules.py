#!/usr/bin/env python3
"""Each house rule finds what was planted for it, and leaves its lawful neighbour alone."""

import json
import unittest

import rules


def findings(rule, tree):
    return [(path, line) for path, line, _ in rule(tree)]


# rule → (path, text with the planted fault on its last line, lawful text)
PLANTED = {
    rules.cpp_layers: [
        ("storage/people.cpp", '#include "server/net/session.hpp"', '#include "protocol/ids.hpp"'),
        ("protocol/ids.hpp", '#include "storage/people.hpp"', "#include <string>"),
    ],
    rules.web_layers: [
        ("web-client/src/sync/outbox.ts", "import { signal } from '@preact/signals';", "import { Room } from '../store/room';"),
        ("web-client/src/store/room.ts", "import { Log } from '../ui/log';", "import type { Rev } from '../protocol/generated';"),
        ("web-client/src/actions/post.ts", "const log = await import('../ui/log/log');", "export { post } from './message';"),
    ],
    rules.imports_reach_files: [
        ("web-client/vite.config.ts", "import { plugin } from './src/build/plugin';", "import { self } from './vite.config';"),
    ],
    rules.sync_without_dom: [
        ("web-client/src/sync/socket.ts", "const url = window.location.href;", "// no window here, and no 'document'"),
    ],
    rules.sql_only_in_storage: [
        ("server/domain/people.cpp", 'auto rows = run("SELECT name FROM person");', "// SELECT a name FROM the list"),
        ("server/net/http.cpp", 'run("INSERT OR IGNORE INTO person VALUES (1)");', 'log("insert into the room");'),
        ("tests/storage/people.cpp", "#include <sqlite3.h>", '#include "storage/people.hpp"'),
    ],
    rules.no_raw_html: [
        ("web-client/src/ui/body.tsx", "element.innerHTML = text;", "element.textContent = text; // never innerHTML"),
    ],
    rules.nothing_left_for_later: [
        ("server/main.cpp", "// TO" "DO: later", "// what is to do is done"),
        ("bin/run", "# FIX" "ME", "# fixed"),
    ],
    rules.headers_guard_themselves: [
        ("server/a.hpp", "#include <string>", "#pragma once\n#include <string>"),
    ],
    rules.files_hold_one_idea: [
        ("server/a.cpp", "int x;\n" * (rules.LONGEST_FILE + 1), "int x;\n" * rules.LONGEST_FILE),
    ],
    rules.plain_awaits: [
        ("server/a.cpp", "co_await send(Frame{1});", "auto frame = Frame{1};co_await send(frame);"),
        ("server/a.cpp", "co_await post([&frame] { frame.send(); });", "if (co_await closed()) { stop(); }"),
        ("server/a.cpp", "co_await (ready ? first() : second());", "auto left = ready ? 1 : 2; co_await wait(left);"),
        ("server/a.cpp", "send(Frame{1}, co_await next());", "Frame frame{co_await next()};"),
        ("server/a.cpp", "co_return co_await send({.id = 1});", "spawn([]() -> awaitable<void> { co_await send(1'000, '{'); });"),
        ("server/a.cpp", "while (co_await write(std::array{a, b})) {}", "// co_await send(Frame{1});"),
    ],
    rules.lock_without_addresses: [
        ("web-client/package-lock.json", '"resolved": "https://example.org/vite.tgz"', '"integrity": "sha512-"'),
    ],
}

PACKAGE = json.dumps({"dependencies": {"preact": "^10.0.0"}})
ERRORS = "enum class ErrorCode {\n  // the frame\n  bad_json,\n  too_deep,\n};"
WORDS = json.dumps({"errors": {"other": "This did not work."}})


class Rules(unittest.TestCase):
    def test_each_finds_what_is_planted_and_nothing_else(self):
        for rule, samples in PLANTED.items():
            for path, fault, lawful in samples:
                with self.subTest(rule=rule.__name__, sample=fault[:60]):
                    self.assertEqual(findings(rule, {path: lawful}), [])
                    prefix = "" if rule in (rules.headers_guard_themselves, rules.files_hold_one_idea) else lawful + "\n"
                    line = fault.count("\n") if rule is rules.files_hold_one_idea else prefix.count("\n") + 1
                    self.assertEqual(findings(rule, {path: prefix + fault}), [(path, line)])

    def test_lock_that_does_not_fit_the_package(self):
        tree = {"web-client/package.json": PACKAGE,
                "web-client/package-lock.json": json.dumps({"packages": {"": json.loads(PACKAGE)}})}
        self.assertEqual(findings(rules.lock_fits_package, tree), [])
        tree["web-client/package.json"] = PACKAGE.replace("10", "11")
        self.assertEqual(len(findings(rules.lock_fits_package, tree)), 1)

    def test_error_code_without_words(self):
        tree = {"protocol/error.hpp": ERRORS, "web-client/src/i18n/en.json": WORDS, "web-client/src/i18n/fr.json": WORDS,
                "web-client/src/ui/problem.ts": "  bad_json: 'other',\n  too_deep: 'other',\n"}
        self.assertEqual(findings(rules.errors_have_words, tree), [])
        unmapped = tree | {"web-client/src/ui/problem.ts": "  bad_json: 'other',\n"}
        self.assertEqual(len(findings(rules.errors_have_words, unmapped)), 1)
        unwritten = tree | {"web-client/src/i18n/fr.json": json.dumps({"errors": {}})}
        self.assertEqual(len(findings(rules.errors_have_words, unwritten)), 2)

    def test_configuration_that_is_missing_or_not_explained(self):
        tree = {"server/config_keys.cpp": '  return {"server", "listen",\n      number("limits.joins", section, 0),\n',
                "config/plenary.toml": "[server]\n# Where.\nlisten = 1\n\n[limits]\n# How many.\njoins = 2\n"}
        self.assertEqual(findings(rules.configuration_is_explained, tree), [])
        for removed in ("# Where.\n", "# How many.\njoins = 2\n"):
            fault = tree | {"config/plenary.toml": tree["config/plenary.toml"].replace(removed, "")}
            self.assertEqual(len(findings(rules.configuration_is_explained, fault)), 1)

    def test_every_rule_is_tested_here(self):
        apart = {rules.lock_fits_package, rules.errors_have_words, rules.configuration_is_explained}
        self.assertEqual(set(PLANTED) | apart, set(rules.RULES))


if __name__ == "__main__":
    unittest.main()
