"""scripts/page: modules are joined in the order in which they need each other, and what cannot be joined is refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = '<link rel="stylesheet" href="page/a.css">\n<link rel="stylesheet" href="page/b.css" media="print">\n'
PAGE = f"<head>\n{LINK}</head>\n"


@pytest.fixture
def make(tmp_path):
    """Joins these files of web/ in a tree of their own; gives what was written, or what was complained of."""

    def begin(**modules):
        tree = tmp_path / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        (tree / "scripts").mkdir(parents=True)
        shutil.copy(ROOT / "scripts/page", tree / "scripts/page")
        files = {"page.html": PAGE, "a.css": "a {}\n", "b.css": "b {}\n", "mark.svg": "<svg/>"}
        files |= {f"{name.replace('_', '/')}.js": text for name, text in modules.items()}
        for name, text in files.items():
            folder = "third_party/web" if name.startswith("kept") else "web"
            path = tree / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        done = subprocess.run(
            [sys.executable, tree / "scripts/page", tree / "out"], capture_output=True, text=True, timeout=60
        )
        if done.returncode:
            assert not (tree / "out").exists()
            return done.stderr
        return {path.name: path.read_text() for path in (tree / "out").iterdir()}

    return begin


def run(text):
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=text, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.split()


KEPT = (
    'import{a as n}from"./keptlow.js";function f(t){return n+t}export{f as add,n as default};'
    'export{b}from"./keptlow.js";'
)
LOW = "var q=1,z=2;export{q as a,z as b};"
PART = (
    "import {add, b as two} from '../kept.js';\nimport once from '../keptdefault.js';\n\n"
    "export const LIST = [add(two), once()];\nexport async function later() {\n    return 5;\n}\nexport class Sort {}\n"
    "export {add};\nexport {b as other} from '../keptlow.js';\n"
)
START = (
    "import {\n    LIST, later,\n    Sort,\n} from './part/part.js';\nimport {add, other} from './part/part.js';\n"
    "const LIST_HERE = LIST;\nconsole.log(LIST_HERE.join(' '), await0(), typeof Sort, add(9), other);\n"
    "function await0() {\n    later();\n    return \"import {x} from 'y'\".length;\n}\n"
    "if (LIST.length > 9) {\n    import('./kept_later.js');\n}\n"
)


@pytest.mark.skipif(shutil.which("node") is None, reason="runs what was joined")
def test_what_is_joined_runs_as_the_modules_did(make):
    made = make(start=START, part_part=PART, kept=KEPT, keptlow=LOW, keptdefault="export default function(){return 7}")
    assert "there is no such file" in made  # kept_later.js
    made = make(
        start=START.replace("kept_later", "keptlater"), part_part=PART, kept=KEPT, keptlow=LOW,
        keptdefault="export default function(){return 7}", keptlater="export default 1;",
    )  # fmt: skip
    assert set(made) == {"page.html", "start.js", "style.css", "mark.svg", "keptlater.js"}
    assert run(made["start.js"]) == ["3", "7", "19", "function", "10", "2"]
    assert made["page.html"] == '<head>\n<link rel="stylesheet" href="page/style.css">\n</head>\n'
    assert made["style.css"] == "a {}\n@media print {\nb {}\n}\n"


@pytest.mark.skipif(shutil.which("node") is None, reason="runs what was joined")
def test_what_is_taken_later_shares_the_modules_of_the_start(make, tmp_path):
    """Each module is called once, wherever it was joined."""
    made = make(
        start="import {list} from './state.js';\nlist.push('start');\n"
        "import('./later.js').then(({Part, tell}) => tell(Part, list.length));\n",
        state="console.log('once');\nexport const list = [];\n",
        more="import {list} from './state.js';\nlist.push('more');\nexport const Part = list;\n",
        later="import {list} from './state.js';\nexport {Part} from './more.js';\n"
        "export function tell(part, count) {\n    console.log(part === list, count, part.join('+'));\n}\n",
    )
    assert set(made) == {"page.html", "start.js", "style.css", "mark.svg", "later.js"}
    assert "more.js" in made["later.js"] and "more.js" not in made["start.js"]
    for name in ("start.js", "later.js"):
        (tmp_path / name.replace(".js", ".mjs")).write_text(
            made[name].replace("start.js'", "start.mjs'").replace("later.js'", "later.mjs'")
        )
    done = subprocess.run(["node", tmp_path / "start.mjs"], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split("\n") == ["once", "true 2 start+more", ""]


@pytest.mark.parametrize(
    "modules, told",
    [
        ({"start": "import './a.js';\n"}, "start.js: this form is not known"),
        ({"start": "import {a} from './a.js';\n", "a": "import {b} from './b.js';\n", "b": "import {a} from './a.js';"},
         "a.js -> b.js -> a.js"),
        ({"start": "import {a} from './a.js';\n"}, "a.js: there is no such file"),
        ({"start": "import * as a from './a.js';\n", "a": "export const a = 1;\n"}, "start.js: this form is not known"),
        ({"start": "export let changing = 1;\n"}, "start.js: this form is not known"),
        ({"start": "export * from './a.js';\n", "a": "export const a = 1;\n"}, "start.js: this form is not known"),
        ({"start": "let a;\n", "a": "export const a = 1;\n"}, "no module imports a.js"),
        ({"start": "import {a} from './a.js';\nimport('./a.js');\n", "a": "export const a = 1;\n"},
         "a.js is taken by import() and by import"),
        ({"start": "import('./a.js');\n", "a": "import {b} from './b.js';\nexport default b;\n",
          "b": "export const b = 1;\n"}, "must not export by default"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused(make, modules, told):
    assert told in make(**modules)


def test_the_page_is_made(tmp_path):
    done = subprocess.run([sys.executable, ROOT / "scripts/page", tmp_path / "out"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"page.html", "start.js", "later.js", "style.css", "mark.svg", "uplot.js"}
