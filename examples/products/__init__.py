"""The products of the examples, one a file; brands are invented."""
