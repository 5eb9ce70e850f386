"""People across articles and outlets: who is who, by which id, and the rows of the speakers table.

Works on distinct names, and on articles only where a name alone does not say whose it is. Never merges
on a surname alone where two people fit. Opens nothing.

names: a printed name in comparable parts. mentions: the named mentions as columns. settle: names that say
whose they are. place: names that do not. find: both, one after the other. identity: ids that last.
rows: the table.
"""
