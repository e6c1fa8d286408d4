"""What a release is called: canonical addresses and release ids, computed once by the producer."""

from __future__ import annotations

import hashlib
import posixpath
import re
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

# Parameters that say how a reader came to a page, never which page it is.
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium)|piwik_\w+|matomo_\w+|hsa_\w+|_hs(?:enc|mi)|__hs\w+"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|igshid|igsh|mc_[ce]id|vero_id"
    r"|_openstat|wt_mc|at_(?:campaign|medium|custom\d)|cmpid|_ga|_gl|ncid|sr_share"
    r"|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken)",
    re.IGNORECASE,
)
_PATH_SESSION: Final = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}
_ODD: Final = re.compile(r"[\x00-\x20\x7f]+")
_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")
_SAFE: Final = "/%:@!$&'()*+,;=~-._"


def canonical_url(url: str) -> str:
    """One spelling of an http(s) address; raises `ValueError` for anything else.

    Lower-case scheme and host (IDNA), no default port, user or fragment, dot segments resolved,
    escapes normalised, tracking and session parameters dropped, the others sorted by name.
    """
    parts = urlsplit(_ODD.sub("", url.strip()).replace("\\", "/"))
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"not a web address: {url[:200]!r}")
    return urlunsplit((scheme, _host(parts, scheme), _path(parts.path), _query(parts.query), ""))


def release_id(source_id: str, reference: str) -> str:
    """The id of the release that `source_id` publishes under `reference`.

    A reference is a web address (made canonical here; http and https are one), a feed entry's GUID
    or a file's path. 32 hexadecimal digits.
    """
    try:
        reference = canonical_url(reference)
    except ValueError:
        reference = reference.strip()
    if reference.startswith("http://"):
        reference = "https://" + reference.removeprefix("http://")
    return hashlib.sha256(f"{source_id}\n{reference}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _host(parts: SplitResult, scheme: str) -> str:
    host = (parts.hostname or "").rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as err:
            raise ValueError(f"not a host name: {host[:100]!r}") from err
    if ":" in host:
        host = f"[{host}]"
    port = parts.port  # raises ValueError beyond 65535
    return host if port in (None, _PORTS[scheme]) else f"{host}:{port}"


def _path(path: str) -> str:
    path = _escapes(_PATH_SESSION.sub("", path))
    if "/." in path:
        directory = path.endswith(("/", "/.", "/.."))
        path = posixpath.normpath("/" + path.lstrip("/"))
        path += "/" if directory and path != "/" else ""
    return path or "/"


def _query(query: str) -> str:
    pieces = [p for p in query.split("&") if p and not _TRACKING.fullmatch(p.partition("=")[0])]
    # Stable: the order of equal names may carry meaning, that of different names does not.
    return _escapes("&".join(sorted(pieces, key=lambda p: p.partition("=")[0])), "?")


def _escapes(text: str, more: str = "") -> str:
    """Percent-encode what must be, decode what need not be, upper-case the rest."""

    def one(match: re.Match[str]) -> str:
        char = unquote(match[0], errors="replace")
        return char if _UNRESERVED.fullmatch(char) else match[0].upper()

    return _ESCAPE.sub(one, quote(text, safe=_SAFE + more, errors="replace"))
