"""Raw releases for the tests of cleaning; every text is of our own writing."""

from streams.records import RawRelease


def raw(body: bytes | str, media_type: str = "text/plain", **fields: object) -> RawRelease:
    defaults: dict[str, object] = {
        "schema_version": 1,
        "release_id": "r1",
        "source_id": "norlandia-mfa",
        "source_ref": "1.txt",
        "content_hash": "h1:0",
        "fetched_at": "1970-01-01T00:00:00.000000Z",
        "body": body.encode() if isinstance(body, str) else body,
        "media_type": media_type,
    }
    return RawRelease(**{**defaults, **fields})  # type: ignore[arg-type]


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Minister Adeyemi receives the Ambassador of Sudaria | Ministry of Foreign Affairs</title>
<meta property="og:site_name" content="Ministry of Foreign Affairs">
%(meta)s</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<header><p>Ministry of Foreign Affairs of Norlandia</p></header>
<main><article><h1>Minister Adeyemi receives the Ambassador of Sudaria</h1>
%(date)s
<p>Minister of Foreign Affairs Folake Adeyemi received today the Ambassador of Sudaria, Jan Okonski, who
presented copies of his credentials in the ministry's old library.</p>
<p>The parties discussed trade, <b>which reached</b> 40 million crowns last year, and agreed to hold
the next round of political consultations in Port Selene before the end of the summer.</p>
<p>The minister thanked the ambassador for the help that Sudaria gave after the floods in the north.</p>
</article><div class="share"><a>Share</a> <a>Print</a></div></main>
<footer><p>Copyright Ministry of Foreign Affairs</p><p>All rights reserved</p></footer></body></html>"""


def page(meta: str = "", date: str = "") -> str:
    return PAGE % {"meta": meta, "date": date}
