"""What every worker has in memory, loaded once: the process that workers are forked from imports this.

Holds nothing else, and nobody else imports it. What only some runs need (the reading of HTML) is left
to the workers.
"""

import gc

from quotesieve.process import prepare

prepare()  # before anything imports what it decides about

from quotesieve.pipeline import finish  # noqa: E402, F401  # with all that a run is made of
from quotesieve.text import language  # noqa: E402
from quotesieve.text.noise_model import default_model  # noqa: E402

default_model()
language.load()
gc.freeze()  # the collector would touch, and so copy, all that is shared
