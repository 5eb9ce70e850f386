"""The commands for before a run: init-manifest and settings make a file for a person to fill in."""

import argparse

from quotesieve.cli.options import Commands, command, load_settings, settings_flags
from quotesieve.settings import describe


def add_init_manifest(commands: Commands) -> None:
    """`quotesieve init-manifest`."""
    made = command(
        commands,
        "init-manifest",
        _init_manifest,
        "Write a manifest.csv to fill in, one row a file",
        "quotesieve init-manifest data/raw",
    )
    made.add_argument("raw", metavar="DIR")


def _init_manifest(options: argparse.Namespace) -> int:
    from quotesieve.store.raw import init_manifest

    print(f"wrote {init_manifest(options.raw)}: fill in what you know, empty cells stay unknown")
    return 0


def add_settings(commands: Commands) -> None:
    """`quotesieve settings`."""
    made = command(
        commands,
        "settings",
        _settings,
        "Print all settings in force, as a settings file",
        "quotesieve settings > quotesieve.toml",
    )
    settings_flags(made)


def _settings(options: argparse.Namespace) -> int:
    print(describe(load_settings(options)))
    return 0
