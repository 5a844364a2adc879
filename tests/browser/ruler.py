"""What can be measured on a page: its width, its targets, its type, axe's rules, nothing inline."""

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL_SCREEN, PHONE, DESK = (320, 640), (390, 844), (1280, 800)
MEASURE = """([target, text]) => {
  const box = e => e.getBoundingClientRect();
  const shown = e => {
    const look = getComputedStyle(e), {width, height, right} = box(e);
    return look.visibility !== 'hidden' && look.display !== 'none'
      && width > 1 && height > 1 && right > 0;
  };
  const name = e => (e.getAttribute('aria-label') || e.textContent || e.name || e.tagName)
    .trim().replace(/\\s+/g, ' ').slice(0, 20);
  const size = e => parseFloat(getComputedStyle(e).fontSize);
  const inText = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline';
  const all = words => [...document.querySelectorAll(words)].filter(shown);
  const small = all('a[href], button, input:not([type=hidden]), select, textarea, summary')
    .filter(e => !inText(e) && !e.closest('label'))
    .filter(e => box(e).height < target - .5 || box(e).width < target - .5)
    .map(e => `target ${name(e)} ${Math.round(box(e).width)}x${Math.round(box(e).height)}`);
  const tiny = all('body *')
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(e => size(e) < text - .1)
    .map(e => `text ${name(e)} ${size(e)}px`);
  const inline = all('[style], style, script:not([src])').map(e => `inline ${e.outerHTML}`);
  return [...small, ...tiny, ...inline];
}"""


@dataclass(frozen=True, slots=True)
class Edition:
    """Least sizes of an edition in CSS pixels."""

    name: str
    target: int
    text: int


ORDINARY, SENIOR = Edition("ordinary", 44, 12), Edition("senior", 60, 18)


def sizes(tab: Page, edition: Edition) -> list[str]:
    """Targets and type too small for fingers and eyes, and whatever is inline."""
    found: list[str] = tab.evaluate(MEASURE, [edition.target, edition.text])
    return found


def too_wide(tab: Page, size: tuple[int, int], type_percent: int = 100) -> list[str]:
    """Whether the page scrolls sideways on a screen of that size; leaves the tab at that size."""
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    set_type = "percent => document.documentElement.style.fontSize = percent && `${percent}%`"
    tab.evaluate(set_type, type_percent if type_percent != 100 else "")
    # not innerWidth: a phone shows a page that is too wide smaller, and says it were as wide
    over = tab.evaluate("document.documentElement.scrollWidth") - size[0]
    tab.evaluate(set_type, "")
    return [f"{over} px too wide at {size[0]} px, type {type_percent} %"] if over > 0 else []


def broken_rules(tab: Page, schemes: tuple[str, ...] = ("light", "dark")) -> list[str]:
    """What axe finds in light; in dark only colours can differ."""
    found = _axe(tab, {"type": "tag", "values": RULES}, "light")
    if "dark" in schemes:
        tab.emulate_media(color_scheme="dark")
        found += _axe(tab, {"type": "rule", "values": ["color-contrast"]}, "dark")
        tab.emulate_media(color_scheme="light")
    return found


def _axe(tab: Page, rules: dict[str, Any], scheme: str) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    return [
        f"axe {scheme} {one['id']}: {node['html'][:120]}"
        for one in Axe().run(tab, options=options).response["violations"]
        for node in one["nodes"]
    ]
