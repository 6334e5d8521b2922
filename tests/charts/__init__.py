"""Pictures and sentences, without a page."""
