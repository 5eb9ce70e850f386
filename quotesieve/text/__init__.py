"""Pure text work: str in, frozen records out. Opens no file and knows no table."""
