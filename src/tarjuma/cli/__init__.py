"""The command line: parse arguments, call the project, hand results to the report."""


def main() -> None:
    """Run the command line."""
