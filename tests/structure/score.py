"""How much of a page's structure was found: blocks of each kind, cells of tables, the order of reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from tests.pages.order import pairs_right

from .sheets import Block

LEAST_LIKENESS = 0.9  # of the text of a block that was found with the one that was drawn


@dataclass
class Share:
    """How many there are, how many were said to be there, how many of those rightly."""

    drawn: int = 0
    told: int = 0
    right: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.drawn + other.drawn, self.told + other.told, self.right + other.right)

    @property
    def recall(self) -> float:
        return self.right / self.drawn if self.drawn else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 1.0


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for letters read wrongly."""
    one, other = "".join(one.split()), "".join(other.split())
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= LEAST_LIKENESS


def blocks_of(kind: str, drawn: list[Block], told: list[dict[str, Any]]) -> Share:
    """Blocks of a kind: each counts once, where the whole text of both is the same."""
    left = [block["text"] for block in told if block["kind"] == kind]
    share = Share(told=len(left))
    for block in drawn:
        if block.kind != kind:
            continue
        share.drawn += 1
        found = next((text for text in left if alike(block.text, text)), None)
        if found is not None:
            left.remove(found)
            share.right += 1
    return share


def _cells(block: dict[str, Any]) -> Counter[tuple[int, int, str]]:
    return Counter((cell["row"], cell["column"], "".join(cell["text"].split())) for cell in block.get("cells", []))


def cells_of(is_ruled: bool, drawn: list[Block], told: list[dict[str, Any]]) -> Share:
    """Cells of tables: right in the row and the column where they were drawn, with the same text."""
    tables = [_cells(block) for block in told if block["kind"] == "table"]
    share = Share()
    for block in drawn:
        if block.kind != "table" or block.is_ruled != is_ruled:
            continue
        wanted = Counter(
            (row, column, "".join(text.split()))
            for row, cells in enumerate(block.cells)
            for column, text in enumerate(cells)
            if text
        )
        best = max(tables, key=lambda table: (table & wanted).total(), default=Counter())
        share += Share(wanted.total(), best.total(), (best & wanted).total())
    return share


def order_of(lines: list[str], told: list[dict[str, Any]]) -> Share:
    """Pairs of lines that follow each other."""
    right, total = pairs_right(lines, [line["text"] for line in told])
    return Share(total, total, right)


BLOCK_KINDS = ("heading", "paragraph", "list_item", "table", "header", "footer", "page_number")


def score(blocks: list[Block], lines: list[str], told: dict[str, Any]) -> dict[str, Share]:
    """All shares of a page."""
    found = {kind: blocks_of(kind, blocks, told["blocks"]) for kind in BLOCK_KINDS if kind != "table"}
    found["cells, ruled"] = cells_of(True, blocks, told["blocks"])
    found["cells, unruled"] = cells_of(False, blocks, told["blocks"])
    found["order"] = order_of(lines, told["lines"])
    return found
