"""What people do and see. The only transactions: check, then save, then tell who listens.

Every deed takes the caller (the secrets that came with the request) and decides inside its own
transaction whether the caller may: a page that was drawn earlier proves nothing. A view checks
the caller before it reads.
"""
