"""Successions: which budget lines of a year continue which lines of a year before."""
