#!/usr/bin/python3
"""mail_server.py: a mail server of Debian's aiosmtpd that can be told to fail, for mail.sh.

Usage: mail_server.py PORT FOLDER [--fault=NAME] [--tls=CERTIFICATE,KEY]

Each mail it takes becomes FOLDER/<number>-<recipient>; it takes one after the other. Faults:
  refuse    answers 451 to every recipient
  unknown   answers 550 to recipients whose address begins with "deals@"
  drop      closes the connection in the middle of each second mail
  die       takes 30 mails, then exits in the middle of one
  mute      takes a mail and never says so
With --tls it wants STARTTLS and then a password: "poster" and "s3cret word".
"""
import asyncio
import itertools
import os
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

port, folder = int(sys.argv[1]), sys.argv[2]
options = dict(word[2:].split("=", 1) for word in sys.argv[3:])
fault = options.get("fault", "")
first = len(os.listdir(folder))
numbers = itertools.count(first)
seen = itertools.count()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if fault == "refuse":
            return "451 4.7.1 Come back later"
        if fault == "unknown" and address.startswith("deals@"):
            return "550 5.1.1 Nobody of that name" + 300 * "."
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        count = next(seen)
        if fault == "drop" and count % 2 == 0:
            server.transport.abort()
            return "451 never said"
        if fault == "die" and count == 30:
            os._exit(1)
        name = "%04d-%s" % (next(numbers), envelope.rcpt_tos[0])
        with open(os.path.join(folder, "." + name), "wb") as file:
            file.write(envelope.original_content)
        os.rename(os.path.join(folder, "." + name), os.path.join(folder, name))
        if fault == "mute":
            await asyncio.sleep(3600)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"poster" and data.password == b"s3cret word"
    return AuthResult(success=good, handled=False)


class Server(Controller):
    def factory(self):
        if "tls" not in options:
            return SMTP(self.handler)
        certificate, key = options["tls"].split(",")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return SMTP(self.handler, tls_context=context, require_starttls=True,
                    authenticator=authenticate, auth_required=True)


server = Server(Handler(), hostname="127.0.0.1", port=port)
server.start()
print("listening", flush=True)
try:
    server._thread.join()
except KeyboardInterrupt:
    pass
