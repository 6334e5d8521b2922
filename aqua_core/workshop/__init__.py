"""What people do and see. The only transactions: check, then save, then tell who listens.

Every deed takes the caller (the secrets that came with the request) and is let in inside its own
transaction by one of the ways in of `admitting.py`: a page that was drawn earlier proves nothing.
A view is let in before it reads.

What the ways in refuse is said here once, for all of them: NotSignedIn (the caller is not the
facilitator, nor, of what is projected, a wall), NoSuchWorkshop or TextRefused (no workshop has this
code), WorkshopClosed (a closed workshop is to look at), NoSeat (this device has none). A deed's
`Raises:` names what else may be refused. `code` is the workshop's, `domain` the key of one of its
domains, and `sure` keeps what was asked about as it is.
"""
