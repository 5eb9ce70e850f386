"""Why a line goes: a reason (model.REASONS) for each line that was judged not to be the article.

Decides nothing about what stays. A phrase names the reason; else the section that the line
stands in (what follows "Most popular" is related, until the article goes on); else its shape.
"""

from collections.abc import Sequence

import numpy as np

from quotesieve.text.noise_features import FEATURES, Page
from quotesieve.text.noise_lines import Shape
from quotesieve.text.noise_phrases import BEGINS, CERTAIN, PHRASE_REASONS, UNSURE, WHOLE

# A whole line of these opens a section: what goes after it goes for the same reason.
SECTIONS = frozenset(("related", "comments", "author_bio"))
_OWN_SHAPE = frozenset(("advert", "metadata", "form", "legal", "newsletter"))  # told inside a section too
_DATED = FEATURES.index("dated")
_CREDIT = FEATURES.index("credit")
_READER = FEATURES.index("reader")
_HOUSE = FEATURES.index("house")
_TOPIC = FEATURES.index("topic")


def reasons_for(page: Page, roles: Sequence[str | None]) -> list[str | None]:
    """A reason for each line without a role, None for the others."""
    out: list[str | None] = []
    section: str | None = None
    kept_after = _kept_after(roles)
    for i, role in enumerate(roles):
        if role is not None:
            section = None
            out.append(None)
            continue
        said, strength = _said(page.shapes[i])
        if said in SECTIONS and strength >= WHOLE:
            section = said
        out.append(_reason(page, i, said, strength, section, kept_after[i]))
    return out


def _kept_after(roles: Sequence[str | None]) -> list[bool]:
    """Whether any line after each one stays."""
    stays = np.array([role is not None for role in roles], dtype=bool)
    after: list[bool] = (np.cumsum(stays[::-1])[::-1] - stays > 0).tolist()
    return after


def _said(shape: Shape) -> tuple[str | None, int]:
    """The reason that the line's phrases name most surely, and how surely."""
    if not shape.hits:
        return None, 0
    best = max(shape.hits, key=lambda reason: (shape.hits[reason], -reason))
    return PHRASE_REASONS[best], shape.hits[best]


def _reason(
    page: Page, i: int, said: str | None, strength: int, section: str | None, kept_after: bool
) -> str:
    if said and (strength >= CERTAIN or (section is None and strength >= BEGINS)):
        return said
    if section and not (said in _OWN_SHAPE and strength > UNSURE):
        return section
    if said and strength >= UNSURE:
        return said
    return _by_shape(page, i, kept_after)


def _by_shape(page: Page, i: int, kept_after: bool) -> str:
    shape, row = page.shapes[i], page.features[i]
    if row[_CREDIT]:
        return "caption"
    if row[_DATED] and shape.words <= 12:
        return "metadata"
    if shape.prose:
        return "promo" if row[_READER] + row[_HOUSE] > 0 and row[_TOPIC] < 0.7 else "related"
    if shape.words <= 3 and i < 10:
        return "navigation"
    if not shape.ends and kept_after:
        return "caption"
    return "related" if shape.words >= 4 else "navigation"
