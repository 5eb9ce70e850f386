"""What every worker has in memory, loaded once: the process that workers are forked from imports this.

Holds nothing else, and nobody else imports it. What only some workers need is left to them: the reading of
HTML, and the model of languages, whose sixty megabytes would be there until the run ends.
"""

import gc

from quotesieve.process import prepare

prepare()  # before anything imports what it decides about

from quotesieve.pipeline import finish  # noqa: E402, F401  # with all that a run is made of
from quotesieve.text.noise_model import default_model  # noqa: E402

default_model()
gc.freeze()  # the collector would touch, and so copy, all that is shared
