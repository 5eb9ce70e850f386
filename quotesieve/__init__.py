"""Quotesieve."""
