"""What the sources of a folder define, include and call, read from their text."""

import re

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
TEXT = re.compile(r'"(?:\\.|[^"\\\n])*"')
# At the start of a line, not static: a function with its body, or a variable with its value.
KEYWORDS = r"(?!static\b|typedef\b|extern\b|return\b|else\b|case\b|enum \w+ \{)"
FUNCTION = re.compile(rf"^{KEYWORDS}[a-z_][\w \*\n]*?\b(\w+)\([^;{{}}]*\)\s*\{{", re.MULTILINE)
VARIABLE = re.compile(
    rf"^{KEYWORDS}(?:_Atomic |const |_Thread_local )*(?:struct )?\w+[ \*]+(?:const )?(\w+)(?:\[[^\]]*\])* = ",
    re.MULTILINE,
)
STATIC = re.compile(r"^static [^;=]*?\b(\w+)\(", re.MULTILINE)
# A variable or a member of a struct that happens to have another file's name.
LOCAL = re.compile(r"^\s+(?:const )?(?:struct |enum )?(?!return)\w+ \**(\w+)(?:;| =|\[|, )", re.MULTILINE)
WORD = re.compile(r"(?<![.>])\b[a-z]\w+\b")


def bare(text):
    """The text of a file without comments and without what stands in quotes, its includes kept."""
    text = COMMENT.sub("", text)
    return "\n".join(line if line.lstrip().startswith("#") else TEXT.sub('""', line) for line in text.split("\n"))


def includes(text):
    return INCLUDE.findall(text)


def definitions(text):
    """Names of the functions and variables that other files may use."""
    return set(FUNCTION.findall(text)) | set(VARIABLE.findall(text))


def uses(text):
    """The words of a file that may be names of other files: not its own static functions, variables and members."""
    text = INCLUDE.sub("", text)
    return set(WORD.findall(text)) - set(STATIC.findall(text)) - set(LOCAL.findall(text))
