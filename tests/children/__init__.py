"""For the programs that tests start, not for the tests."""
