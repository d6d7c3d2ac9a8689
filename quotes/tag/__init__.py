"""Stance and tone: what a statement is about, the speaker's position towards it, and how it is said."""
