"""The house rules that a machine can check. Each takes the tree, {path: text}, and yields (path, line, what to do)."""

import json
import os
import re

SOURCE = re.compile(r"\.(cpp|hpp|ts|tsx|css|py|cmake|mjs|js)$|^(bin|\.ci)/|CMakeLists\.txt$")
CPP = re.compile(r"\.(cpp|hpp)$")
GENERATED = re.compile(r"(^|[./])generated\.ts$|package-lock\.json$")
LONGEST_FILE = 500


def every(tree, pattern):
    """The files whose path matches, without the generated ones."""
    for path in sorted(tree):
        if re.search(pattern, path) and not GENERATED.search(path):
            yield path, tree[path]


def lines_matching(tree, paths, pattern, advice, prepare=lambda text: text):
    for path, text in every(tree, paths):
        for number, line in enumerate(prepare(text).split("\n"), 1):
            if re.search(pattern, line):
                yield path, number, advice


def blanked(match):
    return re.sub(r"[^\n]", " ", match.group())


def without_comments(text):
    """Comments become blanks, so that lines and columns stay. Strings stay: a `//` in one is no comment."""
    return re.sub(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/',
                  lambda match: match.group() if match.group()[0] == '"' else blanked(match), text, flags=re.S)


def without_strings(text):
    """Neither comments nor what is in string and character literals; digit separators are no literals."""
    text = re.sub(r'R"(\w*)\(.*?\)\1"', blanked, text, flags=re.S)
    text = without_comments(text)
    return re.sub(r'"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'', lambda match: '"' + blanked(match)[2:] + '"', text)


# ---- layers ---------------------------------------------------------------------------------------------------------

CPP_LAYERS = {"protocol": {"protocol"}, "storage": {"storage", "protocol"}, "server": {"server", "storage", "protocol"}}

# What a folder of the web client may import; a path relative to src, or a package.
WEB_LAYERS = {
    "protocol": {"protocol"},
    "sync": {"sync", "store", "protocol"},
    "store": {"store", "sync", "protocol", "@preact/signals"},
    "actions": {"actions", "store", "sync", "protocol", "@preact/signals"},
    "i18n": {"i18n", "protocol", "@preact/signals", "virtual:words"},
    "a11y": {"a11y", "i18n", "preact", "@preact/signals"},
}
IMPORT = re.compile(r"""(?:^(?:import|export)\s(?:[^;'"]*?\sfrom\s+)?|\bimport\(\s*)['"]([^'"]+)['"]""", re.M)
DOM = (r"\b(document|localStorage|HTML\w*Element|MouseEvent|KeyboardEvent)\b|"
       r"\bwindow\.(addEventListener|document|location|navigator|open|matchMedia|set\w+|inner\w+)\b")


def cpp_layers(tree):
    for path, text in every(tree, r"^(protocol|storage|server)/.*\.(cpp|hpp)$"):
        layer = path.split("/")[0]
        for number, line in enumerate(text.split("\n"), 1):
            found = re.match(r'\s*#include\s+"([^"/]+)/', line)
            if found and found[1] not in CPP_LAYERS[layer]:
                yield path, number, f"{layer}/ knows nothing of {found[1]}/ (server → storage → protocol → nothing)"


def web_target(path, target):
    """Which folder of src, or which package, an import of `target` in `path` reaches."""
    if not target.startswith("."):
        return "virtual:words" if target.startswith("virtual:words/") else target
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return parts[2] if parts[:2] == ["web-client", "src"] and len(parts) > 2 else "/".join(parts)


def web_layers(tree):
    for path, text in every(tree, r"^web-client/src/(protocol|sync|store|actions|i18n|a11y)/.*(?<!\.test)\.tsx?$"):
        layer = path.split("/")[2]
        for found in IMPORT.finditer(text):
            target = web_target(path, found[1])
            if target not in WEB_LAYERS[layer]:
                number = text.count("\n", 0, found.end()) + 1
                yield path, number, f"{layer}/ does not import {target} (ui → actions → store; sync writes the store)"


def imports_reach_files(tree):
    """What is imported is in the tree: not in a folder that git ignores, where only one machine has it."""
    for path, text in every(tree, r"^web-client/(src|test|scripts|dev)/.*\.tsx?$|^web-client/[^/]+\.ts$"):
        for found in IMPORT.finditer(text):
            if not found[1].startswith("."):
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(path), found[1]))
            if not any(target + ending in tree for ending in ("", ".ts", ".tsx", ".d.ts", "/index.ts")):
                number = text.count("\n", 0, found.end()) + 1
                yield path, number, f"{found[1]} is no file of the repository"


def sync_without_dom(tree):
    return lines_matching(tree, r"^web-client/src/sync/.*(?<!\.test)\.ts$", DOM,
                          "sync/ has no DOM: let the caller pass in what it needs", without_strings)


def sql_only_in_storage(tree):
    sql = (r"\b(SELECT\b.*\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
           r"CREATE\s+(TABLE|INDEX|TRIGGER|VIRTUAL)|PRAGMA\s+\w)")
    yield from lines_matching(tree, r"^(server|protocol)/.*\.(cpp|hpp)$", sql,
                              "SQL stands in storage/, above the function that runs it", without_comments)
    yield from lines_matching(tree, r"^(server|protocol|tests)/.*\.(cpp|hpp)$", r"#include\s+<sqlite3",
                              "only storage/ knows SQLite")


