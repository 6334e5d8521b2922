"""The facilitator alone: a place between its sittings."""
