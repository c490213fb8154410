"""From a municipality's own file to budget lines: read, map, check, accept.

``readers`` turns bytes into rows of text, ``mapping`` says what the columns mean,
``interpretation`` applies it, ``checks`` collects findings, ``acceptance`` stores the result in
one transaction. Nothing is stored before that, and nothing is dropped without a finding.
"""
