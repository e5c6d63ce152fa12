"""Text as XML 1.0 can hold it."""

import re
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

# Characters that XML 1.0 cannot hold, escaped or not; the replacement character stands for them.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The content of an element; a carriage return is escaped, since a parser would make a newline of it."""
    return escape(_clean(text), {"\r": "&#13;"})


def xml_attributes(**attributes: str) -> str:
    """Attributes with a blank before each, in the order given."""
    return "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes.items())


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
