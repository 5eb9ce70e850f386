"""A whole run without Prefect: joins `stages` and `store`. Flow tasks call the same functions.

plan: what has to be done and why. shards: raw records to staged part files, in worker
processes. finish: dedupe everything, write what changed, publish. run: the three in order.
verify and inspect read what was published.
"""
