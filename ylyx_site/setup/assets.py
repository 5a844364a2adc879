"""Lay out `static/` for serving: every file under a hashed name, with gzip and brotli beside it.

    python ylyx_site/setup/assets.py

Writes `static/built/`, and `static/built/manifest.json` that maps `site.css` to
`site.<8 hex of sha256>.css`. A hashed name never changes its content, so that browsers may keep it
for ever; WeChat's browser does so anyhow.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from whitenoise.compress import Compressor

STATIC = Path("static")
BUILT = STATIC / "built"
MANIFEST = BUILT / "manifest.json"
CSS_ADDRESS = re.compile(r"""url\((["']?)(?!data:|#|/)([^"')]+)\1\)""")


def main() -> None:
    """Write what is new, then the manifest, then remove what neither it nor the last one names.

    A server that runs goes on with the names that it began with.
    """
    compressor = Compressor(quiet=True)
    names: dict[str, str] = {}
    kept = {MANIFEST, *_with_packed(_last_names())}
    for source in _sources():
        content = source.read_bytes()
        if source.suffix == ".css":
            content = _with_hashed_addresses(content.decode(), source, names).encode()
        name = source.relative_to(STATIC)
        target = BUILT / name.with_stem(f"{name.stem}.{hashlib.sha256(content).hexdigest()[:8]}")
        if not target.exists():
            _write(target, content)
            compressor.compress(str(target))
        names[name.as_posix()] = target.relative_to(BUILT).as_posix()
        kept |= _with_packed([names[name.as_posix()]])
    _write(MANIFEST, json.dumps(names, indent=1, sort_keys=True).encode() + b"\n")
    _remove_all_but(kept)


def _last_names() -> list[str]:
    """What the manifest names until now."""
    return list(json.loads(MANIFEST.read_text()).values()) if MANIFEST.exists() else []


def _with_packed(names: Iterable[str]) -> set[Path]:
    """The files of these names, each with what it is compressed to."""
    return {BUILT / f"{name}{end}" for name in names for end in ("", ".gz", ".br")}


def _sources() -> list[Path]:
    """All files of `static/`, style sheets last: they name the others."""
    files = (path for path in STATIC.rglob("*") if path.is_file() and BUILT not in path.parents)
    return sorted(files, key=lambda path: (path.suffix == ".css", path))


def _with_hashed_addresses(css: str, source: Path, names: dict[str, str]) -> str:
    """`css` with each relative `url(…)` under its hashed name; a KeyError names one that is not."""
    here = source.parent.relative_to(STATIC)

    def hashed(found: re.Match[str]) -> str:
        target = Path(names[(here / found[2]).as_posix()])
        return f'url("{target.relative_to(here).as_posix()}")'

    return CSS_ADDRESS.sub(hashed, css)


def _write(path: Path, content: bytes) -> None:
    """Write by renaming, so that a running server never reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)


def _remove_all_but(kept: set[Path]) -> None:
    for path in BUILT.rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()


if __name__ == "__main__":
    main()
