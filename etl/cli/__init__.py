"""The command line: a verb a stage, and some for people. It only calls the stages; nothing is computed here."""