# ---- taste ----------------------------------------------------------------------------------------------------------

def no_raw_html(tree):
    banned = r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|createContextualFragment)\b"
    return lines_matching(tree, r"^web-client/src/.*(?<!\.test)\.tsx?$", banned, "build elements; no markup enters the page",
                          without_comments)


def nothing_left_for_later(tree):
    return lines_matching(tree, SOURCE, r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", "finish it, or write an issue")


def headers_guard_themselves(tree):
    for path, text in every(tree, r"\.hpp$"):
        if not text.startswith("#pragma once\n"):
            yield path, 1, "a header begins with #pragma once"


def files_hold_one_idea(tree):
    for path, text in every(tree, SOURCE):
        count = text.count("\n")
        if count > LONGEST_FILE:
            yield path, count, f"more than {LONGEST_FILE} lines: which of its ideas is another file?"


def await_end(text, start):
    """Where the expression after a `co_await` ends, and what it holds that GCC 12 destroys twice, if anything."""
    depth = 0
    for position in range(start, len(text)):
        character = text[position]
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
            if depth < 0:
                return position, None
        elif character == "{":
            return position, "a temporary"
        elif character == "?" and depth > 0:
            return position, "a conditional"
        elif character in ";," and depth == 0 or character == "}":
            return position, None
    return len(text), None


def plain_awaits(tree):
    """GCC 12 destroys aggregates and capturing lambdas inside an expression with co_await twice (GCC bugs 99576, 100611)."""
    for path, text in every(tree, CPP):
        text = without_strings(text)
        for found in re.finditer(r"\bco_await\b", text):
            _, what = await_end(text, found.end())
            before = text[:found.start()].rstrip()
            closed = re.search(r"\}[^;{}]*$", before)
            if closed and re.match(r"\}\s*[,)+\-*/=<>&|?:.]", closed.group()):
                what = "a temporary"
            if what:
                yield (path, text.count("\n", 0, found.start()) + 1,
                       f"{what} in an expression with co_await: build it in the statement before (GCC 12)")


# ---- one fact, several places ---------------------------------------------------------------------------------------

def lock_without_addresses(tree):
    for path, text in sorted(tree.items()):
        if path.endswith("package-lock.json"):
            for number, line in enumerate(text.split("\n"), 1):
                if '"resolved"' in line:
                    yield path, number, "no download addresses: omit-lockfile-registry-resolved in .npmrc"


def lock_fits_package(tree):
    """`npm install` mends a lock file in silence, so this is where one that was forgotten shows."""
    lock = json.loads(tree["web-client/package-lock.json"])["packages"][""]
    package = json.loads(tree["web-client/package.json"])
    for group in ("dependencies", "devDependencies"):
        if lock.get(group, {}) != package.get(group, {}):
            yield "web-client/package-lock.json", 1, f"its {group} are not package.json's: run npm install and commit both"


def error_codes(tree):
    body = re.search(r"enum class ErrorCode \{(.*?)\};", tree["protocol/error.hpp"], re.S)[1]
    return re.findall(r"^\s*(\w+),", without_comments(body), re.M)


def errors_have_words(tree):
    path = "web-client/src/ui/problem.ts"
    sentences = dict(re.findall(r"^\s+(\w+): '(\w+)',$", tree[path], re.M))
    catalogues = {language: json.loads(tree[f"web-client/src/i18n/{language}.json"])["errors"] for language in ("en", "fr")}
    for code in error_codes(tree):
        if code not in sentences:
            yield path, 1, f"{code} of protocol/error.hpp has no sentence"
            continue
        for language, words in catalogues.items():
            if not words.get(sentences[code]):
                yield f"web-client/src/i18n/{language}.json", 1, f"errors.{sentences[code]} ({code}) is missing"


def configuration_is_explained(tree):
    """Every key of the program stands in config/plenary.toml, and a comment stands right above it."""
    path = "config/plenary.toml"
    section, written = "", set()
    lines = tree[path].split("\n")
    for number, line in enumerate(lines, 1):
        if found := re.match(r"\[([\w.]+)\]$", line):
            section = found[1]
        elif found := re.match(r"(\w+) = ", line):
            written.add(f"{section}.{found[1]}")
            if not lines[number - 2].startswith("#"):
                yield path, number, f"say above {found[1]} what it does and when one would change it"
    keys = set(re.findall(r'^ +\w+\("([a-z_]+\.[a-z_]+)",', tree["server/config_keys.cpp"], re.M))
    keys |= {".".join(pair) for pair in re.findall(r'return \{"([a-z_]+)", "([a-z_]+)",', tree["server/config_keys.cpp"])}
    for key in sorted(keys - written):
        yield path, 1, f"{key} of server/config_keys.cpp is missing"


RULES = [cpp_layers, web_layers, imports_reach_files, sync_without_dom, sql_only_in_storage, no_raw_html,
         nothing_left_for_later, headers_guard_themselves, files_hold_one_idea, plain_awaits, lock_without_addresses,
         lock_fits_package, errors_have_words, configuration_is_explained]
