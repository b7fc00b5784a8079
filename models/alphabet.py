"""The characters that Lince writes: which classes of the recogniser's last layer are kept."""

_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))
_LATIN_1 = "".join(chr(code) for code in range(0xA1, 0x100) if code != 0xAD)

# All of Latin Extended-A except forms of old print and forms that look like a letter and a point (kra, n with
# apostrophe, l with middle dot, long s); then Romanian's letters with a comma below.
_LATIN_EXTENDED = "".join(chr(code) for code in range(0x100, 0x180) if chr(code) not in "ĸŉĿŀſ") + "ȘșȚț"

_QUOTES_AND_DASHES = "‘’“”–—―‖†‡•…‰′″※"
_CURRENCY = "₡₢₣₤₦₧₨₩₪₫€₭₮₱₲₴₵₸₹₺₼₽₾₿"
_SIGNS = "Ω℃™−≈≠≤≥∞√→←↑↓■□▪●○◆★☆✓✔✘✕☑☐▶▼"

WANTED = frozenset(_ASCII + _LATIN_1 + _LATIN_EXTENDED + _QUOTES_AND_DASHES + _CURRENCY + _SIGNS)


def kept_classes(characters: list[str]) -> list[int]:
    """The indices of the classes that are kept, in rising order: 0 for the blank, then `characters`, then the space."""
    middle = [index + 1 for index, character in enumerate(characters) if character in WANTED]
    return [0, *middle, len(characters) + 1]
