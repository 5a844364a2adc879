"""Carers, their certificates and the duty roster: how many children a class may hold by half hour.

The roster of a facility counts from a day that it chooses; from then on, in each week that has
been planned, `places` publishes no more than the carers on duty may care for.
"""
