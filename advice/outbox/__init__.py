"""Mail that goes out: `queue` writes it down, `compose` makes its text, `delivery` sends it.

Delivery rests on `claims` (which worker has a mail), `transport` (the dialogue with the mail server), `ledger` (what went out
before a crash) and `outcomes` (what becomes of a mail). `folder` keeps mail in files on a machine of your own.
"""
