"""A mail server that is not ours: aiosmtpd, with STARTTLS and sign-in. It writes each step that it lets happen as a line of JSON."""
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

settings = json.loads(sys.argv[1])


def say(**step):
    print(json.dumps(step), flush=True)


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        say(step="EHLO", tls=session.ssl is not None, host=hostname)
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        say(step="MAIL", tls=session.ssl is not None)
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        say(
            step="DATA",
            tls=session.ssl is not None,
            by=session.auth_data,
            sender=envelope.mail_from,
            to=envelope.rcpt_tos,
            content=base64.b64encode(envelope.content).decode(),
        )
        return "250 2.0.0 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == ("portal", settings["password"])
    say(step="AUTH", tls=session.ssl is not None, mechanism=mechanism, right=right)
    return AuthResult(success=right, handled=right, auth_data=data.login.decode())


async def main():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(settings["certificate"])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            Handler(),
            hostname="relay.example",
            tls_context=tls,
            require_starttls=True,
            authenticator=authenticate,
            auth_required=settings["signIn"],
            auth_exclude_mechanism=settings["without"],
            loop=loop,
        ),
        host="127.0.0.1",
        port=0,
    )
    say(step="LISTEN", port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
