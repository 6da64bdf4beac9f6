"""HTML without what browsers do not need; what is seen and read stays as it is.

Left out are ends of elements and quotation marks that HTML lets one leave out, and white space
beside what begins a line anyway (https://html.spec.whatwg.org/multipage/syntax.html, 13.1.2).
"""

from __future__ import annotations

import re
from typing import Final

_LINES: Final = (
    "html|head|body|meta|link|title|header|nav|main|footer|section|form|h[1-6]|p|ul|ol|li|dl|dt|dd"
    "|div|figure|figcaption|blockquote|details|summary|table|thead|tbody|tr|th|td|option"
)
_SPACE: Final = "[ \\t\\n\\f\\r]*"  # what is white space to HTML: an ideographic space is a letter
_BESIDE_LINES: Final = re.compile(rf"{_SPACE}(</?(?:{_LINES})\b[^>]*>){_SPACE}")
# An end that is followed by the next element of its kind, or by the end of what they are in; a
# paragraph's where a block follows or what it is in ends; and what has no attribute and begins the
# page or its body. (13.1.2.4)
_ENDS: Final = re.compile(
    r"</(?:li|dt|dd|thead|tbody|tr|th|td|option|html|body|head)>|<head>|<body>(?=<)"
    r"|</p>(?=</?(?:p|ul|ol|dl|div|h[1-6]|section|nav|main|header|footer|form|details|figure"
    r"|blockquote|pre|table)\b)"
)
_TAG: Final = re.compile(r"<[a-z][^<>]*>")
_VALUE: Final = re.compile(r"""=("[^\s"'=<>`]+")(?=[\s>])""")
# Where white space counts, and quotation marks are no mark-up.
_AS_IT_IS: Final = re.compile(
    r"(<pre\b.*?</pre>|<script\b.*?</script>|<textarea\b.*?</textarea>)", re.DOTALL
)


def shorten(page: str) -> str:
    """The page, shorter.

    >>> shorten('<ul>\\n<li><a href="x">A</a> <b class="y z">B</b></li>\\n</ul>')
    '<ul><li><a href=x>A</a> <b class="y z">B</b></ul>'
    """
    between, *rest = _AS_IT_IS.split(page)
    kept = [_shorten(between)]
    for as_it_is, between in zip(rest[::2], rest[1::2], strict=True):
        kept += (as_it_is, _shorten(between))
    return "".join(kept)


def _shorten(text: str) -> str:
    text = _ENDS.sub("", _BESIDE_LINES.sub(r"\1", text))
    return _TAG.sub(lambda tag: _VALUE.sub(lambda value: f"={value[1][1:-1]}", tag[0]), text)
