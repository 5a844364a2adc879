"""What a field is sent that nobody means: every kind of text that has broken a site before."""

HOSTILE = (
    "", " ", "\n", "\u200b", "\U000e0041", "\u202eabc\u202d", "a\r\nSet-Cookie: x=1",
    "a\u0301" * 500, "-1", "0", "1.5", "1e400", "NaN", "²", "٣", "９" * 30, str(2**63), "9" * 400,
    "9" * 5_000, "%s%(x)s", "${7*7}", "0000-00-00", "9999-12-31", "10000-01-01", "-0001-01-01",
    "2026-02-29", "2026-W53-7", "2026-13", "24:00", "25:99", "=1+1",
    "'\"><script>alert(1)</script>", "../../etc/passwd", "//evil.example", "/\\evil.example", "https://evil.example",
    "10000000000", "1_000", "0001-01-01", "9999-W52", "a\0b",
    "长" * 20_000, "👨‍👩‍👧", "[]", "false",
)  # fmt: skip
SCRIPT = "<script>alert(1)"
