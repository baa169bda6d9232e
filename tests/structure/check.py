#!/usr/bin/env python3
"""Holds the checkout against tests/structure/rules.py: check.py ROOT. Prints path:line: what to do; fails if there is any."""

import os
import sys

import rules

SKIPPED = {".git", "build", "var", "node_modules", "dist", ".cache", "__pycache__"}


def read_tree(root):
    tree = {}
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED]
        for name in files:
            path = os.path.join(folder, name)
            try:
                with open(path, encoding="utf-8") as file:
                    tree[os.path.relpath(path, root)] = file.read()
            except UnicodeDecodeError:
                continue
    return tree


def main(root):
    tree = read_tree(root)
    found = 0
    for rule in rules.RULES:
        for path, line, advice in rule(tree):
            print(f"{path}:{line}: {advice} [{rule.__name__}]")
            found += 1
    print(f"{len(rules.RULES)} rules, {len(tree)} files, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
