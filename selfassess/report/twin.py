"""The page as people open it: the same report, with tables to sort and judgements to choose.

The script stands in the page, so that it works from a file share; the page's own policy lets no
other script run, whatever a text in it may hold.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from selfassess.errors import ReportError

__all__ = ["twin"]

_POLICY = "default-src 'none';"


def twin(html: str) -> str:
    """A rendered page with its script and the styles that go with it.

    Raises:
        ReportError: the template's page has no content policy or no body to put them in.
    """
    script, style = _part("twin.js"), _part("twin.css")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    head, found, rest = html.partition(_POLICY)
    body, end, tail = rest.rpartition("</body>")
    before, style_end, after = body.partition("</head>")
    if not (found and end and style_end):
        raise ReportError(
            f'The template\'s page lacks the policy "{_POLICY}", </head> or </body>.',
            hint="Begin from the page of the default template; nothing else may run in a report.",
        )
    return (
        f"{head}{_POLICY} script-src 'sha256-{digest}';{before}<style>{style}</style>{style_end}"
        f"{after}<script>{script}</script>{end}{tail}"
    )


@cache
def _part(name: str) -> str:
    return files("selfassess.report").joinpath(name).read_text(encoding="utf-8")
