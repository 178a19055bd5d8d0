#!/usr/bin/python3
"""mail_check.py: reads the mails of a folder with Python's own parser, for mail.sh.

Usage: mail_check.py FOLDER EXPECTED-RECIPIENTS ADDRESS

Complains, and exits 1, unless each mail is well formed by a strict parser, has its two parts, a
link that begins with ADDRESS, and the recipients (a sorted list, one a line) are those expected, no
Message-ID twice.
"""
import email
import email.policy
import os
import sys

folder, expected, address = sys.argv[1:]
faults = []
identities = {}
recipients = []
for name in sorted(os.listdir(folder)):
    data = open(os.path.join(folder, name), "rb").read()
    mail = email.message_from_bytes(data, policy=email.policy.SMTP.clone(raise_on_defect=True))
    texts = [part.get_content() for part in mail.iter_parts()]
    types = [part.get_content_type() for part in mail.iter_parts()]
    recipients.append(mail["To"].addresses[0].addr_spec)
    if mail["Message-ID"] in identities:
        faults.append("%s is %s again" % (name, identities[mail["Message-ID"]]))
    identities[mail["Message-ID"]] = name
    if types != ["text/plain", "text/html"]:
        faults.append("%s has the parts %s" % (name, types))
    if any(address + "/" not in text for text in texts):
        faults.append("%s has no link" % name)
    if mail["Auto-Submitted"] != "auto-generated" or mail["Date"].datetime is None:
        faults.append("%s lacks a header" % name)
    if any(len(line) > 78 for line in data.split(b"\r\n")) or b"\n" in data.replace(b"\r\n", b""):
        faults.append("%s has a line that is too long, or ends in another way" % name)
if sorted(recipients) != open(expected).read().split():
    faults.append("other recipients: %d instead of %d" % (len(recipients),
                                                        len(open(expected).read().split())))
for fault in faults[:10]:
    print("# " + fault)
sys.exit(1 if faults else 0)
