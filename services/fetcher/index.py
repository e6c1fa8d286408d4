"""Bytes to an index: which kind of document an address of a source answered with, and what it lists."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from services.fetcher import feeds, listing, sitemaps, xml
from services.fetcher.bodies import gunzip
from services.fetcher.client import Answer
from services.fetcher.entries import Index
from services.fetcher.failures import FetchFailure, Reason
from streams.clean.decode import markup

_HTML_START: Final = re.compile(
    rb"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BLOCKED: Final = re.compile(
    r"<title>\s*(?:just a moment|attention required|access (?:to this page has been )?denied|403 forbidden"
    r"|request (?:rejected|unsuccessful)|are you (?:a )?(?:human|robot)|security check|ddos-guard|checking your browser"
    r"|verify(?:ing)? (?:you are|that you)|robot check|pardon our interruption|site (?:under )?maintenance"
    r"|under (?:maintenance|construction)|service unavailable|before you continue|cookie consent)",
    re.IGNORECASE,
)
_BLOCKED_MARK: Final = re.compile(
    r"(?:id|class|src|action)=[\"'][^\"']{0,200}(?:cf-challenge|challenge-form|_Incapsula_Resource|g-recaptcha|h-captcha|captcha-box|ddos-guard)",
    re.IGNORECASE,
)
_SHORT_PAGE: Final = 30_000


def read(answer: Answer, limit: int) -> Index:
    """What `answer` lists; raises `FetchFailure` if it is no index or a block page."""
    body = gunzip(answer.body, limit)
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{") or "json" in answer.media_type:
        return feeds.read_json(body, answer.url)
    if head.startswith(b"<") and not _HTML_START.match(head):
        try:
            root = xml.parse(body, answer.charset)
        except FetchFailure:
            root = None
        if root is not None and feeds.is_feed(root):
            return feeds.read_xml(root, answer.url)
        if root is not None and sitemaps.is_sitemap(root):
            return sitemaps.read(root)
    if not head:
        raise FetchFailure(Reason.EMPTY, "the answer is empty")
    if not head.startswith(b"<"):
        raise FetchFailure(Reason.FORMAT, "neither a feed, a sitemap nor a page")
    text = markup(body, answer.charset)
    refuse_block_page(text)
    return listing.read(_tree(text), answer.url)


def refuse_block_page(text: str) -> None:
    """Raise `FetchFailure` if a page stands in the way of what was asked for."""
    if _BLOCKED.search(text[:20_000]) or (len(text) < _SHORT_PAGE and _BLOCKED_MARK.search(text)):
        raise FetchFailure(Reason.BLOCKED, "a challenge, consent or block page in place of content")


def _tree(text: str) -> lxml_html.HtmlElement:
    source = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    try:
        return lxml_html.document_fromstring(
            source.encode("utf-8", "replace"),
            parser=lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True),
        )
    except (etree.ParserError, ValueError) as error:
        raise FetchFailure(Reason.FORMAT, f"not a page: {error}") from None
