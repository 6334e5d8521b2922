"""What leaves the laptop as a file: values in, bytes out; and files that come back, read."""
