"""Attendance on both databases."""
