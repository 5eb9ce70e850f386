"""Prefect tasks: each a thin wrapper around one library call. No logic."""
