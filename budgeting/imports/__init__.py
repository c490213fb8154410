"""From a municipality's own file to budget lines: read, map, check, accept.

``readers`` turns bytes into rows of text, ``mapping`` says what the columns mean,
``interpretation`` applies it, ``checks`` collects findings, ``acceptance`` stores the result in
one transaction. Nothing is stored before that, and nothing is dropped without a finding.
"""

import pyarrow as pa

if "jemalloc" in pa.supported_memory_backends():
    # Large files come and go. This allocator gives their memory back soon, and does not wait for the
    # huge pages that Arrow's own choice asks the system for: a first file takes a third less.
    pa.set_memory_pool(pa.jemalloc_memory_pool())
