"""Reads mails as programs of others do: a line of Base64 in, a line of JSON out, until there is no more."""
import base64
import email
import json
import sys
from email import policy


def defects(mail):
    for part in mail.walk():
        yield from (repr(defect) for defect in part.defects)
        for name, value in part.items():
            yield from (f"{name}: {defect!r}" for defect in value.defects)


def addresses(mail, name):
    return [[address.display_name, address.addr_spec] for header in mail.get_all(name, []) for address in header.addresses]


def text(mail, kind):
    return mail.get_body(preferencelist=(kind,)).get_content()


for line in sys.stdin:
    mail = email.message_from_bytes(base64.b64decode(line), policy=policy.default)
    print(
        json.dumps(
            {
                "headers": [[name, str(value)] for name, value in mail.items()],
                "from": addresses(mail, "From"),
                "to": addresses(mail, "To"),
                "others": [address for name in ("Cc", "Bcc", "Reply-To", "Sender") for address in addresses(mail, name)],
                "date": mail["Date"].datetime.isoformat(),
                "parts": [[part.get_content_type(), part.get_content_charset(), part.get_content_disposition()] for part in mail.iter_parts()],
                "text": text(mail, "plain"),
                "html": text(mail, "html"),
                "defects": list(defects(mail)),
            }
        ),
        flush=True,
    )
