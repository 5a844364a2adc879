"""Page objects: what can be done on a page, and which page it leads to.

They find things by addresses, which are fixed, and not by words: the journeys hold in every
language.
"""
