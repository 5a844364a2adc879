"""Handing meals over: who got which meal, when, and how. Rounds and settlement stand on it."""
