"""One SQL text for both databases, with the few words that differ marked in comments.

`/* postgresql: ... */` counts on PostgreSQL only, `/* sqlite: ... */` on SQLite only.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Final

MARKED: Final = re.compile(r"/\*\s*(postgresql|sqlite):(.*?)\*/", re.DOTALL)


def render(sql: str, dialect: str) -> str:
    """Uncomment what is marked for `dialect` and drop what is marked for the other."""
    return MARKED.sub(lambda found: found[2].strip() if found[1] == dialect else "", sql)


def read(folder: str, name: str, dialect: str) -> str:
    """Read `sql/<folder>/<name>.sql` for `dialect`."""
    path = resources.files("migrations").joinpath("sql", folder, f"{name}.sql")
    return render(path.read_text(encoding="utf-8"), dialect)
